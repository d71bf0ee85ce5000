"""A county's own values are told wherever they judge, with the reason why they are laxer."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from xianxue.desk.cli import main
from xianxue.desk.indicators.river import River
from xianxue.desk.report.writing import write
from xianxue.desk.workspace import Workspace

RULES = """\
- document: county-2025
  title: 本县办学条件补充规定（虚构）
  number: 虚构教字〔2025〕1号
  issuer: 虚构县教育局
  seen: own
- change: own_sports
  term: 山区运动场地（虚构）
  standard: balance_resources
  criterion: sports_area_per_pupil
  values:
    - {from: 2025-01-01, stage: primary, value: 5, source: county-2025, seen: own}
  source: {document: county-2025, seen: own}
- change: own_norm
  term: 小学班额上限（虚构）
  indicator: classes_within_norm
  line: norm
  values:
    - {from: 2025-01-01, stage: primary, value: 40, source: county-2025, seen: own}
  source: {document: county-2025, seen: own}
"""

Run = Callable[..., str]


@pytest.fixture
def at(four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Path:
    root = tmp_path / "four"
    copy_workspace(four_schools, root)
    (root / "rules").mkdir()
    settings = root / "xianxue.toml"
    text = settings.read_text("utf-8").replace("overlays = []", 'overlays = ["rules"]')
    settings.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(root: Path, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(root)])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


SPORTS = "  criterion: sports_area_per_pupil\n"
REASON = SPORTS + "  loosens: 山区平地少，分期改造\n"


def rules(root: Path, text: str) -> None:
    (root / "rules" / "own.yaml").write_text(text, encoding="utf-8")


def test_a_laxer_value_is_refused_until_it_has_a_reason(at: Path, run: Run) -> None:
    """4.5-fold less is asked of a primary school: 5 square metres a pupil instead of 7.5."""
    rules(at, RULES)
    said = run(at, "assess", "balance_resources", code=1)
    assert "生均体育运动场馆面积改成 5，比原来的 7.5 宽" in said
    assert "rules/own.yaml 第 11 行" in said
    rules(at, RULES.replace(SPORTS, SPORTS + "  loosens: '  '\n"))
    assert "比原来的 7.5 宽" in run(at, "assess", "balance_resources", code=1)
    rules(at, RULES.replace(SPORTS, REASON))
    run(at, "assess", "balance_resources")


def test_it_is_shown_as_local_with_its_reason_wherever_it_judges(at: Path, run: Run) -> None:
    rules(at, RULES.replace(SPORTS, REASON))
    said = run(at, "assess", "balance_resources", "--all")
    assert "按本地规定判定：《本县办学条件补充规定（虚构）》（虚构教字〔2025〕1号）" in said
    assert "〔本地规定：山区运动场地（虚构）〕。理由：山区平地少，分期改造" in said
    assert "≥5（本" in said
    told = json.loads(run(at, "assess", "balance_resources", "--json"))
    judged = {
        (one["criterion"], one["stage"]): one.get("local", {}).get("loosens")
        for one in told["findings"]
    }
    assert judged["sports_area_per_pupil", "primary"] == "山区平地少，分期改造"
    assert judged["sports_area_per_pupil", "lower_secondary"] is None
    assert [one["term"] for one in told["local"]] == ["山区运动场地（虚构）"]


def test_a_line_inside_an_indicator_is_told_too(at: Path, run: Run) -> None:
    """Tighter, 40 instead of 45: no reason is asked, and it is local all the same."""
    rules(at, RULES.replace(SPORTS, REASON))
    told = json.loads(run(at, "assess", "balance_guarantee", "--json"))
    assert [one["term"] for one in told["local"]] == ["小学班额上限（虚构）"]
    said = run(at, "indicators", "explain", "classes_within_norm")
    assert "〔本地规定：小学班额上限（虚构）〕" in said
    rules(at, RULES.replace(SPORTS, REASON).replace("value: 40", "value: 50"))
    said = run(at, "assess", "balance_guarantee", code=1)
    assert "的线“norm”改成 50，比原来的 45 宽" in said
    lax = RULES.replace(SPORTS, REASON).replace("value: 40", "value: 50")
    rules(at, lax.replace("  line: norm\n", "  line: norm\n  loosens: 校舍未建成\n"))
    said = run(at, "indicators", "explain", "classes_within_norm")
    assert "放宽的理由：校舍未建成" in said
    assert "[own rule: 小学班额上限（虚构）]" in run(
        at, "assess", "balance_guarantee", "--lang", "en"
    )


def test_the_working_sheet_of_a_report_names_them(at: Path) -> None:
    rules(at, RULES.replace(SPORTS, REASON))
    opened = Workspace.open(at)
    written = write(River(opened, opened.period(None)), "balance_self_assessment", targets=())
    assert written.sheet is not None
    notes = "\n".join(one.text for one in Document(BytesIO(written.sheet)).paragraphs)
    assert "按本地规定“山区运动场地（虚构）”判定" in notes
    assert "理由：山区平地少，分期改造" in notes


def test_without_own_rules_nothing_is_called_local(at: Path, run: Run) -> None:
    (at / "rules" / "own.yaml").unlink(missing_ok=True)
    assert "本地规定" not in run(at, "assess", "balance_resources")
    assert "local" not in json.loads(run(at, "assess", "balance_resources", "--json"))


def test_what_was_published_before_reasons_were_asked_is_told_as_it_was(
    at: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release by a laxer value without a reason can still be worked before the reader."""
    from xianxue.catalogue.meaning import changed  # noqa: PLC0415 - of this test alone

    rules(at, RULES)
    with monkeypatch.context() as patch:
        patch.setattr(changed, "_check_value", lambda *_: None)
        run(at, "returns", "release")
    rules(at, RULES.replace(SPORTS, REASON))
    said = run(at, "indicators", "explain", "classes_within_norm")
    assert "不能列式" not in said
    assert "÷" in said
    told = json.loads(run(at, "assess", "balance_resources", "--json"))
    assert told["release"] == "2025-2026/1"
