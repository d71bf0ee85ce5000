"""Derived figures: of every card that is made of others, after those it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from xianxue.bureau.indicators.derived.among import rank, top_share
from xianxue.bureau.indicators.derived.index import index
from xianxue.bureau.indicators.derived.making import Made, finish
from xianxue.bureau.indicators.derived.over_time import compare, cumulate
from xianxue.bureau.indicators.derived.setting import Elsewhere, Setting, by_key
from xianxue.bureau.kinds.indicator import Indicator, Kind
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period

_MAKERS: Final[dict[Kind, Callable[[Indicator, Figure, Setting], Made | None]]] = {
    "change": compare,
    "growth": compare,
    "average_growth": compare,
    "cumulative": cumulate,
    "rank": rank,
    "top_share": top_share,
    "index": index,
}


def derive(  # noqa: PLR0913, PLR0917 - the cards, whose and when, what is known, and which are asked for
    shelf: Shelf,
    register: Register,
    period: Period,
    figures: Mapping[str, Figure],
    elsewhere: Elsewhere,
    indicators: Collection[str] | None = None,
) -> dict[str, Figure]:
    """Make the derived figures of one period, by their keys; ``indicators`` None for all cards.

    ``figures`` are those that were counted. Figures follow the cards as they depend on each other,
    then those they are made of; what they rest on is made too.
    """
    cards = ordered(shelf, indicators, period)
    needed = frozenset(_elsewhere(cards))
    made: dict[str, Figure] = {}
    # One setting for all: what other periods hold is then asked for once.
    setting = Setting(shelf, register, period, by_key(figures.values()), elsewhere, needed)
    for card in cards:
        new = list(_of_card(card, setting))
        setting.add(new)
        made |= {figure.key: figure for figure in new}
    return made


def _of_card(card: Indicator, setting: Setting) -> Iterator[Figure]:
    # One figure for each that its first part has: where that is not figured there is nothing to
    # make.
    first = setting.shelf.indicator(card.rests_on[0])
    if first is None:
        return
    for of in setting.at_level(card, first.indicator):
        made = make(card, of, setting)
        if made is not None:
            yield finish(card, of, made)


def make(card: Indicator, of: Figure, setting: Setting) -> Made | None:
    """Make what a card comes to for the place and stage of one of its parts.

    None where a line it needs is not in force: then it does not exist on the day.
    """
    return _MAKERS[card.kind](card, of, setting)


def borrowed(
    shelf: Shelf, period: Period, elsewhere: Elsewhere, indicators: Collection[str] | None = None
) -> dict[str, Figure]:
    """Give the figures of indicators that are figured for another kind of period.

    Each card says by which rule its own period is found; where the rule gives none or several,
    the indicator says nothing of this period.
    """
    wanted: dict[Period, list[str]] = {}
    for name in shelf.indicators if indicators is None else indicators:
        card = shelf.indicator(name)
        if card is not None and card.period.kind != period.kind:
            with suppress(ValueError):
                wanted.setdefault(card.period.for_(period), []).append(card.indicator)
    found: dict[str, Figure] = {}
    for other, names in wanted.items():
        found |= elsewhere(other, names) or {}
    return found


def ordered(
    shelf: Shelf, indicators: Collection[str] | None, period: Period | None = None
) -> list[Indicator]:
    """Give the derived cards among some indicators, and below them, each after what it rests on.

    ``period``: only those that are figured for periods of its kind. KeyError for an unknown id.
    """
    found: dict[str, Indicator] = {}

    def add(name: str) -> None:
        card = shelf.indicator(name)
        if card is None:
            raise KeyError(name)
        if card.derived and card.indicator not in found:
            for below in card.rests_on:
                add(below)
            found[card.indicator] = card

    for name in shelf.indicators if indicators is None else indicators:
        add(name)
    return [card for card in found.values() if period is None or card.period.kind == period.kind]


def counted_for(shelf: Shelf, indicators: Collection[str] | None, period: Period) -> list[str]:
    """Give the indicators that the engine has to count, so that some, or all, can be made of them.

    Only those for periods of this kind; KeyError for an unknown id.
    """
    found: dict[str, None] = {}

    def add(name: str) -> None:
        card = shelf.indicator(name)
        if card is None:
            raise KeyError(name)
        if card.period.kind != period.kind:
            return
        if not card.derived:
            found[card.indicator] = None
        else:
            for below in card.rests_on:
                add(below)

    for name in shelf.indicators if indicators is None else indicators:
        add(name)
    return list(found)


def _elsewhere(cards: Iterable[Indicator]) -> Iterator[str]:
    """Give what is asked of other periods."""
    for card in cards:
        if card.compared is not None or card.cumulative_of is not None:
            yield from card.rests_on
