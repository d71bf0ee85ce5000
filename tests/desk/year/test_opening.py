"""A new year is opened and taken back: what it takes over, once, whole, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli
from xianxue.desk.database import open_database
from xianxue.desk.models import JournalLine, TargetLine, Window
from xianxue.desk.stores.settings_file import NAME, read_settings
from xianxue.desk.year import opening

BEFORE, AFTER = "2025-2026", "2026-2027"
CENTRAL = "2163980001"


class County:
    """Four schools whose windows and one target are set; commands are given as a clerk does."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *words: str) -> tuple[int, str]:
        line = [*words, "--workspace", str(self.root)]
        done = CliRunner().invoke(cli, line, standalone_mode=False)
        told = str(done.exception) if done.exception else done.output
        return (2 if done.exception else done.return_value or 0), told

    def json(self, *words: str) -> Any:
        code, told = self.run(*words, "--json")
        assert code == 0, told
        return json.loads(told)

    def window(self, form: str, due: str, lock: str, period: str = BEFORE) -> None:
        days = ("--due", due, "--lock", lock, "--period", period, "--as", "赵六（虚构）")
        assert self.run("returns", "window", form, *days)[0] == 0

    @property
    def text(self) -> str:
        return (self.root / NAME).read_text(encoding="utf-8")

    @property
    def period(self) -> str:
        return getattr(read_settings(self.root / NAME), "period")  # noqa: B009 - an issue has none

    @property
    def lines(self) -> int:
        open_database(self.root / "store")
        return JournalLine.objects.count()

    def windows(self, period: str = AFTER) -> dict[str, tuple[date, date]]:
        open_database(self.root / "store")
        found = Window.objects.filter(period=period)
        return {one.form: (one.due, one.lock) for one in found}

    def whole(self) -> None:
        code, told = self.run("journal", "verify")
        assert code == 0, told


