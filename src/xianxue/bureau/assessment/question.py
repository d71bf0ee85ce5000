"""A criterion as it is asked on a day, with everything its card leaves to other cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record


class Question(Record):
    """One criterion of a standard on a day."""

    standard: Standard
    criterion: Criterion
    indicator: Indicator
    """What the criterion names; for a choice, the option taken."""
    on: date
    shelf: Shelf
    shares: tuple[Fraction, ...] = ()
    """The shares of its threshold that joint verdicts look at as well."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages it can be judged in: those of the population that the indicator has."""
        named = self.standard.population
        allowed = self.shelf.populations[named].stages if named else list(Stage)
        figured = self.indicator.stages
        return tuple(stage for stage in allowed if not figured or stage in figured)

    def in_force(self, stage: Stage) -> bool:
        """Whether some value holds for a stage of an ordinary place."""
        return value_in_force(self.criterion.values, self.on, stage) is not None


def indicators_of(standard: Standard) -> list[str]:
    """Name the indicators and choices that a standard looks at, each once."""
    asked = (criterion.indicator for criterion in (*standard.criteria, *standard.spread))
    return list(dict.fromkeys(asked))


def questions(
    standard: Standard,
    criteria: Iterable[Criterion],
    combinations: Sequence[Combination],
    shelf: Shelf,
    on: date,
) -> list[Question]:
    """Ask criteria on a day; KeyError where one names an indicator that is not on the shelf."""
    asked: list[Question] = []
    for criterion in criteria:
        indicator = shelf.indicator(criterion.indicator)
        if indicator is None:
            raise KeyError(criterion.indicator)
        shares = dict.fromkeys(
            fraction(combination.others_reach)
            for combination in combinations
            if criterion.criterion in combination.of
        )
        asked.append(Question(standard, criterion, indicator, on, shelf, tuple(shares)))
    return asked
