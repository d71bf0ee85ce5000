"""What derived figures are made of: the figures of their own period, and those of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from xianxue.bureau.kinds.derived import Break
from xianxue.bureau.kinds.indicator import Indicator, Level
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field

T = TypeVar("T")

Elsewhere = Callable[[Period, Collection[str]], Mapping[str, Figure] | None]
"""(Another period, ids of indicators) to their figures then; None where nothing is held of it."""

Key = tuple[str, str, Stage | None, Slice | None]
"""Indicator, place, stage, and what of it alone is meant."""


def nothing_elsewhere(period: Period, indicators: Collection[str]) -> None:
    """Have no other period: what needs one is undetermined, and says so."""
    del period, indicators


class Setting(Record, dict=True):
    """One period, with its finished figures and the way to other periods."""

    shelf: Shelf
    register: Register
    period: Period
    figures: dict[Key, Figure]
    """Those of this period; what has been derived already is among them."""
    elsewhere: Elsewhere
    needed: Collection[str]
    """All indicators that anything derived asks of another period: asked for together."""
    others: dict[str, Mapping[Key, Figure] | None] = field(
        default_factory=dict[str, Mapping[Key, Figure] | None]
    )
    """What other periods have been found to hold; None for nothing."""

    @property
    def on(self) -> date:
        """The day as of which places are what they are, and whose lines are in force."""
        return self.period.reference_day

    def at_level(self, card: Indicator, of: str, level: Level | None = None) -> Iterator[Figure]:
        """Go through the figures of an indicator that a card of its kind and level rests on."""
        levels = card.levels if level is None else [level]
        wanted = {"school" if each == "school_stage" else each for each in levels}
        for figure in self._by_indicator.get(of, ()):
            staged = figure.stage in card.stages if card.stages else figure.stage is None
            if staged and _meant(card, figure) and self.register[figure.place].level in wanted:
                yield figure

    def same_elsewhere(self, figure: Figure, period: Period) -> Figure | None:
        """Give the figure of the same indicator, place, stage and slice in another period."""
        held = self._held(period) or {}
        return held.get(key(figure))

    def beside(self, figure: Figure, indicator: str) -> Figure | None:
        """Give the figure of another indicator for the same place, stage and slice."""
        return self.figures.get((indicator, figure.place, figure.stage, figure.slice))

    def holds(self, period: Period) -> bool:
        """Whether anything is held of another period."""
        return self._held(period) is not None

    def _held(self, period: Period) -> Mapping[Key, Figure] | None:
        if period.code not in self.others:
            # All that anybody will ask, at once: each time is a whole period's counting.
            found = self.elsewhere(period, self.needed)
            self.others[period.code] = None if found is None else by_key(found.values())
        return self.others[period.code]

    def add(self, figures: Iterable[Figure]) -> None:
        """Add figures that have just been made, for those that are made of them."""
        for figure in figures:
            self.figures[key(figure)] = figure
            self._by_indicator.setdefault(figure.indicator, []).append(figure)

    def remember(self, name: str, made: Callable[[], T]) -> T:
        """Give what was made under a name before, or make it: groups are the same for all."""
        if name not in self._remembered:
            self._remembered[name] = made()
        return cast("T", self._remembered[name])

    @cached_property
    def _remembered(self) -> dict[str, object]:
        return {}

    @cached_property
    def _by_indicator(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures.values():
            found.setdefault(figure.indicator, []).append(figure)
        return found


def key(figure: Figure) -> Key:
    """Give what a figure is of, whatever its period."""
    return figure.indicator, figure.place, figure.stage, figure.slice


def by_key(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """Give figures of one period by what they are of."""
    return {key(one): one for one in figures}


def _meant(card: Indicator, figure: Figure) -> bool:
    """Whether a card is figured for the whole, or by the dimension, that a figure is of."""
    if figure.slice is None:
        return card.whole
    return figure.slice.dimension in card.slices


def breaks_of(card: Indicator, shelf: Shelf) -> list[Break]:
    """Give the breaks of an indicator and of all it rests on, by day, each once."""
    found = {(one.on, one.note): one for one in card.breaks}
    for name in card.rests_on:
        below = shelf.indicator(name)
        if below is not None:
            found |= {(one.on, one.note): one for one in breaks_of(below, shelf)}
    return [found[key] for key in sorted(found)]


def broken(card: Indicator, shelf: Shelf, earlier: Period, later: Period) -> Break | None:
    """Give the last break between two periods; None where both mean the same."""
    between = [
        one
        for one in breaks_of(card, shelf)
        # A break holds from its own day on: what is counted on it has the new meaning.
        if earlier.reference_day < one.on <= later.reference_day
    ]
    return between[-1] if between else None
