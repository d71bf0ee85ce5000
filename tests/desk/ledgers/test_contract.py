"""What programs read of ``xianxue ledgers``: these keys and no others, and the exit codes."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

SCHOOL = "2163980001"
WORDS = ("record", "hazards", "--place", SCHOOL, "--on", "2025-09-26", "--as", "甲", "--set",
         "what=三楼应急灯不亮（虚构）", "--set", "found_on=2025-09-26", "--set", "found_by=self",
         "--set", "domain=fire", "--set", "grade=general")  # fmt: skip


def told(*words, code=0):
    given = ["ledgers", *map(str, words), "--json"]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert (done.exit_code or done.return_value or 0) == code, (words, done.output, done.exception)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract") / "four"
    shutil.copytree(four_schools, folder)
    told(*WORDS, "--workspace", folder)
    return folder


def test_five_working_days_from_a_friday_before_the_national_holiday():
    """28 September 2025, a Sunday, is worked; 1 to 8 October are off: 28, 29, 30, 9, 10."""
    found = told("deadline", "--from", "2025-09-26", "--working-days", "5")
    assert list(found) == ["due", "days"]
    assert found["due"] == "2025-10-10"
    assert {tuple(one) for one in found["days"]} == {("date", "counts", "why")}
    assert [one["date"] for one in found["days"] if one["counts"]] == [
        "2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10",
    ]  # fmt: skip
    assert [one["why"] for one in found["days"][:3]] == ["起算当日不计", "周末", "调休上班"]


def test_a_year_without_a_calendar_is_only_supposed_and_says_so():
    found = told("deadline", "--from", "2030-09-26", "--working-days", "1")
    assert found["supposed"] is True
    assert found["days"][-1]["why"] == "工作日（暂按推算）"


@pytest.mark.parametrize("length", [("--days", "30"), ("--months", "1"), ("--working-days", "5")])
def test_after_the_last_day_of_all_calendars_there_is_no_deadline(length):
    words = ["ledgers", "deadline", "--from", "9999-12-30", *length]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert str(done.exception) == "算不出最后一天：在公元 9999 年以后"


def test_a_workbook_is_called_one_and_a_strange_table_is_sent_to_the_right_command(
    county, tmp_path
):
    words = ["ledgers", "template", "hazards", "-o", str(tmp_path / "x.csv"), "--workspace"]
    done = CliRunner().invoke(cli, [*words, str(county)], standalone_mode=False)
    assert str(done.exception).endswith("写出的是工作簿，文件名请以 .xlsx 结尾")
    assert not list(tmp_path.iterdir())
    file = tmp_path / "a.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    found = told("import", "hazards", file, "--as", "甲", "--workspace", county, code=1)
    assert [one["code"] for one in found["issues"]] == ["R-NOT-OURS"]
    assert "xianxue ledgers map" in found["issues"][0]["do"]


def test_the_list_has_every_ledger_with_what_is_open_and_overdue(county):
    found = told("list", "--on", "2025-10-08", "--workspace", county)
    assert {tuple(one) for one in found} == {("ledger", "term", "entries", "open", "overdue")}
    (hazards,) = (one for one in found if one["ledger"] == "hazards")
    assert [hazards[name] for name in ("entries", "open", "overdue")] == [1, 1, 1]


def test_what_is_due_ends_with_one_only_where_something_is_overdue(county):
    """Three working days to hand it over: 28, 29 and 30 September."""
    words = ("due", "--ledger", "hazards", "--workspace", county, "--on")
    (one,) = told(*words, "2025-10-01", code=1)
    assert list(one) == ["ledger", "entry", "place", "due", "lamp", "why"]
    assert [one[name] for name in ("entry", "place", "due", "lamp")] == [
        "2025-0001", SCHOOL, "2025-09-30", "red",
    ]  # fmt: skip
    assert "3 个工作日" in one["why"]
    (one,) = told(*words, "2025-09-30")
    assert one["lamp"] != "red"
