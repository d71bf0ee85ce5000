"""What is unusual is asked alike in the bureau and on a school's own machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.returned import Cell, Return
from xianxue.bureau.returns.workbook_out import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.desk.acceptance import accept_files
from xianxue.desk.beside import LATER, Beside
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.intake import read_and_check
from xianxue.desk.prefilling import prefills
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

LAST, NOW = Period.parse("2024-2025"), Period.parse("2025-2026")


def scaled(filed: Return, sheet: str, field: str, by: int, over: int = 1) -> Return:
    """The same return with one field changed in every row."""
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
    return scaled(filed, sheet, field, by, over) if sheet in filed.tables else filed


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
        return read_and_check(files, shelf, register, beside=Beside(shelf, self.workspace)).issues

    def alone(self, files):
        shelf = self.workspace.shelf
        beside = Beside(shelf)
        return [
            issue
            for path in files
            for issue in read_and_check([path], shelf, None, beside=beside).issues
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
