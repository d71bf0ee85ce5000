"""``xianxue places``: a merger recorded at the command line, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.cli import main
from xianxue.desk.indicators.overview import joined_since, trend
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.prefilling import prefills
from xianxue.desk.workspace import ComplaintsError, Workspace

CENTRAL, POINT, NINE = "2163980001", "2163980002", "3163980009"
"""东河镇中心小学 with 600 pupils, 西山乡云上教学点 with 40; a code nobody has."""
LATER = date(2026, 12, 1)


class Desk:
    """A workspace and the commands given in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys

    def run(self, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        said = self.capsys.readouterr()
        assert end.value.code == code, said
        return said.out

    def record(self, kind: str, day: str, codes: str, *words: str, code: int = 0) -> str:
        return self.run(
            "places",
            "record",
            kind,
            "--day",
            day,
            "--code",
            codes,
            "--reason",
            "布局调整",
            "--document",
            "虚构教字〔2026〕1号",
            "--as",
            "虚构",
            *words,
            code=code,
        )

    def merge(self) -> str:
        return self.record("merged", "2026-03-01", POINT, "--into", CENTRAL)

    def river(self, as_of: date | None = None, period: str | None = None) -> River:
        opened = Workspace.open(self.root)
        return River(opened, opened.period(period), None, as_of)


@pytest.fixture
def desk(
    four_schools: Path,
    tmp_path: Path,
    copy_workspace: Callable[[Path, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    copy_workspace(four_schools, tmp_path / "four")
    return Desk(tmp_path / "four", capsys)


def figures(river: River) -> dict[str, tuple[Fraction | None, str]]:
    return {key: (one.numerator, one.shown) for key, one in river.figures.items()}


def test_a_merger_is_recorded_listed_and_stands_in_the_journal(desk: Desk) -> None:
    said = desk.merge()

    assert said.startswith("已登记：2026-03-01  合并  西山乡云上教学点（2163980002） → ")
    assert "虚构教字〔2026〕1号" in desk.run("places", "events")
    shown = desk.run("places", "list", "--on", "2026-03-01", "--all", "--json")
    closed = [each["code"] for each in json.loads(shown) if not each["open"]]
    assert closed == [POINT]
    (told,) = json.loads(desk.run("places", "show", POINT, "--json"))["successors"]
    assert told == {"day": "2026-03-01", "code": CENTRAL, "whole": True, "event": "merged"}
    assert "登记变动" in desk.run("journal", "show")
    assert "没有改动" in desk.run("journal", "verify")


def test_what_cannot_be_is_told_and_not_written(desk: Desk) -> None:
    desk.merge()
    before = (desk.root / "events.csv").read_bytes()
    said = desk.record("closed", "2026-09-01", POINT, code=1)

    assert "】西山乡云上教学点（2163980002）已于 2026-02-28 停办" in said
    assert "events.csv" not in said
    assert "没有写入。" in said
    assert (desk.root / "events.csv").read_bytes() == before


def test_renaming_shows_the_old_name_and_the_new_one(desk: Desk) -> None:
    said = desk.record("renamed", "2026-09-01", POINT, "--name", "虚构云上小学")

    assert "更名  西山乡云上教学点（2163980002） → 虚构云上小学" in said
    assert "西山乡云上教学点（2163980002） → 虚构云上小学" in desk.run("places", "events")


def test_a_merger_across_kinds_is_asked_about_and_not_written(desk: Desk) -> None:
    said = desk.record("merged", "2026-03-01", "3163980002", "--into", CENTRAL, code=1)

    assert "东河镇初级中学有初中，并入的东河镇中心小学没有" in said
    assert "--attached" in said
    assert not (desk.root / "events.csv").exists()


def test_errors_speak_of_the_options_that_are_typed(desk: Desk) -> None:
    said = desk.record("opened", "2026-09-01", "2163980099", code=1)
    assert "--name" in said
    said = desk.record("opened", "2026-09-01", "2163980099", "--name", "虚构新校", code=1)
    assert "--township" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("retyped --type 999", "--type 填了“999”；要求：办学类型中的代码。可用：111 幼儿园、"),
        ("retyped --type 211 --attached 99", "--attached 填了“99”"),
        ("retyped --urban-rural 9 --sponsor 2", "--urban-rural 填了“9”"),
        ("retyped --attached 111", "填了 --attached，没有填 --type"),
        ("renamed --name =x", "--name 填了“=x”"),
    ],
)
def test_what_was_typed_wrongly_is_named_as_it_was_typed(desk: Desk, typed: str, said: str) -> None:
    """No column of a file nobody has written; and the codes there are stand beside it."""
    kind, *words = typed.split()
    told = desk.record(kind, "2026-09-01", POINT, *words, code=1)
    assert said in told
    assert "events.csv" not in told
    assert "--day 填了“2026-13-01”" in desk.record("closed", "2026-13-01", POINT, code=1)


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    said = desk.record("closed", "2026-09-01", POINT, "--dry-run")

    assert said == "试算通过，没有写入。\n"
    assert not (desk.root / "events.csv").exists()


def test_an_event_of_the_past_says_what_it_changes(desk: Desk) -> None:
    said = desk.record("renamed", "2025-09-01", POINT, "--name", "云上小学教学点")

    assert "没有发布的数会按新的名册重算，已发布的不变" in said


def test_a_spoiled_file_stops_the_workspace_with_all_complaints(desk: Desk) -> None:
    (desk.root / "events.csv").write_text("day,event\n", encoding="utf-8")

    with pytest.raises(ComplaintsError) as raised:
        Workspace.open(desk.root)
    assert [issue.code for issue in raised.value.issues] == ["W-EVENTS"]


def test_a_merged_schools_template_shows_what_both_reported_last_year(desk: Desk) -> None:
    """600 pupils of the central school and 40 of the teaching point stand beside this year's."""
    desk.merge()
    opened = Workspace.open(desk.root)
    form, period = opened.shelf.forms["school_annual"], Period.parse("2026-2027")
    places = opened.register.schools(period.reference_day)
    before = prefills(opened, form, period, places)
    assert POINT not in before
    last = before[CENTRAL].last
    assert last is not None
    assert sum(row.cells["enrolled"].value for row in last.tables["students"]) == 640


def test_a_later_merger_leaves_the_figures_of_the_period_as_they_were(desk: Desk) -> None:
    """Neither a number nor the tables they are counted from; the release still holds."""
    desk.run("returns", "release")
    before = desk.river()
    known, digest = figures(before), before.holdings.digest
    desk.merge()
    after = desk.river()

    assert figures(after) == known
    assert after.holdings.digest == digest
    # Counted again by the register it was made with: the merger has not reached it.
    told = desk.run("release", "verify")
    assert told == "核对了 1 次发布，都与发布时相同。\n重新计算过的：2025-2026/1。\n"


def test_both_bases_add_up_to_the_same(desk: Desk) -> None:
    """中心小学 600 and the teaching point 40 count as 640 under the one that is left."""
    desk.merge()
    own, later = desk.river(), desk.river(LATER)
    key = f"pupils/{CENTRAL}/primary/2025-2026"

    assert own.figures[key].numerator == 600
    assert later.figures[key].numerator == 640
    assert later.figures[key].as_of == "2026-12-01"
    assert f"pupils/{POINT}/primary/2025-2026" not in later.figures
    for stage in ("primary", "lower_secondary"):
        county = f"pupils/639800/{stage}/2025-2026"
        assert own.figures[county].numerator == later.figures[county].numerator


def test_a_figure_leads_back_to_the_cells_of_the_school_that_is_gone(desk: Desk) -> None:
    desk.merge()
    later = desk.river(LATER)
    explained = later.explain(later.figures[f"pupils/{CENTRAL}/primary/2025-2026"])
    (because,) = explained.figure.because
    of_point = [cell for cell in because.cells if cell.place == POINT]

    assert because.place == CENTRAL
    assert because.amount == 640
    assert {cell.place for cell in because.cells} == {CENTRAL, POINT}
    assert all(cell.file.startswith(POINT) and cell.revision == 1 for cell in of_point)
    assert sum(int(cell.value) for cell in of_point) == 40


def test_the_two_bases_side_by_side(desk: Desk) -> None:
    desk.merge()
    said = json.loads(desk.run("places", "compare", "pupils", "--as-of", "2026-12-01", "--json"))
    by_place = {(each["place"], each["stage"]): each for each in said}

    assert by_place[CENTRAL, "primary"]["as_was"] == "600"
    assert by_place[CENTRAL, "primary"]["as_of"] == "640"
    assert by_place[POINT, "primary"]["as_of"] is None
    assert by_place["639800", "primary"]["as_was"] == by_place["639800", "primary"]["as_of"]
    moved = json.loads(desk.run("places", "basis", "--as-of", "2026-12-01", "--json"))
    assert moved["moved"] == [{"code": POINT, "counted_under": CENTRAL, "since": "2026-03-01"}]


def test_an_indicator_is_shown_on_the_later_basis(desk: Desk) -> None:
    desk.merge()
    words = ("indicators", "explain", "pupils", "--stage", "primary", "--as-of", "2026-12-01")
    said = desk.run(*words, "--place", CENTRAL)
    told = json.loads(desk.run(*words, "--place", CENTRAL, "--json"))

    assert "640人" in said
    assert "合并口径：2025—2026学年的数，按 2026-12-01 的学校归并。" in said
    assert (told["value"], told["as_of"]) == ("640", "2026-12-01")
    assert {cell["place"] for cell in told["because"][0]["cells"]} == {CENTRAL, POINT}
    assert desk.run(*words, "--place", POINT, code=2) == ""
    assert desk.run(*words[:-1], "2025-08-31", code=2) == ""


def test_a_split_is_not_comparable(desk: Desk) -> None:
    words = ("--into", CENTRAL, "--into", "2163980009", "--name", "东河镇第二小学")
    desk.record("split", "2026-09-01", CENTRAL, *words)
    said = json.loads(desk.run("places", "compare", "pupils", "--as-of", "2026-12-01", "--json"))
    (central,) = [each for each in said if each["place"] == CENTRAL]

    assert (central["as_was"], central["as_of"], central["comparable"]) == ("600", None, False)
    desk.run("indicators", "show", "pupils", "--place", CENTRAL, "--as-of", "2026-12-01", code=2)


def test_a_school_that_becomes_a_nine_year_school_is_judged_by_stage_on_each_side(
    desk: Desk,
) -> None:
    """211 to 312 on 2026-09-01: another category, so another code; the past stays a primary."""
    desk.record("retyped", "2026-09-01", CENTRAL, "--into", NINE, "--type", "312")

    def judged(period: str, code: str) -> set[Stage | None]:
        river = desk.river(period=period)
        found = river.assess("balance_resources", river.period.reference_day).findings
        return {each.stage for each in found if each.place == code}

    assert judged("2025-2026", CENTRAL) == {Stage.PRIMARY}
    assert judged("2025-2026", NINE) == set()
    assert judged("2026-2027", CENTRAL) == set()
    assert judged("2026-2027", NINE) == {Stage.PRIMARY, Stage.LOWER_SECONDARY}
    filers = Holdings(Workspace.open(desk.root), desk.river(period="2026-2027").period)
    form = filers.workspace.shelf.forms["school_annual"]
    assert [place.name for place in filers.expected(form) if place.code == NINE] == [
        "东河镇中心小学"
    ]


def test_a_merged_school_in_a_trend_is_told_on_both_bases(desk: Desk) -> None:
    """600 as reported, 640 with the teaching point that was joined; never a rise of its own."""
    desk.merge()
    opened = Workspace.open(desk.root)
    now = River(opened, Period.parse("2026-2027"))
    before = desk.river().figures[f"pupils/{CENTRAL}/primary/2025-2026"]
    present = replace(before, period="2026-2027")
    card = opened.shelf.indicators["pupils"]
    *_, earlier, last = trend(now, present, card)
    assert (earlier.figure.numerator, earlier.merged.numerator) == (600, 640)
    assert earlier.note == "当年还没有并入西山乡云上教学点，两年不能直接比"
    assert (last.note, last.merged) == ("", None)
    # The county has gained nobody by it, and a school that nobody was joined to neither.
    assert joined_since(now, Period.parse("2025-2026"), "639800") == ()
    assert joined_since(now, Period.parse("2025-2026"), "3163980001") == ()


def test_before_a_merger_a_trend_says_nothing_of_it(desk: Desk) -> None:
    desk.merge()
    assert joined_since(desk.river(), Period.parse("2024-2025"), CENTRAL) == ()
