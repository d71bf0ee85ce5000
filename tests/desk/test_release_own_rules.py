"""A published figure is told by its own release: its cards, its register, whatever comes later."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from xianxue.bureau.values.record import replace
from xianxue.desk.cli import main
from xianxue.desk.indicators.counted_by import told_by
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.published import find_release, folder_of, releases
from xianxue.desk.stores.released_rules import (
    CARDS,
    PLACES,
    CardsKept,
    cards_of,
    read_cards,
    read_places,
    unpacked,
)
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, as_bytes
from xianxue.desk.workspace import Workspace, national_shelf

NORM = """\
- change: norm_of_the_county
  term: 标准班额从严（虚构）
  indicator: classes_within_norm
  line: norm
  values:
    - {from: 2020-01-01, stage: primary, value: 30, source: county-rule, seen: relayed}
  source: {document: county-rule, seen: relayed}
- document: county-rule
  title: 四校示范县班额办法（虚构）
  issuer: 四校示范县教育局（虚构）
  issued: 2020-01-01
  seen: relayed
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command; give its exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(list(words))
    code = end.value.code
    said = capsys.readouterr()
    return (code if isinstance(code, int) else 0), said.out, said.err


@pytest.fixture(scope="module")
def published(
    four_schools: Path,
    tmp_path_factory: pytest.TempPathFactory,
    copy_workspace: Callable[[Path, Path], None],
) -> Path:
    """Four schools, published once; copied for whoever changes anything."""
    folder = tmp_path_factory.mktemp("own_rules") / "county"
    copy_workspace(four_schools, folder)
    with pytest.raises(SystemExit):
        main(["returns", "release", "--workspace", str(folder)])
    connection.close()
    return folder


@pytest.fixture
def county(published: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Path:
    """A copy of the published county."""
    copy_workspace(published, tmp_path / "county")
    return tmp_path / "county"


def close_the_middle_school(county: Path) -> None:
    """The middle school turns out to have been closed before the reference day."""
    places = county / "places.csv"
    text = places.read_text(encoding="utf-8")
    closed = text.replace(",1985-09-01,,1985-09-01,", ",1985-09-01,2025-06-30,1985-09-01,")
    assert closed != text
    places.write_text(closed, encoding="utf-8")


def rename_the_central_school(county: Path) -> None:
    places = county / "places.csv"
    text = places.read_text(encoding="utf-8")
    places.write_text(text.replace("东河镇中心小学", "东河镇第一小学"), encoding="utf-8")


def tighten_the_norm(county: Path) -> None:
    """The county's own line for class sizes, taken after the release."""
    (county / "own").mkdir()
    (county / "own" / "norm.yaml").write_text(NORM, encoding="utf-8")
    settings = county / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("overlays = []", 'overlays = ["own"]'), encoding="utf-8")


def explain(capsys, county: Path, *words: str) -> str:
    code, out, err = run(capsys, "indicators", "explain", *words, "--workspace", str(county))
    assert code == 0, err
    return out


def test_a_count_of_schools_stays_what_it_was_when_one_closes(county, capsys):
    """Three were published; today's register has two, and the formula says three all the same."""
    before = explain(capsys, county, "schools_total")
    close_the_middle_school(county)
    after = explain(capsys, county, "schools_total")
    assert after == before
    assert "东河镇初级中学" in after
    now = explain(capsys, county, "schools_total", "--release", "none")
    assert "东河镇初级中学" not in now


def test_a_line_changed_later_changes_no_formula(county, capsys):
    """Of 31 primary classes 29 hold to 45 pupils: 29÷31; today's line of 30 is not in it."""
    before = explain(capsys, county, "classes_within_norm", "--stage", "primary")
    assert "29÷31×100%＝93.55%" in before
    assert "不大于45人" in before
    tighten_the_norm(county)
    assert explain(capsys, county, "classes_within_norm", "--stage", "primary") == before
    now = explain(capsys, county, "classes_within_norm", "--stage", "primary", "--release", "none")
    assert "不大于30人" in now
    assert "29÷31" not in now