@pytest.fixture(scope="module")
def prepared(
    four_schools: Path,
    copy_workspace: Callable[[Path, Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    root = tmp_path_factory.mktemp("year") / "four"
    copy_workspace(four_schools, root)
    county = County(root)
    # A Saturday a year later, and the eighth of the week-long holiday of October.
    county.window("school_annual", "2025-09-26", "2025-10-03")
    target = ("pupils", "1700", "--stage", "primary", "--document", "虚构〔2025〕1号")
    assert county.run("targets", "set", *target)[0] == 0
    return root


@pytest.fixture
def county(prepared: Path, copy_workspace: Callable[[Path, Path], None], tmp_path: Path) -> County:
    copy_workspace(prepared, tmp_path / "four")
    return County(tmp_path / "four")


def test_windows_are_those_of_last_year_moved_on_to_a_working_day(county: County):
    said = county.json("year", "open", AFTER)
    assert (said["period"], said["previous"], said["done"]) == (AFTER, BEFORE, True)
    forms = {one["form"]: one for one in said["forms"]}
    # 26 September 2026 is a Saturday, the days from 1 to 7 October are a holiday.
    assert (forms["school_annual"]["due"], forms["school_annual"]["lock"]) == (
        "2026-09-28",
        "2026-10-08",
    )
    assert forms["school_annual"]["expected"] == 4
    assert forms["county_annual"]["due"] is None
    assert any("《县级年度报表》" in one for one in said["still_to_do"])
    assert county.windows() == {"school_annual": (date(2026, 9, 28), date(2026, 10, 8))}
    county.whole()


def test_grades_rise_and_nobody_is_nought_for_want_of_a_return(county: County):
    grades = {one["grade"]: one for one in county.json("year", "open", AFTER)["rising"]}
    assert (grades["G2"]["from"], grades["G7"]["from"]) == ("G1", "G6")
    counted = _counted(county.root)
    assert grades["G2"]["pupils"] == counted["一年级"]
    assert grades["G7"]["pupils"] == counted["六年级"]
    # Entrants are known when they are there; the kindergartens of this county report nothing.
    assert grades["G1"]["pupils"] is None
    assert grades["K2"]["pupils"] is None


def _counted(root: Path) -> dict[str, int]:
    """Add up by hand what the workbooks say of each grade: its name in A, its pupils in B."""
    found: dict[str, int] = {}
    for path in (root / "workbooks").glob("*.xlsx"):
        book = openpyxl.load_workbook(path, data_only=True)
        rows = book["学生"].iter_rows(values_only=True) if "学生" in book.sheetnames else ()
        for name, pupils, *_ in rows:
            if str(name).endswith("年级") and isinstance(pupils, int):
                found[str(name)] = found.get(str(name), 0) + pupils
    return found


def test_targets_are_taken_over_as_the_bureaus_own_and_say_of_which_year(county: County):
    county.json("year", "open", AFTER)
    (target,) = county.json("targets", "list", "--period", AFTER)
    assert (target["target"], target["origin"]) == ("1700", "own")
    assert target["source"] == "沿用2025—2026学年：虚构〔2025〕1号"
    # That of last year is still the one that came from above.
    (before,) = county.json("targets", "list", "--period", BEFORE)
    assert before["source"] == "虚构〔2025〕1号"


def test_commands_take_the_new_year_and_the_settings_stay_as_they_were_written(county: County):
    own = county.text.replace("period =", "# 由办公室改\nperiod  =").replace(
        "[choose]", '[mail]\nhost = "mail.example"\nsender = "a@example.cn"\n\n[choose]'
    )
    (county.root / NAME).write_text(own, encoding="utf-8")
    county.json("year", "open", AFTER)
    assert county.text == own.replace(f'"{BEFORE}"', f'"{AFTER}"')
    county.json("year", "take-back", AFTER)
    assert county.text == own


def test_looking_changes_nothing_and_lists_the_same(county: County):
    before, lines = county.text, county.lines
    looked = county.json("year", "open", AFTER, "--dry-run")
    assert county.text == before
    assert county.windows() == {}
    assert county.lines == lines
    done = county.json("year", "open", AFTER)
    told = {"done", "dry_run"}
    assert {k: v for k, v in looked.items() if k not in told} == {
        k: v for k, v in done.items() if k not in told
    }


def test_opening_twice_does_it_once(county: County):
    county.json("year", "open", AFTER)
    lines = county.lines
    assert county.json("year", "open", AFTER)["done"] is False
    assert "先前已经开好" in county.run("year", "open", AFTER)[1]
    assert county.lines == lines


def test_broken_off_before_the_settings_it_is_finished_the_next_time(
    county: County, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(opening, "change_period", full)
        code, told = county.run("year", "open", AFTER)
    assert code != 0
    assert "请手工改这一行" in told
    assert county.period == BEFORE
    assert county.json("year", "open", AFTER)["done"] is False
    assert county.period == AFTER
    assert len(county.windows()) == 1
    county.whole()


def test_taken_back_all_is_as_it_was_and_it_can_be_opened_again(county: County):
    county.json("year", "open", AFTER)
    assert county.json("year", "take-back", AFTER) == {"period": AFTER, "previous": BEFORE}
    assert county.period == BEFORE
    assert county.windows() == {}
    assert county.json("targets", "list", "--period", AFTER) == []
    assert set(county.windows(BEFORE)) == {"school_annual"}
    county.whole()
    assert county.json("year", "open", AFTER)["done"] is True
    assert len(county.windows()) == 1
    county.whole()


def test_what_somebody_set_anew_meanwhile_is_theirs_and_stays(county: County):
    county.json("year", "open", AFTER)
    county.window("school_annual", "2026-10-12", "2026-10-16", AFTER)
    target = ("pupils", "1800", "--stage", "primary", "--document", "虚构〔2026〕2号")
    assert county.run("targets", "set", *target, "--period", AFTER)[0] == 0
    county.json("year", "take-back", AFTER)
    assert county.windows() == {"school_annual": (date(2026, 10, 12), date(2026, 10, 16))}
    (target,) = county.json("targets", "list", "--period", AFTER)
    assert target["target"] == "1800"
    county.whole()


def test_windows_that_were_there_stay_and_are_said_to(county: County):
    county.window("school_annual", "2026-11-02", "2026-11-06", AFTER)
    said = county.json("year", "open", AFTER)
    (form,) = (one for one in said["forms"] if one["form"] == "school_annual")
    assert (form["due"], form["there"]) == ("2026-11-02", True)
    county.json("year", "take-back", AFTER)
    assert county.windows() == {"school_annual": (date(2026, 11, 2), date(2026, 11, 6))}


def test_once_something_is_handed_in_it_cannot_be_taken_back(county: County):
    county.json("year", "open", AFTER)
    # Whenever the tests are run, it is not too late.
    county.window("school_annual", "2099-09-28", "2099-10-08", AFTER)
    book = county.root / "新.xlsx"
    template = ("returns", "template", "school_annual", "--place", CENTRAL, "-o", str(book))
    assert county.run(*template)[0] == 0
    _fill(county.root, book)
    signed = ("--clerk", "张三（虚构）", "--head", "李四（虚构）")
    code, told = county.run("returns", "submit", str(book), *signed)
    assert code == 0, told
    code, told = county.run("year", "take-back", AFTER)
    assert code != 0
    assert "已经报上来 1 份报表" in told
    assert county.period == AFTER
    assert len(county.windows()) == 1


def _fill(root: Path, book: Path) -> None:
    """Write what last year's says into this year's empty cells."""
    (old,) = (root / "workbooks").glob(f"*{CENTRAL}*.xlsx")
    source, target = openpyxl.load_workbook(old), openpyxl.load_workbook(book)
    for sheet in (target[name] for name in source.sheetnames if name in target.sheetnames):
        for row in source[sheet.title].iter_rows():
            for cell in row:
                if sheet.title == "班级" or sheet[cell.coordinate].value is None:
                    sheet[cell.coordinate].value = cell.value
    target.save(book)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("2027-2028", "下一年是 2026-2027"),
        ("2024-2025", "下一年是 2026-2027"),
        ("2026", "2026 不是学年"),
        ("2026-09", "2026-09 不是学年"),
        ("明年", "明年"),
        ("2026-2028", "2026-2028"),
    ],
)
def test_a_year_that_is_not_the_next_is_refused_in_words(county: County, code: str, told: str):
    before = county.text
    found, said = county.run("year", "open", code)
    assert found != 0
    assert told in said
    assert county.text == before


def test_what_was_never_opened_is_not_taken_back(county: County):
    code, told = county.run("year", "take-back", AFTER)
    assert code != 0
    assert "没有开过" in told
    county.json("year", "open", AFTER)
    county.json("year", "take-back", AFTER)
    assert county.run("year", "take-back", AFTER)[0] != 0


def test_a_school_opens_no_year(county: County):
    code, told = county.run(
        "year", "open", AFTER, "--as", "张三（虚构）", "--role", "school_clerk", "--of", CENTRAL
    )
    assert code != 0
    assert "张三" in told or "学校" in told
    assert county.period == BEFORE
    assert county.windows() == {}
    assert TargetLine.objects.filter(period=AFTER).count() == 0


def test_the_journal_tells_it_as_people_read_it(county: County):
    county.json("year", "open", AFTER)
    county.json("year", "take-back", AFTER)
    told = county.run("journal", "show")[1]
    assert "开新学年" in told
    assert "撤回新学年" in told
    assert "报送期限 1 项，目标 1 项" in told
