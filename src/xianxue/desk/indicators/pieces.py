"""Pieces of sheets: the cells that a number ends in, as they stand in the workbook.

Cells are found by the letters that somebody wrote them at. Beside them stands what tells what they
are: the item, the line's first cell, the head of the column. What is personal is named and not
shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.trace import CellRef
from xianxue.bureau.returns.sheets.layout import is_down, letters, split_address, tab_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

if TYPE_CHECKING:
    from xianxue.desk.returns.holdings import Holdings

PERSONAL: Final = say("个人信息")
"""What stands in the place of a value that says something of a person."""
AROUND: Final = 1
"""Lines shown before and behind the cells that are meant, so that one sees where one is."""


class Spot(Record):
    """One cell of a piece."""

    text: str | Sentence
    meant: bool = False
    """Whether the number ends in it."""
    number: bool = False
    hidden: bool = False


class Line(Record):
    """One row of a piece."""

    number: int
    """As the spreadsheet program counts."""
    label: str
    spots: tuple[Spot | None, ...]
    """One for each column; None where nothing is asked."""


class Piece(Record, kw_only=True):
    """A part of one sheet of one return."""

    place: str
    form: str
    revision: int
    file: str
    tab: str
    labels: str
    """The letter of the column in which the labels stand; empty where they stand in none."""
    columns: tuple[tuple[str, str], ...]
    """Letter and head of each column."""
    lines: tuple[Line, ...]
    cells: int
    """How many cells are meant."""
    total: str = ""
    """What they add up to, where they are whole numbers of one column."""


def pieces_of(
    traces: Iterable[CellRef],
    holdings: Holdings,
    forms: Mapping[str, Form],
    codes: Mapping[str, CodeList],
) -> list[Piece]:
    """Cut the pieces in which cells stand out of the returns they are read from.

    In the order in which the cells come. HarmedError where a kept return is not as it was sealed.
    """
    by_return: dict[tuple[str, str], dict[str, list[CellRef]]] = {}
    for one in traces:
        sheet = one.field.partition(".")[0]
        by_return.setdefault((one.form, one.place), {}).setdefault(sheet, []).append(one)
    kept = [one for one in holdings.kept if (one.form, one.place) in by_return]
    returns = {(one.form, one.place): one for one in holdings.cabinet.read_returns(kept)}
    found: list[Piece] = []
    for key, sheets in by_return.items():
        returned, form = returns.get(key), forms.get(key[0])
        for name, cells in sheets.items():
            sheet = form.sheet(name) if form is not None else None
            if returned is not None and sheet is not None:
                found.append(_piece(returned, sheet, cells, codes))
    return found


def _piece(
    returned: Return, sheet: Sheet, cells: Sequence[CellRef], codes: Mapping[str, CodeList]
) -> Piece:
    meant = {one.cell for one in cells}
    terms = {field.field: field.term for field in sheet.fields}
    personal = {field.field for field in sheet.fields if field.personal}
    down = is_down(sheet, codes)
    rows = {entry.code: entry.term for entry in row_entries(sheet, codes)} if sheet.rows else {}
    by_address: dict[tuple[int, int], tuple[Row, str, Cell]] = {}
    for row in returned.tables.get(sheet.sheet, ()):
        for field, cell in row.cells.items():
            if cell.address:
                by_address[split_address(cell.address)] = (row, field, cell)
    at = [split_address(address) for address in meant if split_address(address) in by_address]
    columns = sorted({column for _, column in at})
    if sheet.layout == "list":
        # The first column tells which line it is: the class, the room.
        columns = sorted({*columns, min((column for _, column in by_address), default=0)})
    numbers = sorted({number for number, _ in at})
    known = {number for number, _ in by_address}
    near = {line for one in numbers for line in range(one - AROUND, one + AROUND + 1)}
    numbers = sorted(near & known)
    lines: list[Line] = []
    for number in numbers:
        spots: list[Spot | None] = []
        label = ""
        for column in columns:
            here = by_address.get((number, column))
            if here is None:
                spots.append(None)
                continue
            row, field, cell = here
            label = str(terms.get(field, field)) if down else rows.get(row.code, "")
            spots.append(_spot(cell, meant, hidden=field in personal))
        lines.append(Line(number + 1, label, tuple(spots)))
    heads = tuple(
        (letters(column), _head(column, by_address, terms, rows, down=down)) for column in columns
    )
    return Piece(
        place=returned.place,
        form=returned.form,
        revision=cells[0].revision,
        file=cells[0].file,
        tab=returned.tabs.get(sheet.sheet, "") or tab_of(sheet),
        labels="" if sheet.layout == "list" or 0 in columns else letters(0),
        columns=heads,
        lines=tuple(lines),
        cells=len(meant),
        total=_total([one for one in cells if one.cell in meant], len(columns), sheet),
    )


def _spot(cell: Cell, meant: set[str], *, hidden: bool) -> Spot:
    if hidden:
        return Spot(PERSONAL, meant=cell.address in meant, hidden=True)
    text = cell.written or str(cell.value)
    return Spot(text, cell.address in meant, number=isinstance(cell.value, int))


def _head(
    column: int,
    by_address: Mapping[tuple[int, int], tuple[Row, str, Cell]],
    terms: Mapping[str, str],
    rows: Mapping[str, str],
    *,
    down: bool,
) -> str:
    for (_, at), (row, field, _) in by_address.items():
        if at == column:
            return rows.get(row.code, "") if down else str(terms.get(field, field))
    return ""


def _total(cells: Sequence[CellRef], columns: int, sheet: Sheet) -> str:
    """Add up the cells of a column of whole numbers; empty where that says nothing."""
    fields = {one.field for one in cells}
    if len(cells) < 2 or columns != 1 or len(fields) != 1 or sheet.layout != "grid":
        return ""
    if not all(one.value.isdecimal() for one in cells):
        return ""
    return str(sum(int(one.value) for one in cells))
