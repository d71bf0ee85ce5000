"""What is unusual is asked alike in the bureau and on a school's own machine."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.comparison import LATER
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.models import Explanation, JournalLine
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import explained
from xianxue.desk.returns.intake import read_and_check
from xianxue.desk.returns.prefilling import prefills
from xianxue.desk.returns.submission import accept_files
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

LAST, NOW = Period.parse("2024-2025"), Period.parse("2025-2026")


def scaled(filed: Return, sheet: str, field: str, by: int, over: int = 1) -> Return:
    """The same return with one field changed in every row, where it has that sheet."""
    if sheet not in filed.tables:
        return filed
    rows = [
        replace(
            row,
            cells={
                name: Cell(cell.value * by // over)
                if name == field and isinstance(cell.value, int)
                else cell
                for name, cell in row.cells.items()
            },
        )
        for row in filed.tables[sheet]
    ]
    return replace(filed, tables={**filed.tables, sheet: tuple(rows)})


def spoil(number: int, filed: Return) -> Return:
    """Change each third school's area, staff or pupils, as a slip of the pen would."""
    sheet, field, by, over = (
        ("premises", "building_area", 10, 1),
        ("premises", "equipment_value", 1, 10_000),
        ("staff", "teachers", 2, 1),
        ("students", "enrolled", 1, 2),
        ("students", "boarders", 0, 1),
        ("kindergarten", "outdoor_area", 9, 1),
    )[number % 6]
    return scaled(filed, sheet, field, by, over)


class County:
    """A county with returns of last year accepted, and workbooks of this year."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.example = Example.open(name)
        lay_out_example(folder, self.example)
        self.workspace = Workspace.open(folder)
        self.returns = self.example.returns(self.workspace.shelf, self.workspace.register)

    def write(self, folder: str, period: Period, change=lambda _, filed: filed) -> list[Path]:
        """Write everybody's workbook for a period, made of the bureau's template."""
        (self.folder / folder).mkdir()
        files = []
        for number, (form, place, filed) in enumerate(self.returns):
            given = prefills(self.workspace, form, period, [place])[place.code]
            path = self.folder / folder / f"{place.code}.xlsx"
            changed = replace(change(number, filed), period=period.code)
            codes = self.workspace.shelf.codes
            path.write_bytes(write_workbook(form, place, period, codes, changed, prefill=given))
            files.append(path)
        return files

    def in_the_bureau(self, files):
        shelf, register = self.workspace.shelf, self.workspace.register
        return read_and_check(
            files, shelf, register, compare=Comparison(shelf, self.workspace)
        ).issues

    def alone(self, files):
        shelf = self.workspace.shelf
        compare = Comparison(shelf)
        return [
            issue
            for path in files
            for issue in read_and_check([path], shelf, None, compare=compare).issues
        ]


def told(issues):
    return sorted((issue.file, issue.severity, issue.message) for issue in issues)


def test_a_whole_county_hears_the_same_away_from_the_bureau(tmp_path):
    """67 schools, and five slips of the pen in turn; every verdict is the bureau's."""
    county = County(tmp_path / "county", "demo_county")
    accept_files(county.workspace, county.write("last", LAST), actor="虚构")
    files = county.write("now", NOW, spoil)
    here = county.alone(files)
    there = county.in_the_bureau(files)
    assert told(here) == told(there)
    assert not any(issue.code == LATER for issue in here)
    rules = {issue.code for issue in there if issue.severity is Severity.EXPLAIN}
    assert {
        "area_change", "area_beside_others", "money_change", "teachers_change", "pupils_change",
        "people_vanished", "kindergarten_beside_others", "teachers_beside_others",
    } <= rules  # fmt: skip


# ── from the first finding to the explanation ───────────────────────────────


@pytest.fixture
def school(tmp_path):
    """A county of four schools, each with half the building area it had last year."""
    county = County(tmp_path / "county", "four_schools")

    def larger(_, filed):
        return scaled(filed, "premises", "building_area", 2)

    assert accept_files(county.workspace, county.write("last", LAST, larger), actor="虚构").accepted
    files = county.write("now", NOW)
    return county, next(path for path in files if path.name.startswith("2163980001"))


