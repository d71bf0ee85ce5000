"""The example county's year: in every ledger, by the cards' rules, the same each time."""

from __future__ import annotations

from collections import Counter as Counted
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from xianxue.bureau.appraisal.persons.eligible import eligible
from xianxue.bureau.ledgers.counting import Counter
from xianxue.bureau.ledgers.moving import replayed
from xianxue.bureau.values.periods import Period
from xianxue.desk.appraisal.careers import career_of
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.persons import find_person
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.ledgers.entries import every_entry
from xianxue.desk.ledgers.example.year import example_year
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.source import LedgerSource, entries_now
from xianxue.desk.models import JournalLine
from xianxue.desk.models.ledger import EntryClock, EntryLine, LedgerEntry
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

NOW = datetime(2026, 11, 29, 2, tzinfo=UTC)
TODAY = date(2026, 11, 29)


def make(folder: Path, now: datetime = NOW):
    example = Example.open("demo_county")
    folder.mkdir()
    lay_out_example(folder, example)
    workspace = Workspace.open(folder)
    made = example_year(workspace, example.folder, now)()
    return workspace, made


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    workspace, made = make(tmp_path_factory.mktemp("year") / "county")
    return workspace, made


def told():
    """All that stands in ledgers, as it would be compared."""
    return [
        (str(line.entry), line.entry.place, line.order, str(line.happened))
        for line in EntryLine.objects.select_related("entry").order_by("entry", "order")
    ]


def test_every_ledger_has_entries_and_no_rule_was_passed_over(year):
    workspace, made = year
    assert "\n".join(made.refused) == ""
    with_entries = set(LedgerEntry.objects.values_list("ledger", flat=True))
    assert with_entries == set(workspace.shelf.ledgers)
    for name, ledger in workspace.shelf.ledgers.items():
        for entry in every_entry(name):
            assert replayed(ledger, entry) is None, (name, entry.number)
            assert all(one.on <= TODAY for one in entry.history)


def test_all_that_was_made_stands_in_the_journal_line_for_line(year):
    _, made = year
    assert LedgerEntry.objects.count() == made.entries
    lines = JournalLine.objects.filter(deed__startswith="ledgers.").count()
    assert lines == made.lines == EntryLine.objects.count()


def test_lamps_of_every_colour_are_lit_on_the_day_on_which_it_is_made(year):
    workspace, _ = year
    from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - Django is set up by now

    room = Room(open_ground(workspace), workspace.store / "cabinet")
    lit = {one.lamp for one in due_on(room, TODAY) if one.entry}
    assert {"blue", "yellow", "orange", "red"} <= lit
    # Nothing has been overdue for so long that nobody would show such a county.
    due = EntryClock.objects.filter(open=True, due__isnull=False).order_by("due").first()
    assert (TODAY - due.due).days <= 75


def test_every_ledger_with_a_clock_has_a_lamp_or_all_of_it_is_done(year):
    workspace, _ = year
    from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - Django is set up by now

    room = Room(open_ground(workspace), workspace.store / "cabinet")
    waits = {one.ledger for one in due_on(room, TODAY)}
    dark = {
        name
        for name, ledger in workspace.shelf.ledgers.items()
        if (ledger.clocks or ledger.frequencies) and name not in waits
    }
    assert dark == set()


def test_a_hazard_found_in_march_was_closed_in_april_and_looked_at_again_in_may(year):
    (story,) = [
        entry
        for entry in every_entry("hazards")
        if entry.fields["what"] == "北楼二层一处疏散指示灯不亮"
    ]
    days = [(one.step, one.on.month) for one in story.history]
    assert days == [("record", 3), ("order", 3), ("report", 4), ("pass", 4), ("look_back", 5)]


def test_a_teacher_who_moved_left_one_school_and_stands_in_the_other_since_that_day(year):
    moved = [entry for entry in every_entry("teachers") if entry.fields["name"] == "教师一（虚构）"]
    assert len({entry.fields["id_number"] for entry in moved}) == 1
    left, came = moved
    assert (left.place, left.state, left.fields["left_on"]) == (
        "2163990001",
        "left",
        "2026-03-02",
    )
    assert (came.place, came.state, came.fields["joined_on"]) == (
        "2163990002",
        "serving",
        "2026-03-02",
    )


def test_the_teacher_who_moved_may_apply_for_senior_and_each_year_is_shown(year):
    """First grade since November 2016; 2022 without a grade is taken off, and enough is left."""
    workspace, _ = year
    room = Room(open_ground(workspace), workspace.store / "cabinet")
    career = career_of(room, find_person(room, "教师一（虚构）"), TODAY)
    found = eligible(room.ground.shelf.eligibilities["senior_teacher"], career, TODAY)
    assert {one.clause: one.verdict for one in found.clauses} == dict.fromkeys(
        ("rural", "years", "conduct", "hours", "certified"), "met"
    )
    # 120 months to November 2026 and 28 days, without twelve.
    assert "有效 9 年，已扣除2022年未定等次" in found.clauses[1].because
    assert [one.year for one in career.results] == list(range(2016, 2026))


