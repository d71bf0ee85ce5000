"""Targets as a table that indicators count: held to a county of four schools, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.trace import EntryRef
from xianxue.bureau.targets.reading import Reader, Written
from xianxue.bureau.values.periods import Period
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.cli import cli
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import publish, state_of, verify
from xianxue.desk.releases.published import folder_of, river_of
from xianxue.desk.stores import clock
from xianxue.desk.targets.listing import deed_of, set_lines
from xianxue.desk.workspace import ComplaintsError, Workspace

YEAR = Period.parse("2025-2026")
SET, REACHED, RATE = "targets_set", "targets_reached", "target_completion"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four schools' county, its returns accepted."""
    folder = tmp_path_factory.mktemp("target_table") / "four"
    result = CliRunner().invoke(cli, ["demo", str(folder), "--example", "four_schools"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def county(demo: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Workspace:
    """A copy of it of one's own."""
    copy_workspace(demo, tmp_path / "four")
    return Workspace.open(tmp_path / "four")


def aim(opened: Workspace, indicator: str, amount: str, **said: str) -> None:
    """Set one target."""
    parts = {"period": "2025-2026", "stage": "", "origin": "own", "source": "虚构文件"}
    set_lines(opened, [{"indicator": indicator, "amount": amount, **parts, **said}], "甲（虚构）")


def aims(opened: Workspace) -> None:
    """Set three targets: the county has 1,080 pupils in primary and 700 in lower secondary."""
    aim(opened, "pupils", "1080", stage="primary", origin="handed_down")
    aim(opened, "pupils", "701", stage="lower_secondary")
    # Set for the calendar year: it speaks of the school year that begins in it.
    aim(opened, "pupils", "1000", stage="primary", period="2025")


def shown(river: River, *names: str) -> dict[str, str]:
    """Give the county's figures as they are printed, slices by their own names."""
    whole = river.register.county.code
    return {
        one.indicator + (f"/{one.slice}" if one.slice else ""): one.shown
        for one in river.figures_for(names).values()
        if one.place == whole
    }


def of_county(river: River, name: str) -> Figure:
    """Give the county's own figure of an indicator."""
    return river.figures[f"{name}/{river.register.county.code}/all/{river.period.code}"]


def test_targets_set_and_reached_are_counted(county: Workspace):
    aims(county)
    found = shown(River(county, YEAR), SET, REACHED, RATE)
    assert (found[SET], found[REACHED], found[RATE]) == ("3", "2", "66.67")
    # Two of three are the county's own decision, of which one is reached; the other was asked.
    assert (found[f"{RATE}/origin=own"], found[f"{RATE}/origin=handed_down"]) == ("50.00", "100.00")
    assert found[f"{SET}/level=county"] == "3"
    assert (found[f"{SET}/level=school"], found[f"{RATE}/level=school"]) == ("0", "—")


def test_without_targets_none_is_set_and_nothing_is_divided(county: Workspace):
    found = shown(River(county, YEAR), SET, REACHED, RATE)
    assert (found[SET], found[REACHED], found[RATE]) == ("0", "0", "—")


def test_targets_of_schools_and_townships_count_where_they_are(county: Workspace):
    register = county.register
    school = next(iter(register.schools(YEAR.reference_day)))
    township = register[register.township_of(school)]
    reader = deed_of(county, "甲（虚构）")
    lines = [("pupils_all", township.code, "1"), ("pupils_all", school.code, "100000")]
    read = Reader(county.shelf, register)
    reader(
        read.read(
            Written(indicator=name, place=code, amount=amount, source="虚构", period=YEAR.code)
            for name, code, amount in lines
        )
    )
    assert read.issues == []
    figures = River(county, YEAR).figures_for([SET, REACHED])
    whole = {
        (one.indicator, one.place): (one.value, one.coverage.expected)
        for one in figures.values()
        if one.slice is None
    }
    assert whole[SET, school.code] == (1, 1)
    # The township's own target and that of its school; the county adds them up.
    assert whole[SET, township.code] == whole[SET, register.county.code] == (2, 2)
    assert (whole[REACHED, township.code], whole[REACHED, school.code]) == ((1, 2), (0, 1))
    schools = {code for name, code in whole if register[code].level == "school" and name == SET}
    assert schools == {school.code}


def test_a_figure_that_is_missing_leaves_the_rate_undetermined(county: Workspace):
    aims(county)
    # Nothing of a year before was collected that could be three years back.
    aim(county, "pupils_all_average_growth", "1%")
    river = River(county, YEAR)
    found = shown(river, SET, REACHED, RATE)
    assert (found[SET], found[REACHED], found[RATE]) == ("4", "未定", "未定")
    rate = of_county(river, RATE)
    assert rate.coverage.missing == (county.register.county.code,)


def test_a_figure_of_targets_ends_in_the_deeds_that_set_them(county: Workspace):
    aims(county)
    river = River(county, YEAR)
    rate = of_county(river, RATE)
    told = river.explain(rate)
    assert told.numbers == "2÷3×100%＝66.67%"
    entries = [
        trace
        for one in told.figure.because
        if one.part == "numerator"
        for trace in one.traces
        if isinstance(trace, EntryRef)
    ]
    assert [(one.title, one.term, one.value, one.document) for one in entries] == [
        ("年度目标", "小学在校生数", "不低于1000人，实际1080人", "虚构文件"),
        ("年度目标", "小学在校生数", "不低于1080人，实际1080人", "虚构文件"),
    ]
    assert all(one.number and one.on for one in entries)
    below = [one for one in told.figure.because if one.part == "denominator"]
    assert [len(one.traces) for one in below] == [3]


def test_a_deed_is_told_by_its_day_in_beijing(county: Workspace, monkeypatch: pytest.MonkeyPatch):
    # Half past eleven in the evening, in Beijing half past seven of the next morning.
    # In a year that is still to come: no deed is done before the last one.
    late = datetime(2099, 12, 31, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: late)
    aim(county, "pupils", "1000", stage="primary")
    river = River(county, YEAR)
    told = river.explain(of_county(river, RATE))
    days = {
        trace.on
        for one in told.figure.because
        for trace in one.traces
        if isinstance(trace, EntryRef)
    }
    assert days == {"2100-01-01"}


def test_both_engines_give_the_same(county: Workspace):
    pytest.importorskip("duckdb")
    aims(county)
    found = [
        River(county, YEAR, engine=name).figures_for([SET, REACHED, RATE])
        for name in ("polars", "duckdb")
    ]
    assert found[0] == found[1]
    assert found[0]


def test_nothing_is_counted_of_targets_by_who_does_not_ask(
    county: Workspace, monkeypatch: pytest.MonkeyPatch
):
    """Their figures take a second turn of the engine; other indicators never pay for it."""
    aims(county)
    river = River(county, YEAR)
    monkeypatch.setattr(River, "_without_targets", None)
    assert river.figures_of("pupils")


def test_a_target_that_counts_itself_by_now_is_refused_at_counting(
    county: Workspace, monkeypatch: pytest.MonkeyPatch
):
    aims(county)
    shelf = county.shelf
    # The card was changed after the target was set.
    monkeypatch.setitem(shelf.indicators, "pupils", shelf.indicators[SET])
    with pytest.raises(ComplaintsError, match="是由目标算出来的，不能再给它定目标"):
        River(county, YEAR).figures_for([RATE])


def release(opened: Workspace) -> bool:
    """Publish; give whether it is a new release."""
    actor = Actor("钱七（虚构）", "leader")
    return publish(opened, YEAR, actor=actor, why="年度发布")[1]


def test_a_released_figure_never_follows_a_target_that_is_changed_later(county: Workspace):
    aims(county)
    assert release(county)
    before = shown(river_of(county, YEAR, "latest"), SET, REACHED, RATE)
    assert (before[SET], before[RATE]) == ("3", "66.67")
    aim(county, "pupils", "5000", stage="primary", origin="handed_down")
    aim(county, "pupils_all", "1")
    released = river_of(county, YEAR, "latest")
    assert shown(released, SET, REACHED, RATE) == before
    # Counted anew from what the release keeps, it is the same to the last byte.
    assert verify(county) == []
    assert shown(river_of(county, YEAR, "none"), SET, RATE)[RATE] == "50.00"
    # It is explained by the targets as they were then.
    rate = of_county(released, RATE)
    told = released.explain(rate)
    said = [trace.value for one in told.figure.because for trace in one.traces]
    assert "不低于1080人，实际1080人" in said
    assert not [one for one in said if "5000" in one]
    assert release(county)
    assert shown(river_of(county, YEAR, "latest"), RATE)[RATE] == "50.00"
    assert shown(river_of(county, YEAR, "1"), RATE)[RATE] == "66.67"


def test_the_targets_of_a_release_are_kept_with_it_and_sealed(county: Workspace):
    aims(county)
    assert release(county)
    assert not release(county)
    (folder,) = [one for one in (county.store / "releases").iterdir() if one.is_dir()]
    kept = json.loads((folder / "targets.json").read_text())
    assert [(one["indicator"], one["period"], one["amount"]) for one in kept] == [
        ("pupils", "2025-2026", "701"),
        ("pupils", "2025", "1000"),
        ("pupils", "2025-2026", "1080"),
    ]
    # Nothing of it says when or by whom: the same targets are the same bytes.
    assert not any("甲" in str(one) for one in kept)
    assert state_of(River(county, YEAR)).targets == (folder / "targets.json").read_bytes()
    (folder / "targets.json").write_text("[]")
    assert [one.partition("：")[2] for one in verify(county)] == [
        "targets.json 不见了或被改动过，与清单里的摘要不符"
    ]
    (folder / "targets.json").unlink()
    assert len(folder_of(county).faults(folder.name)) == 1


def test_a_release_without_targets_has_no_such_file(county: Workspace):
    assert release(county)
    (folder,) = [one for one in (county.store / "releases").iterdir() if one.is_dir()]
    names = ["cards.json", "figures.json", "manifest.json", "places.json"]
    assert sorted(one.name for one in folder.iterdir()) == names
    aims(county)
    assert shown(river_of(county, YEAR, "latest"), SET)[SET] == "0"


def test_a_target_of_a_slice_is_set_listed_and_withdrawn(county: Workspace):
    overlay = county.root / "own"
    overlay.mkdir()
    card = """
indicator: pupils_by_type
term: 分类在校生数
kind: sum
of: {sum: [students.enrolled]}
unit: person
show: {decimals: 0}
levels: [county]
slices: [school_type]
source: {document: xianxue-own, seen: own}
"""
    (overlay / "cards.yaml").write_text(card, encoding="utf-8")
    settings = county.root / "xianxue.toml"
    told = settings.read_text(encoding="utf-8")
    assert "overlays = []" in told
    settings.write_text(told.replace("overlays = []", 'overlays = ["own"]'), encoding="utf-8")

    def run(*args: str) -> str:
        line = ["targets", *args, "--workspace", str(county.root)]
        result = CliRunner().invoke(cli, line)
        assert result.exit_code == 0, result.output
        return result.output

    primary = next(one for one in county.shelf.codes["school_types"].entries if one.code == "211")
    run("set", "pupils_by_type", "1", "--slice", primary.term, "--document", "虚构文件")
    run("set", "pupils_by_type", "2", "--document", "虚构文件")
    whole, sliced = json.loads(run("list", "--json", "--on", "2026-03-01"))
    assert (whole["slice"], sliced["slice"]) == (None, "school_type=211")
    assert int(sliced["value"]) < int(whole["value"])
    assert f"分类在校生数（{primary.term}）" in run("list", "--on", "2026-03-01")
    run("withdraw", "pupils_by_type", "--slice", "school_type=211", "--why", "重复")
    (left,) = json.loads(run("list", "--json"))
    assert left["slice"] is None
    journal = CliRunner().invoke(cli, ["journal", "show", "--workspace", str(county.root)])
    assert f"分类在校生数（{primary.term}）（2025—2026学年）" in journal.output
