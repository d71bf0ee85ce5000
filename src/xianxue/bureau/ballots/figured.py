"""What a closed ballot gives to figures: the county's row, and the counters each number ends in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from xianxue.bureau.ballots.counting import Cells
from xianxue.bureau.ballots.hiding import Hidden, Key, Scope, hidden
from xianxue.bureau.ballots.hiding_places import FAVOURABLE, OTHERS
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.results import sheet_of, votes_of
from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.tables import Counted, counted_of
from xianxue.bureau.records.trace import TallyRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS


class Told(Record):
    """One counter that a number is made of."""

    question: str
    row: str
    option: str
    """An answer, or the sum of several of which one is shown to nobody."""
    many: int


class County(Record, kw_only=True):
    """The county's row of a ballot's table."""

    values: Mapping[str, int | Missing]
    """Field to number, in whole steps of its unit; withheld where it is shown to nobody."""
    counters: Mapping[str, tuple[Told, ...]]
    """Field to the counters that it ends in."""


def county_of(opened: Opened, cells: Cells, unseen: Hidden | None = None) -> County:
    """Give the county's row of a closed ballot."""
    lost = hidden(opened, cells) if unseen is None else unseen
    values: dict[str, int | Missing] = {"valid": sheet_of(cells).valid}
    counters: dict[str, tuple[Told, ...]] = {}
    for one in counted_of(opened.card):
        column = Column(one.question.question, row=one.row)
        if column in opened.columns:
            for field, (value, told) in _fields(opened, cells, one, lost):
                values[field] = value
                counters[field] = told
    return County(values=values, counters=counters)


def _fields(
    opened: Opened, cells: Cells, one: Counted, unseen: Hidden
) -> Iterator[tuple[str, tuple[int | Missing, tuple[Told, ...]]]]:
    column = Column(one.question.question, row=one.row)
    votes = votes_of(opened, cells, column)
    levels = {level: votes[level] for level in one.question.levels}
    good = {each.option for each in one.question.options if each.favourable}
    untold = (column, Scope()) in unseen.untold
    sums = {
        FAVOURABLE: {level: many for level, many in levels.items() if level in good},
        OTHERS: {level: many for level, many in levels.items() if level not in good},
    }
    lost = untold or any(Key(column, name, Scope()) in unseen.keys for name in sums)
    single = any(Key(column, level, Scope()) in unseen.keys for level in levels)
    told: dict[str, tuple[Told, ...]] = {}
    for name, some in sums.items():
        # Of a sum that is shown, an answer that is not stands in no trace either.
        if any(Key(column, level, Scope()) in unseen.keys for level in some):
            some = {name: sum(some.values())}  # noqa: PLW2901 - told together
        told[name] = tuple(
            Told(column.question, column.row, level, many) for level, many in some.items()
        )
    both = told[FAVOURABLE] + told[OTHERS]
    nothing: tuple[int | Missing, tuple[Told, ...]] = (Missing.WITHHELD, ())
    yield f"{one.name}_judged", nothing if lost else (sum(levels.values()), both)
    good_ones = sum(sums[FAVOURABLE].values())
    yield f"{one.name}_favourable", nothing if lost else (good_ones, told[FAVOURABLE])
    points = _points(one, levels)
    if points is not None:
        yield f"{one.name}_points", nothing if lost or single else (points, both)


def tallies_of(card: Ballot, county: County, place: str, field: str) -> Iterator[TallyRef]:
    """Go through the counters a number ends in; none where it is shown to nobody."""
    one = next((one for one in counted_of(card) if field.startswith(f"{one.name}_")), None)
    if field == "valid":
        yield TallyRef(place=place, ballot=card.term, question=say("全部问卷"),
                       term=say("有效份数"), value=str(county.values[field]))  # fmt: skip
    for told in county.counters.get(field, ()) if one is not None else ():
        option = one.question.option(told.option) if one is not None else None
        yield TallyRef(
            place=place,
            ballot=card.term,
            question=one.term if one is not None else told.question,
            term=option.term if option is not None else _SUMS.get(told.option, told.option),
            value=str(told.many),
        )


_SUMS: Final = {FAVOURABLE: say("满意的几档合计"), OTHERS: say("其余几档合计")}


def _points(one: Counted, levels: Mapping[str, int]) -> int | None:
    """Add up points in whole steps of their unit; None where the card gives none."""
    total = Decimal(0)
    for level, many in levels.items():
        option = one.question.option(level)
        if option is None or option.points is None:
            return None
        total += many * option.points
    return int(total.scaleb(UNITS["point"].decimals))
