"""A county figured as it would be: what rests on supposed returns, over what stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from xianxue.bureau.cycle import Year
from xianxue.bureau.indicators.again import Again, figures_again, resting_on
from xianxue.bureau.indicators.derived.deriving import derive
from xianxue.bureau.indicators.facts import place_facts
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.occasion import Earlier
from xianxue.bureau.records.returned import Return
from xianxue.bureau.targets.table import TABLE
from xianxue.bureau.values.period_rules import years_before
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.supposed import SupposedRiver, same_sheet, supposing


class Supposed(Record):
    """A county as it would be: what was made again, over what stands."""

    again: dict[str, list[Figure]]
    """The figures that were made again, by indicator: complete for each."""
    year: Year
    river: SupposedRiver | None = None
    """Over the supposed returns; None for a period whose own returns stay."""


def suppose(counted: Counted, *returns: Return) -> Supposed:
    """Figure a county as it would be with some returns accepted."""
    river = supposing(counted.river, counted.base, *returns)
    tables, places = _touched(counted, river, returns)
    joined = river.joined
    again = figures_again(
        Again(
            joined.shelf,
            joined.register,
            joined.period,
            joined.tables,
            counted.river.joined.expected,
            counted.elsewhere,
            counted.asking,
        ),
        counted.by_indicator,
        tables,
        places,
    )
    known = _with(counted, again)
    facts = _facts(counted, river, places)
    year = replace(
        river.year, shelf=joined.shelf, register=joined.register, figures=known, facts=facts
    )
    return Supposed(again, year, river)


def suppose_later(counted: Counted, earlier: Period, supposed: Supposed) -> Supposed:
    """Figure a period as it would be if another one, on which it rests, were supposed.

    Growth on it, and what is figured for periods of its kind, are made again.
    """
    shelf, period = counted.shelf, counted.period

    def elsewhere(other: Period, indicators: Collection[str]) -> Mapping[str, Figure] | None:
        return supposed.year.figures if other == earlier else counted.elsewhere(other, indicators)

    own = [card for card in shelf.indicators.values() if card.period.kind == period.kind]
    again: dict[str, list[Figure]] = {card.indicator: [] for card in own if card.derived}
    under = {
        one.key: one
        for card in own
        if not card.derived
        for one in counted.by_indicator.get(card.indicator, ())
    }
    found = derive(shelf, counted.register, period, under, elsewhere, list(again))
    for figure in found.values():
        again[figure.indicator].append(figure)
    for name, figures in counted.by_indicator.items():
        # What is figured for the other kind of period is taken from there.
        if figures[0].period == earlier.code:
            made = supposed.year.figures.values()
            again[name] = [one for one in made if one.indicator == name]
    stands = counted.river.year

    def before(years: int) -> Earlier | None:
        if years_before(period, years) == earlier:
            return supposed.year.figure
        return stands.occasion.earlier(years)

    year = replace(
        stands,
        shelf=shelf,
        register=counted.register,
        figures=_with(counted, again),
        occasion=replace(stands.occasion, earlier=before),
    )
    return Supposed(again, year)


def unlike(
    counted: Counted, again: Mapping[str, Sequence[Figure]]
) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """Give the figures that were made again and those they take the place of, by key.

    Most of an indicator's figures are the very same: they are passed over without a look.
    """
    old = {id(one): one for name in again for one in counted.by_indicator.get(name, ())}
    new = {id(one): one for figures in again.values() for one in figures}
    same = old.keys() & new.keys()
    return (
        {one.key: one for at, one in old.items() if at not in same},
        {one.key: one for at, one in new.items() if at not in same},
    )


def _with(counted: Counted, again: Mapping[str, Sequence[Figure]]) -> dict[str, Figure]:
    """Put figures that were made again among those that stand, in the order of the cards."""
    old, new = unlike(counted, again)
    if old.keys() == new.keys():
        return {**counted.figures, **new}
    # Some have come or gone: then each indicator's are put in their place as a whole.
    names = dict.fromkeys((*counted.by_indicator, *again))
    every = (again[name] if name in again else counted.by_indicator[name] for name in names)
    return {one.key: one for figures in every for one in figures}


def _touched(
    counted: Counted, river: SupposedRiver, returns: Sequence[Return]
) -> tuple[set[str], set[str]]:
    """Give the tables whose rows are others, and the places whose figures they can move."""
    stands, register = counted.base.returns, river.register
    day = river.period.reference_day
    tables: set[str] = set()
    places: set[str] = set()
    for one in returns:
        old = stands.get((one.form, one.place))
        sheets = {sheet.sheet for sheet in river.counted_by.shelf.forms[one.form].sheets}
        mine = {name for name in sheets if not same_sheet(old, one, name)}
        if mine and one.place in register:
            tables |= mine
            places |= _with_areas(register, one.place, day)
    for form, sheet in river.affected(tables):
        # Rows of others may say something else now, whoever hangs on what was answered.
        tables.add(sheet.sheet)
        for place in river.holdings.expected(form):
            places |= _with_areas(register, place.code, day)
    resting = set(resting_on(river.counted_by.shelf, river.period, tables))
    held = [one for one in river.counted_targets if one.indicator in resting]
    if held and TABLE in river.counted_by.shelf.declared:
        # Targets stand in a table of their own, beside the figures that they are held against.
        tables.add(TABLE)
        places |= {code for one in held for code in _with_areas(register, one.place, day)}
    return tables, places


def _with_areas(register: Register, code: str, day: date) -> set[str]:
    """Give a place with the areas it lies in."""
    place = register[code]
    above = register.township_of(place, day) if place.level == "school" else ""
    return {code, register.county.code, *([above] if above else [])}


def _facts(counted: Counted, river: SupposedRiver, places: set[str]) -> tuple[PlaceFacts, ...]:
    joined = counted.river.joined
    made = place_facts(
        joined.shelf,
        joined.register,
        joined.period,
        river.joined.tables,
        joined.expected,
        places,
    )
    by_place = {one.place: one for one in made}
    return tuple(by_place.get(one.place, one) for one in joined.facts)
