"""A derived value before it is a figure: what it comes to, out of which figures, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from xianxue.bureau.indicators.figures import NOT_APPLICABLE, UNDETERMINED, write
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.records.figure import Coverage, Figure, Standing
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say


class Made(Record):
    """What a derived figure comes to."""

    value: Exact | None
    numerator: Fraction | None
    denominator: Fraction | None
    parts: tuple[Figure, ...]
    """The figures it is made of, the most important first."""
    why: str = ""
    """Why it has no value; empty for what does not apply."""
    shared: Shared | None = None
    """Where its parts are those of other places: what all who rest on them have in common."""


class Shared(Record):
    """Whose numbers are known among several places, and how the weakest of them came to be."""

    coverage: Coverage
    standing: Standing

    @classmethod
    def of(cls, parts: Sequence[Figure]) -> Shared:
        """Add up the coverages of places that lie beside each other."""
        return cls(_together(parts), _standing(parts))


def undetermined(why: str, parts: Sequence[Figure], *, shared: Shared | None = None) -> Made:
    """Make nothing, and say why."""
    return Made(None, None, None, tuple(parts), why, shared)


def told_of(figure: Figure, period: Period) -> str:
    """Say why a part has no value."""
    if figure.why:
        return figure.why
    if figure.coverage.missing:
        return say("{period}的数还没有报齐", period=period.term)
    return say("{period}没有可算的数", period=period.term)


def finish(card: Indicator, of: Figure, made: Made) -> Figure:
    """Make the figure of a card for the place, stage, slice and period of one of its parts."""
    if made.value is not None:
        shown = write(card, made.value)
    else:
        # A place without pupils has no growth: that is nothing to wait for.
        shown = UNDETERMINED if made.why else NOT_APPLICABLE
    shared = made.shared or Shared(first_gap(made.parts), _standing(made.parts))
    return Figure(
        indicator=card.indicator,
        place=of.place,
        stage=of.stage,
        period=of.period,
        value=made.value,
        unit=card.unit,
        shown=shown,
        numerator=made.numerator,
        denominator=made.denominator,
        coverage=shared.coverage,
        standing=shared.standing,
        why=made.why,
        slice=of.slice,
    )


def first_gap(parts: Sequence[Figure]) -> Coverage:
    """Give the coverage of the first part that lacks somebody, else of the first part.

    The parts are figures of the same place: those who report for one report for the others, and
    adding them up would count a school once for each period.
    """
    lacking = (part.coverage for part in parts if not part.coverage.full)
    return next(lacking, parts[0].coverage if parts else Coverage(0, 0))


def _together(parts: Iterable[Figure]) -> Coverage:
    coverages = [part.coverage for part in parts]
    missing = dict.fromkeys(code for one in coverages for code in one.missing)
    return Coverage(
        sum(one.reported for one in coverages),
        # Places beside each other share nobody, so that their numbers add up (``first_gap`` is for
        # the rest).
        sum(one.expected for one in coverages),
        tuple(sorted(missing)),
    )


def _standing(parts: Sequence[Figure]) -> Standing:
    """Give the weakest standing: what is supposed in a part is supposed in the whole."""
    found = {part.standing for part in parts}
    weakest_first = (Standing.SUPPOSED, Standing.ESTIMATED)
    return next((one for one in weakest_first if one in found), Standing.COUNTED)
