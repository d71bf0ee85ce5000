"""What was typed, cell by cell, as the workbook it would have been.

There is one way from cells to a return: through a workbook of the template. So what is typed into
a page is read and checked by the very code that reads and checks what was typed into a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from xianxue.bureau.kinds.asked import AskedSheet, asked
from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.contents.strict import read_text
from xianxue.bureau.returns.sheets.layout import NO, YES
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.returns.template.prefill import NOTHING, Prefill
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

Cells = Mapping[str, str]
"""``sheet.row.field`` to what was typed; a row is a code, a line of a list, or nothing."""

FOOT: Final = "foot"
"""Stands where a sheet would: who filled it in, and when."""
LONGEST: Final = 2000
"""Characters that are kept of one cell: more than any field takes, so that its fault is shown."""
MOST_LINES: Final = 2000
"""Lines of a list that are kept."""
# What a spreadsheet makes a number of as it is typed, and shows again as it was typed.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,4}[1-9])?")
_NUMBERS: Final = frozenset({"integer", "measure"})
_MOST_DIGITS: Final = 15


class Blank(Record):
    """The workbook that a place gets for a period, before anybody has filled it in."""

    form: Form
    place: Place
    period: Period
    shelf: Shelf
    prefill: Prefill = NOTHING
    county: str = ""

    @property
    def asked(self) -> tuple[AskedSheet, ...]:
        """The sheets that are asked of the place, with their rows and fields."""
        return asked(self.form, self.place, self.period.reference_day, self.shelf.codes)

    def workbook(self, cells: Cells | None = None) -> bytes:
        """Write the workbook; with ``cells``, as if they had been typed into it."""
        return write_workbook(
            self.form,
            self.place,
            self.period,
            self.shelf.codes,
            None if cells is None else self._typed(cells),
            prefill=self.prefill,
            shelf=self.shelf,
            county=self.county,
        )

    def _typed(self, cells: Cells) -> Return:
        foot = {item.item: cells.get(name_of(FOOT, "", item.item), "") for item in self.form.foot}
        return Return(
            form=self.form.form,
            version=self.form.version,
            period=self.period.code,
            place=self.place.code,
            tables={one.sheet.sheet: tuple(_rows(one, cells)) for one in self.asked},
            foot={item: said for item, said in foot.items() if said},
        )


def name_of(sheet: str, row: str, field: str) -> str:
    """Name a cell of a return as drafts do."""
    return f"{sheet}.{row}.{field}"


def parts_of(name: str) -> tuple[str, str, str]:
    """Take a cell's name apart: sheet, row, field; ValueError for what is none."""
    sheet, row, field = name.split(".")
    return sheet, row, field


def known_names(blank: Blank, cells: Cells) -> set[str]:
    """Give the names of all cells that may be typed into, lines of lists as far as they go."""
    found = {name_of(FOOT, "", item.item) for item in blank.form.foot}
    for one in blank.asked:
        for code, fields in _lines(one, cells):
            found |= {name_of(one.sheet.sheet, code, field.field) for field in fields}
    return found


def typed_of(filed: Return, form: Form) -> dict[str, str]:
    """Give the cells of a return as somebody would have typed them; blank ones are left out."""
    found: dict[str, str] = {}
    for sheet, rows in filed.tables.items():
        declared = form.sheet(sheet)
        for row in rows:
            for field, cell in row.cells.items():
                asked_field = declared.field(field) if declared is not None else None
                text = _text(cell, asked_field)
                if text:
                    found[name_of(sheet, row.code, field)] = text
    for item, said in filed.foot.items():
        found[name_of(FOOT, "", item)] = said
    return found


def lines_of(sheet: str, cells: Cells) -> int:
    """Count the lines of a list that hold anything, those between them included."""
    begins = f"{sheet}."
    lines = (parts_of(name)[1] for name, text in cells.items() if text and name.startswith(begins))
    return max((int(line) for line in lines if line.isdecimal()), default=0)


def _lines(one: AskedSheet, cells: Cells) -> list[tuple[str, tuple[Field, ...]]]:
    if one.sheet.layout != "list":
        return [(row.code, row.fields) for row in one.rows]
    fields = one.rows[0].fields
    last = min(lines_of(one.sheet.sheet, cells), MOST_LINES)
    return [(str(line), fields) for line in range(1, last + 1)]


def _rows(one: AskedSheet, cells: Cells) -> list[Row]:
    sheet = one.sheet.sheet
    return [
        Row(
            code,
            {
                field.field: _cell(text, field)
                for field in fields
                if (text := cells.get(name_of(sheet, code, field.field), "")[:LONGEST])
            },
        )
        for code, fields in _lines(one, cells)
    ]


def _cell(text: str, field: Field) -> Cell:
    """Give a cell as a spreadsheet keeps it: a number where one was typed plainly, else the text.

    What the text means is for the reader to say.
    """
    plain = field.type in _NUMBERS and _NUMBER.fullmatch(text) is not None
    if plain and len(text.strip("-").replace(".", "")) <= _MOST_DIGITS:
        value = read_text(text, field, {})
        if isinstance(value, int):
            return Cell(value, "", text)
    return Cell(Missing.NOT_ANSWERED, "", text)


def _text(cell: Cell, field: Field | None) -> str:
    if cell.written:
        return cell.written
    value = cell.value
    if isinstance(value, Missing):
        return "" if value is Missing.NOT_ANSWERED else value.value
    if isinstance(value, str) or field is None:
        return str(value)
    if field.type == "yes_no":
        return YES if value else NO
    return shown_amount(value, decimals_of(field))
