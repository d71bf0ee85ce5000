"""Amounts in another unit than the form asks: 万元 for 元, 亩 for 平方米, 千人 for 人."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.ground import AMOUNTS, Ground, Position, Supposition
from xianxue.bureau.returns.checking.causes.places import of_field
from xianxue.bureau.returns.contents.strict import number_of
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.values.sentence import joined, say

CODE: Final = "R-OTHER-UNIT"
_UNITS: Final[Mapping[str, Sequence[tuple[str, Fraction]]]] = {
    "money": (
        (say("万元"), Fraction(10_000)),
        (say("千元"), Fraction(1_000)),
        (say("亿元"), Fraction(100_000_000)),
    ),
    "area": (
        (say("亩"), Fraction(2_000, 3)),
        (say("万平方米（公顷）"), Fraction(10_000)),
    ),
    "people": (
        (say("千人"), Fraction(1_000)),
        (say("万人"), Fraction(10_000)),
    ),
    "books": (
        (say("千册"), Fraction(1_000)),
        (say("万册"), Fraction(10_000)),
    ),
}
"""By dimension: the units that people write, each as so many of the unit that is asked."""


def scaled(ground: Ground) -> Iterator[Supposition]:
    """Suppose that amounts complained of, or all of their kind, are in another unit."""
    named = ground.suspects
    for dimension, units in _UNITS.items():
        asked = [
            (sheet.sheet.sheet, each)
            for sheet, _ in ground.sheets()
            for each in sheet.sheet.fields
            if each.type in AMOUNTS and each.measured_in.dimension == dimension
        ]
        doubted = [(sheet, each) for sheet, each in asked if each.field in named[sheet]]
        if not doubted:
            continue
        choices: list[list[tuple[str, Field]]] = [asked]
        choices += [
            [pair for pair in asked if pair[0] == sheet]
            for sheet in dict.fromkeys(sheet for sheet, _ in doubted)
        ]
        choices += [[pair] for pair in doubted]
        seen: set[frozenset[tuple[str, str]]] = set()
        for choice in choices:
            key = frozenset((sheet, each.field) for sheet, each in choice)
            if key in seen:
                continue
            seen.add(key)
            for term, times in units:
                found = _in_unit(ground, choice, term, times)
                if found is not None:
                    yield found


def _in_unit(
    ground: Ground, choice: Sequence[tuple[str, Field]], term: str, times: Fraction
) -> Supposition | None:
    tables: dict[str, tuple[Row, ...]] = {}
    touched: set[Position] = set()
    for sheet, asked in choice:
        rows = list(tables.get(sheet, ground.returned.tables[sheet]))
        for number, row in enumerate(rows):
            cell = row.cells.get(asked.field)
            then = _times(cell, asked, times) if cell is not None else None
            if then is not None:
                rows[number] = Row(row.code, row.cells | {asked.field: then})
                touched.add((sheet, number, asked.field))
        tables[sheet] = tuple(rows)
    if not touched:
        return None
    sheet, number, name = min(touched)
    amounts = {ground.returned.tables[s][n].cells[f].written for s, n, f in touched}
    return Supposition(
        CODE,
        f"{CODE}:{'+'.join(f'{sheet}.{asked.field}' for sheet, asked in choice)}:{times}",
        tables,
        frozenset(touched),
        lambda units: _words(ground, choice, units),
        at=sheet,
        cell=ground.returned.tables[sheet][number].cells[name].address,
        values=len(amounts),
        variant=term,
        least=1,
    )


def _words(
    ground: Ground, choice: Sequence[tuple[str, Field]], units: Sequence[str]
) -> tuple[str, str]:
    own = choice[0][1].measured_in.term
    names = joined(
        "、",
        (
            of_field(ground.plan.sheets[sheet], ground.returned.tables[sheet], asked)
            for sheet, asked in choice
        ),
    )
    unit = joined("或", units)
    saw = say("{names}像是按{unit}填的，表上要求填{own}", names=names, unit=unit, own=own)
    return saw, say("请换算成{own}再填", own=own)


def _times(cell: Cell, asked: Field, times: Fraction) -> Cell | None:
    """Give a cell's amount so many times larger; None where it is no number, or zero."""
    decimals = decimals_of(asked)
    if isinstance(cell.value, int):
        amount = Fraction(cell.value, 10**decimals)
    else:
        # 1.588 thousand people are no whole number of people as they stand.
        number = number_of(cell.written) if cell.written else None
        if number is None:
            return None
        amount = Fraction(number)
    if not amount:
        return None
    # Rounded: what was divided by a clerk does not come out even.
    return Cell(round(amount * times * 10**decimals), cell.address, "")
