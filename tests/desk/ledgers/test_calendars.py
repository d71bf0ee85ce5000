"""A year's calendar comes in, and the deadlines that are open move with it."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli
from xianxue.desk.stores import clock

SCHOOL = "2163980001"
DAYS = "日期,类型,名称\n2027-10-01,放假,国庆节\n2027-10-02,放假,国庆节\n2027-10-04,放假,国庆节\n2027-10-05,放假,国庆节\n2027-09-26,上班,\n"


def told(folder, *words, code=0):
    given = [*map(str, words), "--workspace", str(folder), "--json"]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert (done.exit_code or done.return_value or 0) == code, (words, done.output, done.exception)
    return json.loads(done.stdout)


@pytest.fixture
def county(four_schools, tmp_path, monkeypatch):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    later = clock.now().replace(year=2027, month=10, day=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    return folder


def hazard(folder, day, what="灯不亮"):
    said = {"what": what, "found_on": day, "found_by": "self", "domain": "fire", "grade": "general"}
    given = [word for pair in said.items() for word in ("--set", "=".join(pair))]
    words = ("ledgers", "record", "hazards", "--place", SCHOOL, "--on", day, "--as", "甲")
    return told(folder, *words, *given)["entry"]


def due(folder, number):
    (one,) = told(folder, "ledgers", "show", "hazards", number)["clocks"][:1]
    return one["due"], one["supposed"]


def bring(folder, text, code=0):
    file = folder / "days.csv"
    file.write_text(text, encoding="utf-8")
    return told(
        folder, "ledgers", "calendar", "import", file, "--as", "管理员", "--role",
        "administrator", code=code,
    )  # fmt: skip


def test_deadlines_move_with_the_calendar_and_it_is_told_how_many(county):
    """Three working days from Wednesday 29 September 2027 on."""
    for what in ("一", "二"):
        hazard(county, "2027-09-29", what)
    early = hazard(county, "2027-09-06")
    # Supposed: 1 October is known to be off, so 30 September, 4 and 5 October.
    assert due(county, "2027-0001") == ("2027-10-05", True)
    done = bring(county, DAYS)
    assert done["calendar"] == "cn_2027"
    moved = {(one["before"], one["after"]): one["entries"] for one in done["moved"]}
    # 30 September, 6 and 7 October; and what is sure now is told as moved too.
    assert moved == {("2027-10-05", "2027-10-07"): 2, ("2027-09-09", "2027-09-09"): 1}
    assert due(county, "2027-0001") == ("2027-10-07", False)
    assert due(county, early) == ("2027-09-09", False)
    assert (county / "local" / "calendars" / "cn_2027.yaml").is_file()
    deeds = [one["deed"] for one in told(county, "journal", "show")]
    assert deeds.count("ledgers.recompute") == deeds.count("catalogue.overlay") == 1
    again = bring(county, DAYS)
    assert again["moved"] == []


def test_a_calendar_is_replaced_by_a_better_one_of_its_year(county):
    number = hazard(county, "2027-09-29")
    bring(county, DAYS)
    bring(county, DAYS + "2027-10-06,放假,国庆节\n")
    assert due(county, number) == ("2027-10-08", False)


def test_what_cannot_be_read_changes_nothing(county):
    file = county / "days.csv"
    file.write_text(DAYS.replace("放假", "也许"), encoding="utf-8")
    words = ["ledgers", "calendar", "import", str(file), "--as", "管", "--role", "administrator"]
    done = CliRunner().invoke(cli, [*words, "--workspace", str(county)], standalone_mode=False)
    assert len(done.exception.issues) == 4
    assert not (county / "local").exists()


def test_bulk_comes_to_what_each_history_comes_to(county):
    """What the quick way kept is what the entries' histories say, stopped clocks included."""
    for day in ("2027-09-20", "2027-09-24", "2027-09-30"):
        hazard(county, day)
    words = ("ledgers", "step", "hazards", "2027-0002", "withdraw", "--as", "乙", "--why", "误报")
    told(county, *words, "--on", "2027-09-27")
    bring(county, DAYS)
    from xianxue.bureau.ledgers.clocks import Clocks  # noqa: PLC0415 - the store is open by now
    from xianxue.desk.cli.ledgers.options import room_of  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.entries import every_entry  # noqa: PLC0415 - as above
    from xianxue.desk.models.ledger import EntryClock  # noqa: PLC0415 - as above

    room = room_of(county)
    clocks = Clocks(room.ledgers["hazards"], room.days)
    open_ones = {
        (entry.number, run.clock): (run.due, run.supposed)
        for entry in every_entry("hazards")
        for run in clocks.runs(entry)
        if run.open
    }
    kept = {
        (row.entry.number, row.clock): (row.due, row.supposed)
        for row in EntryClock.objects.filter(ledger="hazards", open=True).select_related("entry")
    }
    assert kept == open_ones
    assert len(kept) == 2