def test_names_are_those_of_the_day_of_the_release(county, capsys):
    show = ("pupils", "--stage", "primary")
    assert "东河镇中心小学" in explain(capsys, county, *show)
    rename_the_central_school(county)
    told = explain(capsys, county, *show)
    assert "东河镇中心小学" in told
    assert "东河镇第一小学" not in told
    assert "东河镇第一小学" in explain(capsys, county, *show, "--release", "none")


def test_verdicts_of_a_release_are_judged_by_its_own_cards_and_names(county, capsys):
    """A stricter line taken later waits for the next release."""
    before = run(capsys, "assess", "balance_resources", "--all", "--workspace", str(county))
    tighten_the_norm(county)
    rename_the_central_school(county)
    assert run(capsys, "assess", "balance_resources", "--all", "--workspace", str(county)) == before


def test_every_release_is_counted_again_by_its_own_rules(county, capsys):
    """Whatever has changed since: the register, the cards."""
    close_the_middle_school(county)
    rename_the_central_school(county)
    tighten_the_norm(county)
    code, out, _ = run(capsys, "release", "verify", "--workspace", str(county))
    assert (code, out.splitlines()) == (
        0,
        ["核对了 1 次发布，都与发布时相同。", "重新计算过的：2025-2026/1。"],
    )
    said = json.loads(run(capsys, "release", "verify", "--workspace", str(county), "--json")[1])
    assert said == {
        "faults": [],
        "releases": 1,
        "recounted": ["2025-2026/1"],
        "not_recounted": [],
    }


# ── what cannot be told ─────────────────────────────────────────────────────


def test_of_an_old_release_whose_rules_are_gone_no_formula_is_told(county, capsys, monkeypatch):
    """It keeps neither cards nor register: as long as today's are the same they serve."""
    monkeypatch.setattr(ReleaseFolder, "rules", lambda *_: None)
    assert "3＝3所" in explain(capsys, county, "schools_total")
    close_the_middle_school(county)
    told = explain(capsys, county, "schools_total")
    assert told.splitlines()[:2] == [
        "四校示范县（虚构）中小学校数：3所（已报 0/0）",
        "  规则或名册已变，不能列式",
    ]
    assert "公式" not in told
    shown = ("indicators", "show", "schools_total", "--workspace", str(county))
    assert "规则或名册已变，不能列式" in run(capsys, *shown)[1]
    said = json.loads(run(capsys, *shown, "--json")[1])
    assert (said["shown"], said["not_told"]) == ("3", "规则或名册已变，不能列式")
    assert (said["formula"], said["numbers"], said["because"]) == ("", "", [])
    code, out, _ = run(capsys, "release", "verify", "--workspace", str(county))
    assert (code, out.splitlines()) == (
        0,
        [
            "核对了 1 次发布，都与发布时相同。",
            "没有重新计算：2025-2026/1（发布时没有留存规则和名册，而现在的已经不同）。",
        ],
    )


def test_cards_that_this_program_cannot_read_tell_no_formula(county, capsys, monkeypatch):
    """A later program may take other cards than those kept."""
    tighten_the_norm(county)
    opened = Workspace.open(county)
    real = ReleaseFolder.rules

    def older(folder, digest, manifest):
        found = real(folder, digest, manifest)
        assert found is not None
        cards, register = found
        broken = {**cards.national, "indicators/x.yaml": "- indicator: x\n  kind: 某种旧算法\n"}
        return msgspec.structs.replace(cards, national=broken), register

    monkeypatch.setattr(ReleaseFolder, "rules", older)
    told = explain(capsys, county, "classes_within_norm", "--stage", "primary")
    assert "发布时的规则卡片现在的程序读不了，不能列式" in told
    assert "93.55%" in told
    said = json.loads(run(capsys, "release", "verify", "--workspace", str(county), "--json")[1])
    assert said["not_recounted"] == [
        {"release": "2025-2026/1", "why": "发布时的规则卡片现在的程序读不了"}
    ]
    assert opened.shelf.indicators


