"""``xianxue catalogue diff``: what an overlay moves is seen before it is taken (虚构)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.catalogue import __file__ as catalogue_file
from xianxue.desk.cli import main

RULES = """\
- change: wider_sports
  term: 运动场地加码（虚构）
  standard: balance_resources
  criterion: sports_area_per_pupil
  values:
    - {from: 2025-01-01, stage: primary, value: 12, source: xianxue-own, seen: own}
  source: {document: xianxue-own, seen: own}
- change: smaller_classes
  term: 小学班额上限（虚构）
  indicator: classes_within_norm
  line: norm
  values:
    - {from: 2025-01-01, stage: primary, value: 15, source: xianxue-own, seen: own}
  source: {document: xianxue-own, seen: own}
- indicator: own_girls
  term: 女生数（虚构）
  kind: sum
  of: {sum: [students.girls]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  source: {document: xianxue-own, seen: own}
"""
Run = Callable[..., str]


@pytest.fixture
def at(four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Path:
    root = tmp_path / "four"
    copy_workspace(four_schools, root)
    (root / "rules").mkdir()
    (root / "rules" / "own.yaml").write_text(RULES, encoding="utf-8")
    return root


@pytest.fixture
def run(at: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(at)])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


def assessed(run: Run, standard: str) -> dict[tuple[str, str, str], str]:
    found = json.loads(run("assess", standard, "--json"))["findings"]
    return {(one["place"], one["stage"], one["criterion"]): one["verdict"] for one in found}


def take(at: Path) -> None:
    settings = at / "xianxue.toml"
    text = settings.read_text("utf-8").replace("overlays = []", 'overlays = ["rules"]')
    settings.write_text(text, encoding="utf-8")


def test_what_it_foretells_is_what_comes(at: Path, run: Run) -> None:
    """The verdicts that turn are those that differ once it is taken; nothing else is said."""
    told = json.loads(run("catalogue", "diff", str(at / "rules"), "--json"))
    names = ("balance_resources", "balance_guarantee")
    before = {name: assessed(run, name) for name in names}
    figures = json.loads(run("indicators", "show", "classes_within_norm", "--json"))
    take(at)
    after = {name: assessed(run, name) for name in names}
    turned = {
        (name, *key)
        for name in names
        for key in {**before[name], **after[name]}
        if before[name].get(key) != after[name].get(key)
    }
    foretold = {
        (each["standard"], one["place"], one["stage"], one["criterion"])
        for each in told["standards"]
        for one in each["findings"]
        if (one["before"] or {}).get("verdict") != (one["after"] or {}).get("verdict")
    }
    assert turned == foretold != set()
    assert figures != json.loads(run("indicators", "show", "classes_within_norm", "--json"))
    moved = {one["indicator"] for one in told["figures"]}
    assert "classes_within_norm" in moved
    assert "own_girls" not in moved
    assert told["new_figures"] == 1
    assert told["taken"] is False


def test_its_values_stand_beside_those_they_replace(at: Path, run: Run) -> None:
    told = json.loads(run("catalogue", "diff", str(at / "rules"), "--json"))
    assert [(one["before"], one["after"], one["laxer"]) for one in told["values"]] == [
        (["7.5"], "12", False),
        (["45"], "15", False),
    ]
    said = run("catalogue", "diff", str(at / "rules"))
    assert "这些规则还没有启用" in said
    assert "收紧" in said
    assert "新增的卡片：女生数（虚构）。" in said
    assert "什么也没有写" in said


def test_nothing_is_hidden_without_a_word(at: Path, run: Run) -> None:
    """Figures of schools are counted, and listed where they are asked for."""
    short, full = (run("catalogue", "diff", str(at / "rules"), *more) for more in ((), ("--all",)))
    assert "加 --all 列出" in short
    assert "加 --all 列出" not in full
    assert len(full) > len(short)


def test_what_is_taken_already_is_held_against_the_rules_without_it(at: Path, run: Run) -> None:
    before = json.loads(run("catalogue", "diff", str(at / "rules"), "--json"))
    take(at)
    after = json.loads(run("catalogue", "diff", str(at / "rules"), "--json"))
    assert after.pop("taken") is True
    assert before.pop("taken") is False
    assert before == after
    assert "这些规则已经启用" in run("catalogue", "diff", str(at / "rules"))


def test_rules_with_faults_are_not_tried(at: Path, run: Run) -> None:
    path = at / "rules" / "own.yaml"
    path.write_text(RULES.replace("value: 12", "value: 5"), encoding="utf-8")
    said = run("catalogue", "diff", str(at / "rules"), code=1)
    assert "比原来的 7.5 宽" in said
    told = json.loads(run("catalogue", "diff", str(at / "rules"), "--json", code=1))
    assert [issue["code"] for issue in told["issues"]] == ["C-LOOSER"]
    assert told["standards"] == []


def test_it_changes_nothing_and_says_so_in_english_too(at: Path, run: Run) -> None:
    kept = {path: path.stat().st_mtime_ns for path in at.rglob("*.csv")}
    head = run("journal", "head")
    said = run("catalogue", "diff", str(at / "rules"), "--lang", "en")
    assert "Nothing was written" in said
    assert run("journal", "head") == head
    assert kept == {path: path.stat().st_mtime_ns for path in at.rglob("*.csv")}


def test_rules_that_move_nothing_say_so(at: Path, run: Run) -> None:
    (at / "rules" / "own.yaml").write_text(
        "document: county-2025\ntitle: 本县规定（虚构）\nissuer: 某某县\nseen: own\n", "utf-8"
    )
    assert "现有的数和判定都不变。" in run("catalogue", "diff", str(at / "rules"))


VERSION = """\
rubric: chain_of_2027
of: chain_evaluation
from: 2027-01-01
"""


def test_a_new_version_of_a_rubric_is_told_beside_the_one_before(at: Path, run: Run) -> None:
    """The national card written off, with its day, one line of its grades raised."""
    national = Path(catalogue_file).parent / "rubrics" / "chain_evaluation.yaml"
    text = national.read_text("utf-8").replace("rubric: chain_evaluation\n", VERSION)
    assert "at_least: 90" in text
    text = text.replace("at_least: 90", "at_least: 92", 1)
    text = text.replace("\nterm: ", "\nterm: 新", 1)
    (at / "rules" / "chain.yaml").write_text(text, encoding="utf-8")
    (told,) = json.loads(run("catalogue", "diff", str(at / "rules"), "--json"))["rubrics"]
    assert (told["rubric"], told["of"]) == ("chain_of_2027", "chain_evaluation")
    name, line = told["differences"]
    assert name["after"] == f"新{name['before']}"
    assert (line["kind"], line["before"], line["after"]) == (
        "changed",
        "优秀：90 分起",
        "优秀：92 分起",
    )
    assert "xianxue appraise diff chain_evaluation chain_of_2027" in run(
        "catalogue", "diff", str(at / "rules")
    )
