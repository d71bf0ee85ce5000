"""Two columns, or two rows, that stand in each other's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.checking.causes.ground import Ground, Position, Supposition
from xianxue.bureau.returns.checking.causes.places import of_field, of_row
from xianxue.bureau.returns.checking.plan import SheetPlan
from xianxue.bureau.values.sentence import say

CODE = "R-EXCHANGED"
_MOST_ROWS = 30
"""Of a grid with more rows each two are too many to be tried."""


def exchanged(ground: Ground) -> Iterator[Supposition]:
    """Suppose of each two columns of a sheet complained of, and of each two rows, an exchange."""
    for sheet, rows in ground.sheets():
        named = ground.suspects[sheet.sheet.sheet]
        for one, other in combinations(sheet.sheet.fields, 2):
            # Neither is in doubt: then nothing would be gained.
            if one.field in named or other.field in named:
                found = _fields(ground, sheet, rows, one, other)
                if found is not None:
                    yield found
        if sheet.sheet.layout == "grid" and len(rows) <= _MOST_ROWS:
            for first, second in combinations(range(len(rows)), 2):
                found = _rows(sheet, rows, first, second)
                if found is not None:
                    yield found


def _fields(
    ground: Ground, sheet: SheetPlan, rows: Sequence[Row], one: Field, other: Field
) -> Supposition | None:
    name = sheet.sheet.sheet
    touched: set[Position] = set()
    then = list(rows)
    for number, row in enumerate(rows):
        a, b = row.cells.get(one.field), row.cells.get(other.field)
        if a is None or b is None or a.value == b.value:
            continue
        cells = dict(row.cells)
        cells[one.field] = ground.moved(b, other, one, a.address)
        cells[other.field] = ground.moved(a, one, other, b.address)
        then[number] = Row(row.code, cells)
        touched |= {(name, number, one.field), (name, number, other.field)}
    if not touched:
        return None
    return Supposition(
        CODE,
        f"{CODE}:{name}.{one.field}+{name}.{other.field}",
        {name: tuple(then)},
        frozenset(touched),
        words=lambda _: _words(of_field(sheet, rows, one), of_field(sheet, rows, other)),
        at=name,
        cell=_first(rows, one.field),
    )


def _rows(sheet: SheetPlan, rows: Sequence[Row], first: int, second: int) -> Supposition | None:
    name = sheet.sheet.sheet
    one, other = rows[first], rows[second]
    both = [
        each
        for each in one.cells
        if each in other.cells and one.cells[each].value != other.cells[each].value
    ]
    if not both:
        return None
    then = list(rows)
    then[first] = _with(one, other, both)
    then[second] = _with(other, one, both)
    return Supposition(
        CODE,
        f"{CODE}:{name}.{one.code}+{name}.{other.code}",
        {name: tuple(then)},
        frozenset((name, number, each) for number in (first, second) for each in both),
        words=lambda _: _words(of_row(sheet, one), of_row(sheet, other)),
        at=name,
        cell=one.cells[both[0]].address,
        rows=True,
    )


def _words(first: str, second: str) -> tuple[str, str]:
    return (
        say("{first}与{second}像是对调了", first=first, second=second),
        say("请把{first}与{second}的数对调过来", first=first, second=second),
    )


def _with(row: Row, other: Row, names: Sequence[str]) -> Row:
    cells = dict(row.cells)
    for name in names:
        old, new = row.cells[name], other.cells[name]
        cells[name] = type(new)(new.value, old.address, new.written, new.fault)
    return Row(row.code, cells)


def _first(rows: Sequence[Row], name: str) -> str:
    return next((row.cells[name].address for row in rows if name in row.cells), "")