def test_a_formula_that_comes_to_something_else_is_not_told(county):
    """A later program counts otherwise: no formula rather than one that ends in another number."""
    opened = Workspace.open(county)
    period = opened.period(None)
    found = find_release(opened, period, "latest")
    assert found is not None
    key = "schools_total/639800/all/2025-2026"
    figure = replace(found.figures[key], value=Fraction(5), shown="5")
    river = River(opened, period, replace(found, figures={**found.figures, key: figure}))
    told = river.explain(figure)
    assert told.why_not == "现在的程序按发布时的规则重新计算，得数与发布的不同，不能列式"
    assert (told.formula, told.numbers, told.figure.because) == ("", "", ())


@pytest.mark.parametrize("name", [CARDS, PLACES])
def test_rules_that_were_touched_are_found(county, capsys, name):
    """By verify, and by whoever asks for a figure."""
    opened = Workspace.open(county)
    (row,) = releases(opened)
    path = folder_of(opened).root / row.digest / name
    path.write_bytes(path.read_bytes().replace("小学".encode(), "中学".encode(), 1))
    code, out, _ = run(capsys, "release", "verify", "--workspace", str(county))
    assert code == 1
    assert f"{name} 不见了或被改动过，与清单里的摘要不符" in out
    assert "没有重新计算：2025-2026/1（发布的文件已不完好）。" in out
    code, out, err = run(capsys, "indicators", "show", "pupils_all", "--workspace", str(county))
    assert code == 1
    assert f"{name}：文件在发布之后被改动，与摘要不符" in out + err
    path.unlink()
    code, out, err = run(capsys, "indicators", "show", "pupils_all", "--workspace", str(county))
    assert (code, "Traceback" in out + err) == (1, False)


# ── the files ───────────────────────────────────────────────────────────────


def test_cards_are_laid_out_as_they_stood(tmp_path):
    """National and own, two folders of one name apart, each file byte for byte."""
    for number in "12":
        (tmp_path / number / "own" / "in").mkdir(parents=True)
        text = f"# {number} 县\r\n".encode()
        (tmp_path / number / "own" / "in" / "a.yaml").write_bytes(text)
    overlays = [tmp_path / number / "own" for number in "12"]
    kept = read_cards(as_bytes(cards_of(overlays, {"b": "1", "a": "2"})))
    assert list(kept.chosen) == ["a", "b"]
    with unpacked(kept) as (base, laid):
        assert (base / "policies").is_dir()
        assert not (base / "examples").exists()
        assert [one.name for one in laid] == ["own", "own"]
        assert [(one / "in" / "a.yaml").read_bytes() for one in laid] == [
            "# 1 县\r\n".encode(),
            "# 2 县\r\n".encode(),
        ]
    assert not base.exists()


@pytest.mark.parametrize("name", ["../../out.yaml", "/out.yaml", "a/../../../out.yaml"])
def test_no_name_leads_out_of_the_folder(name):
    kept = CardsKept(chosen={}, national={}, overlays=[("../..", {name: "x"})])
    with unpacked(kept) as (base, (laid,)):
        (written,) = base.parent.rglob("out.yaml")
        assert laid.is_relative_to(base.parent)
        assert written.is_relative_to(laid)


def test_a_register_is_read_back_as_it_was(county):
    opened = Workspace.open(county)
    day = opened.period(None).reference_day
    there = opened.register.on(day)
    assert read_places(as_bytes(list(there))) == there


def test_documents_are_worded_by_today_and_counted_by_the_release():
    today = national_shelf()
    fewer = {name: card for name, card in today.indicators.items() if name != "pupils"}
    card = msgspec.structs.replace(today.indicators["pupils_all"], term="在校生（旧称）")
    then = replace(
        today, indicators={**fewer, "pupils_all": card}, outlines={}, chosen={"choice": "then"}
    )
    told = told_by(today, then)
    assert told.outlines == today.outlines
    assert told.indicators["pupils_all"].term == "在校生（旧称）"
    assert "pupils" in told.indicators  # declared since: known by today's card
    assert told.chosen["choice"] == "then"
    assert told_by(today, today) is today


def test_an_old_release_is_the_same_state():
    """Who updates the program and changes nothing has nothing new to publish."""
    old = Manifest(
        period="2025-2026", revisions=[], coverage={}, register="r", catalogue="c", figures="f"
    )
    new = msgspec.structs.replace(old, cards="x", places="y")
    assert old.same_state(new)
    assert new.same_state(old)
    assert b"cards" not in as_bytes(old)