def run(capsys, *words):
    with pytest.raises(SystemExit) as done:
        main(["returns", *map(str, words)])
    said = capsys.readouterr()
    return done.value.code, said.out + said.err


def submitted(capsys, county, path, *more):
    words = ("--workspace", county.folder, "--clerk", "填报员甲", "--head", "校长乙", *more)
    return run(capsys, "submit", path, *words)


def explain_in(path, text, line=4, tab="经验校验说明"):
    """Write on the sheet for explanations, as its clerk does."""
    book = openpyxl.load_workbook(path)
    book[tab][f"F{line}"] = text
    book.save(path)


def type_in(path, tab, cell, value):
    book = openpyxl.load_workbook(path)
    book[tab][cell] = value
    book.save(path)


def test_a_clerk_explains_in_the_workbook_and_is_not_asked_again(
    school, tmp_path, capsys, monkeypatch
):
    county, path = school
    # Unexplained, it is not submitted; the marked copy says where to write.
    code, said = submitted(capsys, county, path, "--marked", tmp_path / "marked")
    assert code == 1
    assert "还有 1 条经验校验没有说明，没有报送：校舍与设备!D2" in said
    assert "“经验校验说明”表里逐条写明原因" in said
    (marked,) = (tmp_path / "marked").iterdir()
    sheet = openpyxl.load_workbook(marked)["经验校验说明"]
    assert [cell.value for cell in sheet[4]][1:4:1][:2] == ["校舍与设备", "D2"]
    assert sheet["C4"].hyperlink.location == "'校舍与设备'!D2"
    assert "减少 50.0%" in sheet["D4"].value
    assert sheet["F4"].value is None
    explain_in(marked, "南楼鉴定为危房，已停用（虚构）")
    # Away from the bureau nothing is left to do, and the copy keeps what was written.
    alone = tmp_path / "alone"
    alone.mkdir()
    monkeypatch.chdir(alone)
    code, said = run(capsys, "check", marked, "--marked", alone)
    assert code == 0
    assert "已在“经验校验说明”表说明：南楼鉴定为危房，已停用（虚构）" in said
    kept = openpyxl.load_workbook(alone / marked.name)["经验校验说明"]
    assert kept["F4"].value == "南楼鉴定为危房，已停用（虚构）"
    # It comes in with the workbook, and is kept.
    code, said = submitted(capsys, county, marked)
    assert (code, "已报送" in said) == (0, True)
    code, said = run(capsys, "explanations", "--rule", "area_change", "--workspace", county.folder)
    assert "南楼鉴定为危房" in said.replace("\n", "")
    (one,) = explained(rule="area_change")
    assert (one.field, one.place, one.by) == ("premises.building_area", "2163980001", "填报员甲")
    # The first workbook, on which nobody wrote anything, needs no explanation any more.
    code, said = run(capsys, "check", path, "--workspace", county.folder)
    assert code == 0
    assert "填报员甲已于" in said
    # Submitting it once more keeps the explanation once.
    submitted(capsys, county, marked)
    assert Explanation.objects.count() == 1


def test_another_value_opens_it_again(school, tmp_path, capsys):
    county, path = school
    submitted(capsys, county, path, "--marked", tmp_path / "marked")
    (marked,) = (tmp_path / "marked").iterdir()
    explain_in(marked, "南楼停用（虚构）")
    type_in(marked, "校舍与设备", "D2", 7000)
    code, said = submitted(capsys, county, marked, "--marked", tmp_path / "again")
    assert code == 1
    assert "校舍与设备!D2" in said
    assert not Explanation.objects.exists()
    (again,) = (tmp_path / "again").iterdir()
    sheet = openpyxl.load_workbook(again)["经验校验说明"]
    (line,) = (row for row in sheet.iter_rows(min_row=4) if row[2].value == "D2" and row[6].value)
    assert line[5].value is None
    assert line[6].value.startswith("南楼停用（虚构）（原来是 ")