def test_most_schools_have_three_plans_and_drill_in_most_months_and_some_do_not(year):
    workspace, _ = year
    codes = [one.code for one in workspace.register.schools(TODAY)]
    plans = Counted(one.place for one in every_entry("emergency_plans") if one.state == "filed")
    drills = Counted(
        one.place for one in every_entry("drills") if str(one.fields["held_on"])[:4] == "2026"
    )
    lacking = [code for code in codes if plans[code] < 3]
    # Of 66 schools every 29th, 11th and 8th lacks a plan.
    assert len(codes) == 66
    assert 5 < len(lacking) < 20
    # Months without lessons ask for none.
    primary = [drills[code] for code in codes if code.startswith("2")]
    assert min(primary) >= 5
    assert max(primary) <= 14


def test_what_members_of_a_group_gained_asks_for_one_period_before_and_no_further(year):
    workspace, _ = year
    desk = Desk.at(workspace, "school_group_evaluation", None)
    (group,) = desk.appraising().result(desk.asked).scores
    assert group.name == "示范幼教集团"


def test_nobody_has_the_number_of_a_real_county(year):
    # 639900 is no county: a number that begins with it belongs to nobody.
    for line in EntryLine.objects.exclude(fields={}):
        number = line.fields.get("id_number")
        assert number is None or number.startswith("639900")


def test_it_is_the_same_each_time_and_hangs_on_the_day(year, tmp_path):
    before = told()
    connection.close()
    try:
        make(tmp_path / "again")
        assert told() == before
        connection.close()
        make(tmp_path / "sooner", datetime(2025, 12, 1, 2, tzinfo=UTC))
        assert all(line.on <= date(2025, 12, 1) for line in EntryLine.objects.all())
        assert EntryClock.objects.filter(open=True).exists()
    finally:
        connection.close()
        Workspace.open(year[0].root)


def test_whatever_is_counted_comes_to_something(year):
    workspace, _ = year
    room = Room(open_ground(workspace), workspace.store / "cabinet")
    counter_of = {
        name: Counter(ledger, room.days, room.attributes(TODAY))
        for name, ledger in workspace.shelf.ledgers.items()
    }
    nothing = set()
    for name, ledger in workspace.shelf.ledgers.items():
        entries, found = every_entry(name), set()
        now = Period.on(ledger.period, TODAY)
        for period in (now, now.before()):
            facts = counter_of[name].facts(entries, min(period.end, TODAY))
            found |= {
                count.count
                for count in ledger.counts
                if counter_of[name].count(count.count, facts, period).value
            }
        nothing |= {(name, count.count) for count in ledger.counts if count.count not in found}
    assert nothing == set()


def test_nobody_visits_the_pupils_of_a_stage_that_the_school_has_not(year):
    workspace, _ = year
    places = workspace.register.places
    visits = every_entry("home_visits")
    assert {one.fields["stage"] for one in visits} >= {"preschool", "primary", "lower_secondary"}
    for one in visits:
        assert one.fields["stage"] in places[one.place].history[-1].stages, one.fields["title"]


def test_what_is_restricted_has_no_title_where_reading_it_is_not_written_down(year):
    from xianxue.desk.ledgers.pressing import pressing  # noqa: PLC0415 - Django is set up by now

    workspace, _ = year
    room = Room(open_ground(workspace), workspace.store / "cabinet")
    titled = {bool(room.ledgers[one.ledger].restricted): set() for one in pressing(room, TODAY)}
    for one in pressing(room, TODAY):
        titled[bool(room.ledgers[one.ledger].restricted)].add(bool(one.title))
    assert titled == {True: {False}, False: {True}}


def test_each_ledger_is_a_table_also_where_a_count_has_the_name_of_a_field(year):
    workspace, _ = year
    period = workspace.period(None)
    known = entries_now(workspace, period, TODAY)
    tables = LedgerSource(workspace, workspace.register, period, lambda: known).tables()
    for name, ledger in workspace.shelf.ledgers.items():
        columns = set(tables[name].collect().columns)
        assert {count.count for count in ledger.counts if not count.distinct} <= columns
    # In the list of teachers «backbone» is a level that is written, and a number that is counted.
    teachers = workspace.shelf.ledgers["teachers"]
    assert teachers.field("backbone") is not None
    assert teachers.count("backbone") is not None
    assert sum(tables["teachers"].collect()["backbone"]) >= 1


def test_what_was_made_is_what_the_proof_finds(year):
    from xianxue.desk.ledgers.verification import faults  # noqa: PLC0415 - Django is set up by now

    workspace, _ = year
    room = Room(open_ground(workspace), workspace.store / "cabinet")
    assert [one.message for one in faults(room)] == []
