"""What is added up over the rows of one table, and which rows take part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Final, Literal

from xianxue.bureau.indicators.columns import ATTRIBUTES, PLACES, ROW
from xianxue.bureau.kinds.card import Bound, Condition, DatedValue, Where
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Sliced
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.units import UNITS

Lines = Mapping[str, Sequence[DatedValue]]

_STAGE: Final = "stage"
BoundSide = Literal["at_least", "at_most", "more_than", "less_than"]
_SIDES: Final[tuple[BoundSide, ...]] = ("at_least", "at_most", "more_than", "less_than")


class OneOf(Record):
    """The column holds one of these."""

    column: str
    values: tuple[str, ...] | tuple[int, ...]


class Case(Record):
    """One limit in whole units, and where it holds; the first case that fits is taken."""

    stage: str
    """Empty for every stage."""
    when: tuple[OneOf, ...]
    limit: Fraction


class Side(Record):
    """The column stays on one side of a limit."""

    column: str
    side: BoundSide
    cases: tuple[Case, ...]
    step: int = 1
    """How many of the column's smallest steps make one whole unit."""


Test = OneOf | Side


class Measure(Record):
    """The sum of a field, or the number of rows, over the rows of a table that pass all tests.

    Two measures that are equal are the same column, however many cards ask for it.
    """

    sheet: str
    field: str
    """Empty where rows are counted."""
    tests: tuple[Test, ...] = ()


Terms = tuple[tuple[Measure, int], ...]
"""Measures, each with the whole multiple it is taken."""


@dataclass(frozen=True)
class Part:
    """A numerator or denominator.

    ``amount in whole units = Σ multiple · measure ÷ scale``.
    """

    terms: Terms
    scale: int

    @cached_property
    def by_sheet(self) -> dict[str, Terms]:
        """The terms of each sheet, sheets as they are first met."""
        found: dict[str, Terms] = {}
        for term in self.terms:
            found[term[0].sheet] = (*found.get(term[0].sheet, ()), term)
        return found


def part(terms: Iterable[str | Term], lines: Lines, on: date, shelf: Shelf) -> Part:
    """Read the terms of a card's sum, with the lines in force on a day.

    Raises KeyError for a sheet or field that is not on the shelf; the catalogue's door refuses
    such cards.
    """
    read = [Term(field=term) if isinstance(term, str) else term for term in terms]
    shares = [Fraction(term.times) / _step_of(term, shelf) for term in read]
    # The one scale on which all multiples and steps are whole: square metres are kept in
    # hundredths, people in ones, and 0.5 times either is half a step.
    scale = lcm(*(share.denominator for share in shares))
    return Part(
        tuple(
            (_measure(term, lines, on, shelf), int(share * scale))
            for term, share in zip(read, shares, strict=True)
        ),
        scale,
    )


def sliced(whole: Part, only: Sliced, shelf: Shelf) -> Part:
    """Keep of a part what belongs to a slice: each row has one test more to pass."""
    test = OneOf(only.column, only.values)

    def kept(measure: Measure) -> Measure:
        table = shelf.table(measure.sheet)
        implied = _implied(table, [test], shelf) if table is not None else ()
        return replace(measure, tests=(*measure.tests, test, *implied))

    return Part(tuple((kept(measure), times) for measure, times in whole.terms), whole.scale)


def tests(
    where: Where, fields: Mapping[str, TableField], lines: Lines, on: date
) -> tuple[Test, ...]:
    """Read conditions; ``fields`` are the columns that are not keys or attributes."""
    found: list[Test] = []
    for column, condition in where.items():
        found.extend(_tests(column, fields.get(column), condition, lines, on))
    return tuple(found)


def sides(column: str, bound: Bound, lines: Lines, on: date, step: int = 1) -> Iterator[Side]:
    """Read a bound as the sides of limits it keeps to, lines by the values in force on a day."""
    for side in _SIDES:
        limit = getattr(bound, side)
        if limit is not None:
            yield Side(column, side, _cases(limit, lines, on), step)


