"""Last year's numbers, handed in once more: where pupils stay in their grades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import CheckPlan
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

CODE: Final = "R-UNCHANGED"
_SMALL: Final = 10
"""Numbers below this are the same again in many small schools."""
_LEAST: Final = 4
"""So many grades, and so many different numbers, have to be the same: fewer may be chance."""
_MOST_UNLIKE: Final = 10
"""One number in so many may have been changed since."""


def moves_up(shelf: Shelf, sheet: Sheet) -> bool:
    """Whether a sheet counts pupils by grades: they all are in another one a year later.

    Of all else, buildings for one, it is no wonder if nothing has changed.
    """
    codes = shelf.codes.get(sheet.rows)
    return codes is not None and any(entry.next for entry in codes.entries)


def ask_about_unchanged(
    complaints: Complaints, shelf: Shelf, plan: CheckPlan, returned: Return, last: Return
) -> None:
    """Ask about each sheet of grades that says the same as a year ago; at its first such cell."""
    for name, sheet in plan.sheets.items():
        rows = returned.tables.get(name, ())
        if not rows or not moves_up(shelf, sheet.sheet):
            continue
        same = repeated(rows, last.tables.get(name, ()))
        if same is None:
            continue
        _, field, cell = same.cells[0]
        complaints.add(
            CODE,
            Severity.EXPLAIN,
            sheet,
            say(
                "“{sheet}”与{term}报的几乎一样：可比的 {n} 个数里有 {same} 个一模一样",
                sheet=sheet.sheet.term,
                term=Period.parse(last.period).term,
                n=same.compared,
                same=len(same.cells),
            ),
            say("本期的数；学生每年升一级，各年级的人数不会全都照旧"),
            say("像是把上年的表又报了一次，请按本期改填；确实一样的，请说明"),
            cell=cell.address,
            asked=sheet.sheet.field(field),
        )


class Repeated(Record):
    """The numbers of a sheet that are the very same as before."""

    cells: tuple[tuple[int, str, Cell], ...]
    """Each with the place of its row in the sheet, and its field."""
    compared: int
    """How many numbers could be compared."""


def repeated(
    rows: Sequence[Row],
    before: Iterable[Row],
    is_compared: Callable[[str], bool] = lambda _: True,
) -> Repeated | None:
    """Find the numbers that are the very same as before; None where it may be chance.

    ``is_compared`` says of a field whether its numbers are compared.
    """
    then = {row.code: row for row in before}
    found: list[tuple[int, str, Cell]] = []
    compared = 0
    for number, row in enumerate(rows):
        old = then.get(row.code)
        for name, cell in row.cells.items() if old is not None else ():
            was = old.cells.get(name) if old is not None else None
            if was is None or not isinstance(was.value, int) or was.value < _SMALL:
                continue
            if not is_compared(name):
                continue
            compared += 1
            if cell.value == was.value:
                found.append((number, name, cell))
    values = {cell.value for _, _, cell in found}
    grades = {number for number, _, _ in found}
    if min(len(values), len(grades)) < _LEAST or (compared - len(found)) * _MOST_UNLIKE > compared:
        return None
    return Repeated(tuple(found), compared)
