"""Numbers that stand one column, or one row, beside their own place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.ground import AMOUNTS, Ground, Position, Supposition
from xianxue.bureau.returns.checking.causes.places import of_field, of_row
from xianxue.bureau.returns.checking.plan import SheetPlan
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import say

CODE: Final = "R-SHIFTED"
_UNKNOWN: Final = Cell(Missing.WITHHELD)
"""What was pushed out of the table: nobody knows it, so it is not judged."""
_LEAST: Final = 3
"""Of fewer cells two are exchanged, or one is wrong."""
_MOST_STARTS: Final = 6
"""A list of thousands of half blank lines has thousands of places where a slip might begin."""


def shifted(ground: Ground) -> Iterator[Supposition]:
    """Suppose of each sheet complained of that its numbers have slipped by one, either way."""
    for sheet, rows in ground.sheets():
        for one in _lines(sheet, rows):
            yield from _along(ground, sheet, rows, one)
        for stretch in _stretches(sheet):
            yield from _across(ground, sheet, rows, stretch)


# ── from column to column ───────────────────────────────────────────────────


def _stretches(sheet: SheetPlan) -> Iterator[Sequence[Field]]:
    """Give the fields that may have slipped together: from each to the last."""
    fields = sheet.sheet.fields
    for start in range(len(fields) - _LEAST + 1):
        yield fields[start:]


def _across(
    ground: Ground, sheet: SheetPlan, rows: Sequence[Row], fields: Sequence[Field]
) -> Iterator[Supposition]:
    for step in (1, -1):
        # Pushed by one to the right (1), the first place is blank or old, and the last is lost.
        order = fields if step == 1 else fields[::-1]
        yield from _moved(ground, sheet, rows, order, step)


def _moved(
    ground: Ground, sheet: SheetPlan, rows: Sequence[Row], order: Sequence[Field], step: int
) -> Iterator[Supposition]:
    name = sheet.sheet.sheet
    touched: set[Position] = set()
    lost: set[Position] = set()
    then = list(rows)
    for number, row in enumerate(rows):
        cells = dict(row.cells)
        for to, of in zip_longest(order, order[1:]):
            if to.field not in row.cells:
                continue
            at = (name, number, to.field)
            touched.add(at)
            own = row.cells[to.field].address
            source = row.cells.get(of.field) if of is not None else None
            # In from a column that this row is not asked for, or from beyond the table.
            if source is None or of is None:
                cells[to.field] = Cell(_UNKNOWN.value, own)
                lost.add(at)
            else:
                cells[to.field] = ground.moved(source, of, to, own)
        then[number] = Row(row.code, cells)
    if len(touched) - len(lost) < _LEAST - 1:
        return
    yield Supposition(
        CODE,
        f"{CODE}:{name}.{order[0].field}:{'+' if step > 0 else '-'}",
        {name: tuple(then)},
        frozenset(touched),
        lambda _: _words(
            of_field(sheet, rows, order[0]), of_field(sheet, rows, order[1]), forward=step > 0
        ),
        at=name,
        cell=_cell(rows, order[0].field),
        lost=frozenset(lost),
    )


def _words(first: str, second: str, *, forward: bool) -> tuple[str, str]:
    saw = (
        say(
            "从{first}起，各数像是往后错了一格：该填在{first}的填到了{second}",
            first=first,
            second=second,
        )
        if forward
        else say(
            "到{first}为止，各数像是往前错了一格：该填在{first}的填到了{second}",
            first=first,
            second=second,
        )
    )
    return saw, say("请把各数移回原位，再补上挤掉的数")


# ── from row to row ─────────────────────────────────────────────────────────


def _lines(sheet: SheetPlan, rows: Sequence[Row]) -> Iterator[Sequence[str]]:
    """Give the fields whose columns may have slipped: all together, or one of them alone."""
    if len(rows) < _LEAST:
        return
    numbers = [each.field for each in sheet.sheet.fields if each.type in AMOUNTS]
    if sheet.sheet.layout == "grid":
        yield numbers
    for each in numbers:
        yield [each]


def _along(
    ground: Ground, sheet: SheetPlan, rows: Sequence[Row], names: Sequence[str]
) -> Iterator[Supposition]:
    named = ground.suspects[sheet.sheet.sheet]
    if not named.intersection(names):
        return
    starts = {0} | {n for n, row in enumerate(rows) if _blank(row, names)}
    for start in sorted(starts)[:_MOST_STARTS]:
        yield from _slipped(sheet, rows, names, range(start, len(rows)), forward=True)
    ends = {len(rows)} | {n + 1 for n, row in enumerate(rows) if _blank(row, names)}
    for end in sorted(ends)[-_MOST_STARTS:]:
        yield from _slipped(sheet, rows, names, range(end - 1, -1, -1), forward=False)


def _blank(row: Row, names: Sequence[str]) -> bool:
    cells = [row.cells[name] for name in names if name in row.cells]
    return bool(cells) and all(
        cell.value is Missing.NOT_ANSWERED and not cell.written for cell in cells
    )


def _only(row: Row, names: Sequence[str]) -> bool:
    """Whether nothing else stands in a line."""
    return _blank(row, [name for name in row.cells if name not in names])


def _slipped(
    sheet: SheetPlan, rows: Sequence[Row], names: Sequence[str], order: range, *, forward: bool
) -> Iterator[Supposition]:
    if len(order) < _LEAST:
        return
    name = sheet.sheet.sheet
    then = list(rows)
    touched: set[Position] = set()
    lost: set[Position] = set()
    for each in names:
        here = [number for number in order if each in rows[number].cells]
        # A field asked in some rows only goes from one of them to the next in no table.
        if len(here) != len(order):
            continue
        for to, of in pairwise(here):
            _put(then, to, each, rows[of].cells[each])
            touched.add((name, to, each))
        if _only(rows[here[-1]], names) and sheet.sheet.layout == "list" and forward:
            # Pushed below the last line: without it there is no such line.
            then = then[: here[-1]]
            continue
        _put(then, here[-1], each, _UNKNOWN)
        touched.add((name, here[-1], each))
        lost.add((name, here[-1], each))
    if not touched:
        return
    alone = f".{names[0]}" if len(names) == 1 else ""
    yield Supposition(
        CODE,
        f"{CODE}:{name}{alone}:{rows[order[0]].code}:{'+' if forward else '-'}",
        {name: tuple(then)},
        frozenset(touched),
        lambda _: _row_words(sheet, rows, names, order, forward=forward),
        at=name,
        cell=next((c.address for n, c in rows[order[0]].cells.items() if n in names), ""),
        lost=frozenset(lost),
    )


def _row_words(
    sheet: SheetPlan, rows: Sequence[Row], names: Sequence[str], order: range, *, forward: bool
) -> tuple[str, str]:
    first, second = of_row(sheet, rows[order[0]]), of_row(sheet, rows[order[1]])
    saw, do = _words(first, second, forward=forward)
    asked = sheet.sheet.field(names[0])
    if len(names) > 1 or asked is None:
        return saw, do
    return say("{field}：{saw}", field=of_field(sheet, rows, asked), saw=saw), do


def _put(then: list[Row], number: int, name: str, cell: Cell) -> None:
    row = then[number]
    cells = dict(row.cells)
    cells[name] = Cell(cell.value, row.cells[name].address, cell.written, cell.fault)
    then[number] = Row(row.code, cells)


def _cell(rows: Sequence[Row], name: str) -> str:
    return next((row.cells[name].address for row in rows if name in row.cells), "")