def named_lines(terms: Iterable[str | Term]) -> set[str]:
    """Give the names of the lines that the conditions of terms mention."""
    return {
        name
        for term in terms
        if isinstance(term, Term)
        for condition in term.where.values()
        for name in bound_lines(condition)
    }


def bound_lines(condition: Condition) -> set[str]:
    """Give the names of the lines that one condition mentions."""
    if not isinstance(condition, Bound):
        return set()
    limits = (getattr(condition, side) for side in _SIDES)
    return {limit for limit in limits if isinstance(limit, str)}


def table_and_field(reference: str, shelf: Shelf) -> tuple[str, TableField]:
    """Split a ``table.field`` reference; KeyError where the shelf does not have it."""
    found = shelf.field(reference)
    if found is None:
        raise KeyError(reference)
    return found[0].table, found[1]


def _step_of(term: Term, shelf: Shelf) -> int:
    return UNITS[table_and_field(term.field, shelf)[1].unit].step if term.field else 1


def _measure(term: Term, lines: Lines, on: date, shelf: Shelf) -> Measure:
    name, field = (term.count, "")
    if term.field:
        name, asked = table_and_field(term.field, shelf)
        field = asked.field
    # The register's own table: nobody fills it in, so it has neither fields nor rows to come.
    if name == PLACES:
        return Measure(name, field, tests(term.where, {}, lines, on))
    table = shelf.table(name)
    if table is None:
        raise KeyError(name)
    fields = {asked.field: asked for asked in table.fields}
    read = tests(term.where, fields, lines, on)
    return Measure(name, field, (*read, *_implied(table, read, shelf)))


def _implied(table: Table, read: Iterable[Test], shelf: Shelf) -> Iterator[OneOf]:
    """Say of which stage a row must be, where its class or grade is asked for.

    A row that has not come has a stage but no grade; so it is known which grades it cannot have.
    """
    for test in read:
        if isinstance(test, OneOf) and test.column == table.stage_by:
            entries = map(shelf.codes[table.codes_of(test.column)].entry, map(str, test.values))
            stages = (entry.stage for entry in entries if entry is not None)
            yield OneOf(_STAGE, tuple(dict.fromkeys(stage.value for stage in stages if stage)))


def _tests(
    column: str, field: TableField | None, condition: Condition, lines: Lines, on: date
) -> list[Test]:
    # What the register knows is read from the register, even where a form asks it too.
    known = column in ATTRIBUTES or column in {_STAGE, ROW}
    number = column == "boarding" or (field is not None and not known and field.is_number)
    if isinstance(condition, Bound):
        # A card says whole units, a table holds smallest steps: 96㎡ are 9600.
        step = UNITS[field.unit].step if field is not None else 1
        return list(sides(column, condition, lines, on, step))
    if isinstance(condition, bool):
        return [OneOf(column, (int(condition),))]
    values = (condition,) if isinstance(condition, str) else tuple(condition)
    if number:
        return [OneOf(column, tuple(int(value) for value in values))]
    return [OneOf(column, values)]


def _cases(limit: int | str, lines: Lines, on: date) -> tuple[Case, ...]:
    if isinstance(limit, int):
        return (Case("", (), Fraction(limit)),)
    cases: list[Case] = []
    for value in in_force(lines[limit], on):
        when = tests(value.when, {}, {}, on)
        # Else the line would hang on an answer that may be hidden, and nothing here could say so.
        known = tuple(one for one in when if isinstance(one, OneOf) and one.column in ATTRIBUTES)
        if known != when:
            message = f"线“{limit}”的特殊规定只能看学校的属性，不能看 {'、'.join(value.when)}"
            raise ValueError(message)
        stage = value.stage.value if value.stage is not None else ""
        cases.append(Case(stage, known, Fraction(value.value)))
    return tuple(cases)
