"""One number that everything is wrong beside: its own complaint, or what several have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.ground import Ground, Position, Supposition
from xianxue.bureau.returns.checking.complaints import Complaints, cell_name
from xianxue.bureau.returns.checking.sums import Judge, holds_between
from xianxue.bureau.returns.sheets.naming import shown_value
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

CODE: Final = "R-ONE-CELL"
_SEVERAL: Final = 3
"""Two complaints with a number in common are two complaints; of three, it is the number."""
_OWN: Final = frozenset({"R-WORD", "R-RANGE", "R-LARGEST", "R-PLACE"})
"""Complaints about a cell by itself that leave something in it to be wrong beside others."""


class Suspect(Record):
    """A cell, and the complaint about it from which others follow; None where there is none."""

    at: Position
    own: Issue | None
    supposed: Supposition


def suspect(ground: Ground) -> Suspect | None:
    """Give the one cell that most complaints have in common, if there is one."""
    often: Counter[Position] = Counter(_involved(ground))
    located = _located(ground)
    own: dict[Position, Issue] = {}
    for issue in ground.open:
        at = located.get((issue.sheet, issue.cell))
        if at is None:
            continue
        if issue.code in _OWN and issue.severity is Severity.MUST_FIX:
            own.setdefault(at, issue)
            often[at] += 1
        elif issue.code not in _checks(ground):
            often[at] += 1
    # With a complaint of its own, one other is enough.
    ranked = sorted(
        ((many, at) for at, many in often.items() if many >= (2 if at in own else _SEVERAL)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    with_own = [pair for pair in ranked if pair[1] in own]
    if with_own:
        at = with_own[0][1]
        return Suspect(at, own[at], _without(ground, at))
    # Two numbers that all of it is about: nobody knows which.
    if not ranked or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return Suspect(ranked[0][1], None, _without(ground, ranked[0][1]))


def _checks(ground: Ground) -> set[str]:
    return {sums.check.check for sums in ground.plan.sums}


def _involved(ground: Ground) -> Iterator[Position]:
    """Give the cells of each comparison that fails, each as often as it takes part."""
    codes = {issue.code for issue in ground.open}
    judge = Judge(ground.plan, ground.attributes, Complaints(ground.returned))
    numbers = {
        id(row): number
        for rows in ground.returned.tables.values()
        for number, row in enumerate(rows)
    }
    for sums in ground.plan.sums:
        if sums.check.check not in codes:
            continue
        # What is too many beside its size is wrong itself, not the size.
        terms = sums.left if sums.sensible else (*sums.left, *sums.right)
        for key, groups in judge.compared(sums):
            sides = judge.sides(sums, key, groups)
            if sides is None or holds_between(*sides, sums.check.relation):
                continue
            for term in terms:
                for row in groups.get(term.sheet.sheet, ()):
                    name = term.field.field if term.field is not None else ""
                    if name not in row.cells:
                        continue
                    # «Not applicable» counts as nothing: that may be just what is wrong.
                    value = row.cells[name].value
                    if isinstance(value, int) or value is Missing.NOT_APPLICABLE:
                        yield term.sheet.sheet, numbers[id(row)], name


def _located(ground: Ground) -> dict[tuple[str, str], Position]:
    found: dict[tuple[str, str], Position] = {}
    for sheet, rows in ground.returned.tables.items():
        tab = ground.returned.tabs.get(sheet, ground.plan.sheets[sheet].tab)
        for number, row in enumerate(rows):
            for name, cell in row.cells.items():
                if cell.address:
                    found[tab, cell.address] = sheet, number, name
    return found


def _without(ground: Ground, at: Position) -> Supposition:
    sheet, number, name = at
    rows = list(ground.returned.tables[sheet])
    row = rows[number]
    cell = row.cells[name]
    rows[number] = Row(row.code, row.cells | {name: Cell(Missing.WITHHELD, cell.address)})
    return Supposition(
        CODE,
        f"{CODE}:{'.'.join(part for part in (sheet, row.code, name) if part)}",
        {sheet: tuple(rows)},
        frozenset({at}),
        lambda _: _words(ground, at),
        at=sheet,
        cell=cell.address,
        lost=frozenset({at}),
    )


def _words(ground: Ground, at: Position) -> tuple[str, str]:
    sheet, number, name = at
    plan = ground.plan.sheets[sheet]
    row = ground.returned.tables[sheet][number]
    asked = plan.sheet.field(name)
    cell = row.cells[name]
    called = cell_name(plan, row, asked) if asked is not None else name
    value = cell.written or (shown_value(cell.value, asked) if asked is not None else "")
    return (
        say("{name}填了“{value}”，与别的几个数都对不上", name=called, value=value),
        say("请先核对这一格"),
    )
