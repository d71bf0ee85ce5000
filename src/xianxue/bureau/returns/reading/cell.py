"""One cell of a sheet: read where it is asked, remarked on where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.contents.strict import read_value, written
from xianxue.bureau.returns.reading.schema import Column, Line, Plan, Spot
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import TOTAL, Laid, is_shown_only, stands_in
from xianxue.bureau.returns.sheets.totals import has_totals
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

_EXACT = 10**15
"""Below this every whole number is one that a spreadsheet keeps exactly."""


_MOST_SEEN: Final = 2048
"""Cells remembered of one column: a list of a hundred rows with some twenty contents."""
_MOST_LINES: Final = 512
"""Lines remembered of one sheet."""


_FREQUENT: Final = frozenset({float, str})
"""What nearly all cells hold; a blank one holds the empty text."""


class Stray(Record):
    """Something written where nothing is asked."""

    code: str
    cell: str
    saw: str
    do: str
    severity: Severity = Severity.NOTE
    required: str = ""
    field: str = ""
    """``sheet.field``, where a field's own cell is meant."""


def unasked(label: str, column: Column, raw: Raw, at: str) -> Stray:
    """Remark on a cell of the table that this row is not asked for."""
    saw = say(
        "{label}·{term}填了“{written}”", label=label, term=column.field.term, written=written(raw)
    )
    return Stray("R-CELL-EXTRA", at, saw, say("这一格不要求填，没有采用；请核对是否填错了行"))


def is_shown(text: Raw, laid: Laid, *, head: bool) -> bool:
    """Whether a header (or a label) belongs to what a sheet shows and nobody reads.

    A grid's totals are a row of it; written downwards, a column.
    """
    if not isinstance(text, str) or not is_shown_only(text):
        return False
    return text != TOTAL or (laid.down == head and has_totals(laid))


def shown_only(texts: Iterable[Raw], laid: Laid, *, head: bool) -> bool:
    """Whether all of these headers or labels belong to what is shown and never read."""
    found = list(texts)
    return found.count(TOTAL) <= 1 and all(is_shown(text, laid, head=head) for text in found)


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing but spaces."""
    return isinstance(raw, str) and not raw.strip()


def read_cell(raw: Raw, column: Column, at: str) -> Cell:
    """Read a cell of a column, keeping its address and what was written."""
    # Most contents have stood in this very place before, in another school's workbook: cells never
    # change, so all of them may have the same one.
    kind = type(raw)
    if kind is not str and kind is not float:
        return _read_cell(raw, column, at)
    seen = column.seen
    cell = seen.get((raw, at))
    if cell is None:
        cell = _read_cell(raw, column, at)
        if len(seen) < _MOST_SEEN:
            seen[raw, at] = cell
    return cell


def line_of(plan: Plan, number: int, code: str, spots: Iterable[tuple[int, Column, str]]) -> Line:
    """Give the reading of a line, worked out once for all workbooks.

    ``spots`` are where its cells stand in it, how they are read, and their addresses; a plan's
    lines with one number must have the same code and spots each time.
    """
    line = plan.lines.get(number)
    if line is None:
        found: tuple[list[Spot], list[Spot]] = [], []
        for at, column, where in spots:
            asks = column.everywhere or stands_in(column.field, code)
            found[0 if asks else 1].append((at, column.name, column, where, {}))
        line = Line(tuple(found[0]), tuple(found[1]))
        if len(plan.lines) < _MOST_LINES:
            plan.lines[number] = line
    return line


def read_line(raws: Sequence[Raw], line: Line) -> dict[str, Cell]:
    """Read the cells of a line that are asked."""
    # Mostly all of them have stood there before: then there is nothing to do but to look them up.
    # True is equal to 1.0 and would be taken for it, so a line with anything else goes by cells.
    if _FREQUENT.issuperset(map(type, raws)):
        spots = zip(line.lookups, line.places, strict=True)
        seen = [cell for find, at in spots if (cell := find(raws[at])) is not None]
        if len(seen) == len(line.names):
            return dict(zip(line.names, seen, strict=True))
    cells: dict[str, Cell] = {}
    for at, name, column, where, known in line.asked:
        raw = raws[at]
        kind = type(raw)
        # True is equal to 1.0 and would be taken for it.
        cell = known.get(raw) if kind is float or kind is str else None
        if cell is None:
            cell = read_cell(raw, column, where)
            if (kind is float or kind is str) and len(column.seen) < _MOST_SEEN:
                known[raw] = cell
        cells[name] = cell
    return cells


def _read_cell(raw: Raw, column: Column, at: str) -> Cell:
    # The two most frequent contents first: whole numbers, and nothing.
    if isinstance(raw, float):
        if column.whole and raw.is_integer() and abs(raw) < _EXACT:
            amount = int(raw)
            return Cell(amount, at, str(amount))
        if column.step and abs(raw * column.step) < _EXACT:
            amount = round(raw * column.step)
            # The nearest double to a decimal of this length: so that decimal was written.
            if amount / column.step == raw:
                # A zero is a zero, whatever its sign.
                return Cell(amount, at, written(raw or 0.0))
    elif isinstance(raw, str) and not raw.strip():
        return Cell(Missing.NOT_ANSWERED, at)
    return Cell(read_value(raw, column.field, column.lookup), at, written(raw))
