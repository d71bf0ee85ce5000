"""Last year's numbers, handed in once more: where pupils stay in their grades."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import CheckPlan
from xianxue.bureau.values.periods import Period
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
        same, compared = _same(rows, last.tables.get(name, ()))
        values = {cell.value for _, _, cell in same}
        grades = {row.code for row, _, _ in same}
        if min(len(values), len(grades)) < _LEAST:
            continue
        if (compared - len(same)) * _MOST_UNLIKE > compared:
            continue
        _, field, cell = same[0]
        complaints.add(
            CODE,
            Severity.EXPLAIN,
            sheet,
            say(
                "“{sheet}”与{term}报的几乎一样：可比的 {n} 个数里有 {same} 个一模一样",
                sheet=sheet.sheet.term,
                term=Period.parse(last.period).term,
                n=compared,
                same=len(same),
            ),
            say("本期的数；学生每年升一级，各年级的人数不会全都照旧"),
            say("像是把上年的表又报了一次，请按本期改填；确实一样的，请说明"),
            cell=cell.address,
            asked=sheet.sheet.field(field),
        )


def _same(
    rows: tuple[Row, ...], before: tuple[Row, ...]
) -> tuple[list[tuple[Row, str, Cell]], int]:
    """Give the numbers that are the very same as before, and how many could be compared."""
    then = {row.code: row for row in before}
    found: list[tuple[Row, str, Cell]] = []
    compared = 0
    for row in rows:
        old = then.get(row.code)
        for name, cell in row.cells.items() if old is not None else ():
            was = old.cells.get(name) if old is not None else None
            if was is None or not isinstance(was.value, int) or was.value < _SMALL:
                continue
            compared += 1
            if cell.value == was.value:
                found.append((row, name, cell))
    return found, compared
