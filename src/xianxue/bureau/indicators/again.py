"""Figures of a period made again where some tables have changed, and the rest left as they were.

A school's return moves its own figures, those of the areas it lies in, and whatever is derived
from them: ranks, indexes, growth. All others are the same, and are given as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from xianxue.bureau.indicators.asking import Asking
from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.derived.deriving import derive, ordered
from xianxue.bureau.indicators.derived.setting import Elsewhere
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.resting import tables_under
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record


class Again(Record):
    """What figures are made again from."""

    shelf: Shelf
    register: Register
    period: Period
    tables: Tables
    """As they are now."""
    expected: Expected
    elsewhere: Elsewhere
    asking: Asking
    """Who is asked for what: no return changes it."""


def resting_on(shelf: Shelf, period: Period, tables: Collection[str]) -> list[str]:
    """Name the indicators of a period's kind that rest on any of some tables, in order."""
    changed = set(tables)
    return [
        name
        for name, card in shelf.indicators.items()
        if card.period.kind == period.kind and not changed.isdisjoint(tables_under(card, shelf))
    ]


def figures_again(
    again: Again,
    before: Mapping[str, Sequence[Figure]],
    tables: Collection[str],
    places: Collection[str],
) -> dict[str, list[Figure]]:
    """Give the figures of all indicators that rest on some tables, by indicator.

    ``before`` are the figures by indicator as they were, complete; what is not made again is taken
    from there. ``places`` are those whose rows have changed, with the areas they lie in: of what
    is counted only their figures are made again.
    """
    shelf, period = again.shelf, again.period
    names = resting_on(shelf, period, tables)
    counting = [name for name in names if not shelf.indicators[name].derived]
    made = _counted(again, before, counting, places)
    cards = [card for card in ordered(shelf, names, period) if card.indicator in set(names)]
    if not cards:
        return made
    known = {**before, **made}
    # Only what they are made of: of all the figures of a county most have no part in it.
    needed = dict.fromkeys(name for card in ordered(shelf, names, period) for name in _below(card))
    under = {
        figure.key: figure
        for name in needed
        if (card := shelf.indicator(name)) is not None and not card.derived
        for figure in known.get(card.indicator, ())
    }
    derived: dict[str, list[Figure]] = {card.indicator: [] for card in cards}
    found = derive(shelf, again.register, period, under, again.elsewhere, list(derived))
    for figure in found.values():
        if figure.indicator in derived:
            derived[figure.indicator].append(figure)
    return made | derived


def _below(card: Indicator) -> list[str]:
    return list(card.rests_on)


def _counted(
    again: Again,
    before: Mapping[str, Sequence[Figure]],
    counting: Collection[str],
    places: Collection[str],
) -> dict[str, list[Figure]]:
    """Count some indicators again, each with all its figures in their order."""
    if not counting:
        return {}
    shelf, register, period = again.shelf, again.register, again.period
    frames = figure_frames(shelf, again.tables, period.reference_day, counting)

    def counted(of: Collection[str], where: Collection[str] | None) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {name: [] for name in of}
        for figure in figures(
            frames, shelf, register, period, of, where, again.expected, again.asking
        ).values():
            found[figure.indicator].append(figure)
        return found

    made = counted(counting, places)
    whole: dict[str, list[Figure]] = {}
    shifted: list[str] = []
    for name, new in made.items():
        by_key = {figure.key: figure for figure in new}
        old = before.get(name, ())
        mine = {one.key: one for one in old if one.place in places}
        if mine.keys() == by_key.keys():
            whole[name] = [by_key[one.key] if one.place in places else one for one in old]
        else:
            # A school-stage has come to count, or has ceased to: then its place in the order is
            # to be found too.
            shifted.append(name)
    return whole | (counted(shifted, None) if shifted else {})
