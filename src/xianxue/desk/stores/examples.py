"""Example counties on disk: CSV files with what each clerk would write.

``example.yaml`` names the county and the period, ``places.csv`` is the register, and each sheet
has one CSV file with the columns ``place``, ``row`` and its fields. Every example is invented.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.asked import AskedRow, asked
from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell, Row, Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.catalogue import yaml_lines
from xianxue.catalogue.card_files import NATIONAL
from xianxue.desk.stores import roster
from xianxue.desk.stores.settings_file import Settings

FOLDER: Final = NATIONAL / "examples"
_OVERLAYS: Final = ("overlay", "local")
"""Folders of cards that an example may bring: of its own case, or what a county writes itself."""
EARLIER: Final = "earlier"
"""The folder in an example with a folder for each period before its own."""

_Lines = dict[str, list[dict[str, str]]]
_BySheet = Mapping[str, Mapping[str, list[dict[str, str]]]]


class Example(Record):
    """One example county."""

    folder: Path
    name: str
    settings: Settings

    @classmethod
    def open(cls, name: str) -> Example:
        """Open an example by name; KeyError where there is none."""
        folder = FOLDER / name
        if not (folder / "example.yaml").is_file():
            raise KeyError(name)
        said = yaml_lines.read((folder / "example.yaml").read_text(encoding="utf-8")).data
        settings = Settings(
            county=str(said["county"]),
            period=str(said["period"]),
            note=str(said["note"]),
            overlays=[name for name in _OVERLAYS if (folder / name).is_dir()],
        )
        return cls(folder, name, settings)

    def returns(self, shelf: Shelf, register: Register) -> list[tuple[Form, Place, Return]]:
        """Give what each place would file: every form that has lines for it."""
        return self._returns(shelf, register, Period.parse(self.settings.period), self.folder)

    def earlier(self, shelf: Shelf, register: Register) -> Iterator[tuple[Path, list[Return]]]:
        """Give what is held of each period before: the folder it stands in, and its returns.

        Only what is needed to tell how things have moved stands there; nothing else was answered.
        """
        for folder in sorted(self.folder.glob(f"{EARLIER}/*")):
            period = Period.parse(folder.name)
            found = self._returns(shelf, register, period, folder)
            yield folder, [filed for _, _, filed in found]

    def targets(self) -> list[dict[str, str]]:
        """Give the lines of the example's list of targets; none where it has no list."""
        path = self.folder / "targets.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _returns(
        self, shelf: Shelf, register: Register, period: Period, folder: Path
    ) -> list[tuple[Form, Place, Return]]:
        sheets = (sheet.sheet for form in shelf.forms.values() for sheet in form.sheets)
        return returned(shelf, register, period, {name: _lines(folder, name) for name in sheets})

    def register(self, shelf: Shelf) -> Register:
        """Give the example's places; its own faults are raised, for it comes with the program."""
        register, issues = roster.read_roster(self.folder / roster.NAME, shelf.codes)
        if issues:
            raise ValueError("\n".join(issue.message for issue in issues))
        return register


def example_names() -> list[str]:
    """Name the examples that come with the program."""
    return sorted(path.parent.name for path in FOLDER.glob("*/example.yaml"))


def returned(
    shelf: Shelf,
    register: Register,
    period: Period,
    lines: _BySheet,
) -> list[tuple[Form, Place, Return]]:
    """Give what each place would file of what stands in lines: by sheet, place and field.

    Numbers have to be numbers, no finer than their unit (ValueError).
    """
    found: list[tuple[Form, Place, Return]] = []
    for form in shelf.forms.values():
        own = {sheet.sheet: lines.get(sheet.sheet, {}) for sheet in form.sheets}
        places = (
            [register.county]
            if form.filed_by == "county"
            else register.schools(period.reference_day)
        )
        for place in places:
            filed = _return(form, place, period, shelf, own)
            if filed.tables:
                found.append((form, place, filed))
    return found


def _lines(folder: Path, sheet: str) -> dict[str, list[dict[str, str]]]:
    path = folder / f"{sheet}.csv"
    by_place: _Lines = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                by_place.setdefault(line["place"], []).append(line)
    return by_place


def _return(form: Form, place: Place, period: Period, shelf: Shelf, lines: _BySheet) -> Return:
    tables: dict[str, tuple[Row, ...]] = {}
    # A place without any line files nothing at all, which is something else than a return of
    # blanks.
    files = any(place.code in of_sheet for of_sheet in lines.values())
    for each in asked(form, place, period.reference_day, shelf.codes) if files else ():
        own = lines[each.sheet.sheet].get(place.code, [])
        if each.sheet.layout == "list":
            pattern = each.rows[0]
            rows = (_row(pattern, str(number), line) for number, line in enumerate(own, 1))
        else:
            by_row = {line["row"]: line for line in own}
            rows = (_row(row, row.code, by_row.get(row.code, {})) for row in each.rows)
        tables[each.sheet.sheet] = tuple(rows)
    return Return(
        form=form.form, version=form.version, period=period.code, place=place.code, tables=tables
    )


def _row(asked_row: AskedRow, code: str, line: dict[str, str]) -> Row:
    return Row(code, dict(_cells(asked_row.fields, line)))


def _cells(fields: Iterable[Field], line: dict[str, str]) -> Iterable[tuple[str, Cell]]:
    for field in fields:
        text = (line.get(field.field) or "").strip()
        yield field.field, Cell(_value(field, text), written=text)


def _value(field: Field, text: str) -> Value:
    # A blank is not zero, here as in a workbook.
    if not text:
        return Missing.NOT_ANSWERED
    for kind in (Missing.NOT_APPLICABLE, Missing.WITHHELD):
        if text == kind.value:
            return kind
    if not field.is_number:
        return text
    # Never through a float: 0.1 ㎡ has to come to whole steps of the unit.
    steps = Decimal(text) * field.measured_in.step
    if steps != int(steps):
        message = f"{field.field}: {text} is finer than the unit {field.unit}"
        raise ValueError(message)
    return int(steps)
