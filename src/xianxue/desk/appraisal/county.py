"""What the sources of one appraisal stand on: the county's figures, opened once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River


class County(Record, dict=True, kw_only=True):
    """One county as one appraisal looks at it."""

    workspace: Workspace
    ground: Ground
    asked: Which
    river: Callable[[Period], River]
    """Gives the river of a period; appraisals that are read together share it."""
    traced: str = ""
    """The one place whose traces are wanted; empty for nobody's: they take work."""

    @property
    def period(self) -> Period:
        """The period that is judged."""
        return self.asked.period

    def figures(self, indicator: str, period: Period) -> list[Figure]:
        """Give the figures of an indicator; all that the rubric asks for are counted at once."""
        key = (indicator, period.code)
        if key not in self._figures:
            names = {indicator, *self._indicators(period)}
            found = self.river(period).figures_for(names)
            for name in names:
                card = self.workspace.shelf.indicator(name)
                own = card.indicator if card is not None else name
                self._figures[name, period.code] = [
                    one for one in found.values() if one.indicator == own
                ]
        return self._figures[key]

    @own_property
    def _figures(self) -> dict[tuple[str, str], list[Figure]]:
        return {}

    def _indicators(self, period: Period) -> Collection[str]:
        """Name the indicators that leaves ask for in a period."""
        shelf = self.workspace.shelf
        found: set[str] = set()
        for gives in self.sources:
            card = shelf.indicator(gives.indicator) if gives.indicator else None
            if card is not None and card.period.for_(self.period).code == period.code:
                found.add(gives.indicator)
        return found

    @cached_property
    def sources(self) -> list[PointSource]:
        """Every source of the rubric, of vetoes too."""
        return list(sources_of(self.asked.rubric))


def sources_of(rubric: Rubric) -> Iterable[PointSource]:
    """Give every source of a rubric, those of vetoes too."""
    yield from (one.item.gives for one in leaves_of(rubric) if one.item.gives is not None)
    yield from (one.gives for one in rubric.vetoes if one.gives is not None)