def test_an_explanation_goes_out_with_next_years_template(school, capsys):
    """The value stays another year; other schools would ask again, were it not explained."""
    county, path = school
    submitted(capsys, county, path, "--explain", "area_change=南楼停用（虚构）")
    place = county.workspace.register["2163980001"]
    form = county.workspace.shelf.forms["school_annual"]
    given = prefills(county.workspace, form, Period.parse("2026-2027"), [place])[place.code]
    codes = county.workspace.shelf.codes
    book = write_workbook(form, place, Period.parse("2026-2027"), codes, prefill=given)
    filed, _ = read_workbook(book, "a.xlsx", county.workspace.shelf)
    (one,) = filed.brought.explained
    assert (one.rule, one.text, one.by) == ("area_change", "南楼停用（虚构）", "填报员甲")


def test_accepting_takes_the_explanation_along_and_twice_changes_nothing(school, tmp_path, capsys):
    county, path = school
    submitted(capsys, county, path, "--marked", tmp_path / "marked")
    (marked,) = (tmp_path / "marked").iterdir()
    explain_in(marked, "南楼停用（虚构）")
    first = accept_files(county.workspace, [marked], actor="审核员丙")
    lines = JournalLine.objects.count()
    again = accept_files(county.workspace, [marked], actor="审核员丙")
    assert [each.unchanged for each in first.accepted + again.accepted] == [False, True]
    assert JournalLine.objects.count() == lines
    (one,) = explained()
    assert one.text == "南楼停用（虚构）"


def test_the_bureau_is_told_what_it_accepts_unexplained(school, capsys):
    county, path = school
    code, said = run(capsys, "accept", path, "--workspace", county.folder)
    assert code == 0
    assert "收下 1 份，其中 1 条经验校验没有说明。" in said


def test_a_template_of_other_numbers_says_so(school, capsys):
    """Last year was corrected after the template had gone out."""
    county, path = school

    def twice(_, filed):
        return scaled(filed, "premises", "building_area", 4)

    late = county.write("late", LAST, twice)
    accept_files(county.workspace, late, actor="虚构", why="更正（虚构）")
    found = county.in_the_bureau([path])
    (stale,) = (issue for issue in found if issue.code == "R-BASIS")
    assert stale.severity is Severity.NOTE
    (saw,) = (issue.saw for issue in found if issue.code == "area_change")
    assert "减少 75.0%" in saw


def test_in_the_first_year_the_comparison_is_left_to_the_bureau(tmp_path, capsys, monkeypatch):
    county = County(tmp_path / "county", "four_schools")
    path = next(each for each in county.write("now", NOW) if each.name.startswith("2163980001"))
    alone = tmp_path / "alone"
    alone.mkdir()
    monkeypatch.chdir(alone)
    code, said = run(capsys, "check", path)
    assert code == 0
    assert "1 份报表没有带来可比的数：与上年、与同类学校的比较，报送后由教育局来做。" in said
    code, said = run(capsys, "check", path, "--workspace", county.folder)
    assert "报送后" not in said


def test_in_the_first_year_the_bureau_compares_with_those_it_has(tmp_path):
    county = County(tmp_path / "county", "demo_county")
    accept_files(county.workspace, county.write("now", NOW), actor="虚构")
    files = county.write(
        "again", NOW, lambda _, filed: scaled(filed, "premises", "building_area", 10)
    )
    found = county.in_the_bureau(files[3:4])
    assert "area_beside_others" in {issue.code for issue in found}


@pytest.mark.parametrize("spoil", ["不是数", "1/0", None])
def test_a_hidden_sheet_that_somebody_spoilt_is_as_none(school, spoil):
    county, path = school
    book = openpyxl.load_workbook(path)
    sheet = book["_beside"]
    if spoil is None:
        del book["_beside"]
    else:
        for row in sheet.iter_rows(min_row=2):
            for cell in row[3:10]:
                if cell.value and any(char.isdigit() for char in str(cell.value)):
                    cell.value = spoil
    book.save(path)
    found = county.alone([path])
    assert [issue.code for issue in found if issue.code.startswith("R-")] == [LATER]
    assert "area_change" in {issue.code for issue in county.in_the_bureau([path])}
