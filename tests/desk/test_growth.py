"""Growth in a workspace: explained, frozen in a release, refused across a break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.accept_returns import AcceptReturns
from xianxue.desk.actions.submission import standing
from xianxue.desk.cli import main
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import state_of, verify
from xianxue.desk.releases.published import folder_of, releases
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.workspace import Workspace

COUNTY, LAST = "639800", Period.parse("2024-2025")
KEY = f"pupils_all_growth/{COUNTY}/all/2025-2026"
OWN_CARDS = """\
- indicator: grades_in_all
  term: 各年级在校生之和（虚构）
  kind: sum
  of: {sum: [students.enrolled]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  breaks:
    - {on: 2025-03-01, note: 不再含特教学生（虚构）, source: xianxue-own, seen: own}
  source: {document: xianxue-own, seen: own}
- indicator: grades_growth
  term: 各年级在校生增长率（虚构）
  kind: growth
  compared: {indicator: grades_in_all}
  unit: percent
  show: {decimals: 2}
  levels: [county]
  source: {document: xianxue-own, seen: own}
"""

Copy = Callable[[Path, Path], None]


@pytest.fixture
def workspace(four_schools: Path, tmp_path: Path, copy_workspace: Copy) -> Workspace:
    """A county of one's own, with a few numbers of last year."""
    copy_workspace(four_schools, tmp_path / "four")
    return Workspace.open(tmp_path / "four")


def river(workspace: Workspace) -> River:
    """What is accepted now."""
    return River(workspace, workspace.period(None))


def correct_last_year(workspace: Workspace) -> None:
    """Collect last year's numbers of the point again: 100 pupils in its first grade, not 20."""
    filed = River(workspace, LAST).holdings.returns
    point = next(one for one in filed if one.place == "2163980002")
    rows = tuple(
        Row(row.code, {**row.cells, "enrolled": Cell(100)}) if row.code == "G1" else row
        for row in point.tables["students"]
    )
    again: Return = replace(point, tables={**point.tables, "students": rows}, digest="0" * 64)
    cabinet = Cabinet(workspace.store / "cabinet")
    ground = open_ground(workspace)
    deed = AcceptReturns(
        ground, Actor("甲（虚构）", "office_clerk"), clock.now(), "更正", cabinet=cabinet
    )
    assert deed([again], standing()).done


def test_a_growth_is_explained_with_its_numbers_and_ends_in_figures(workspace: Workspace) -> None:
    # 1780 − 1800 = −20
    here = river(workspace)
    told = here.explain(here.figures[KEY])

    assert told.numbers == ("比2024—2025学年减少20人，下降1.11%：（1780−1800）÷1800×100%＝-1.11%")
    assert told.formula == "中小学在校生总数：（本期数−对比期数）÷对比期数×100%"
    assert [(one.part, one.amount) for one in told.figure.because] == [
        ("figure", 1780),
        ("figure", 1800),
    ]
    assert [trace.key for one in told.figure.because for trace in one.traces] == [
        f"pupils_all/{COUNTY}/all/2025-2026",
        f"pupils_all/{COUNTY}/all/2024-2025",
    ]


def test_a_rank_is_explained_among_how_many(workspace: Workspace) -> None:
    here = river(workspace)
    told = here.explain(here.figures["pupils_all_rank/639800200/all/2025-2026"])

    # 600 and 540 in the other, 540 and 40 here
    assert told.numbers == "580人，2 个单位中有 1 个比它高，居第 2 位"


def test_a_figure_of_last_year_is_figured_alone(workspace: Workspace) -> None:
    (one,) = [each for each in river(workspace).figures_of("pupils_all_growth") if each.key == KEY]

    assert one.shown == "-1.11"


def test_a_release_keeps_its_growth_when_last_year_is_corrected(workspace: Workspace) -> None:
    with pytest.raises(SystemExit) as end:
        main(["returns", "release", "--workspace", str(workspace.root), "--as", "乙（虚构）"])
    assert end.value.code == 0
    correct_last_year(workspace)
    (row,) = releases(workspace)
    published = folder_of(workspace).published(row.digest, row.name)

    # 1880 pupils last year now: −100 ÷ 1880 = −5.3191 %
    assert river(workspace).figures[KEY].shown == "-5.32"
    assert published.figures[KEY].shown == "-1.11"
    assert [one.period for one in published.manifest.earlier] == [LAST.code]
    assert verify(workspace) == []
    frozen = River(workspace, workspace.period(None), published)
    assert "（1780−1800）÷1800" in frozen.explain(frozen.figures[KEY]).numbers


def test_a_state_without_last_year_says_nothing_of_it(workspace: Workspace) -> None:
    manifest = state_of(River(workspace, LAST)).manifest

    assert manifest.earlier == []


def test_growth_is_refused_across_a_break_of_a_countys_own_card(
    four_schools: Path, tmp_path: Path, copy_workspace: Copy
) -> None:
    root = tmp_path / "four"
    copy_workspace(four_schools, root)
    cards = root / "own" / "indicators"
    cards.mkdir(parents=True)
    (cards / "own.yaml").write_text(OWN_CARDS, encoding="utf-8")
    settings = root / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    assert "overlays = []" in text
    settings.write_text(text.replace("overlays = []", 'overlays = ["own"]'), encoding="utf-8")
    here = river(Workspace.open(root))
    (growth,) = here.figures_of("grades_growth")

    assert (growth.value, growth.shown) == (None, "未定")
    assert growth.why == (
        "自2025年3月1日起口径有变（不再含特教学生（虚构）），不能与2024—2025学年的数相比"
    )
    assert "自2025年3月1日起口径有变：不再含特教学生（虚构）" in here.explain(growth).note
