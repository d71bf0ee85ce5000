"""What rates against a roster stand on: the figure of an indicator, exact, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from xianxue.bureau.kinds.ledgers.count import Rate
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS

FiguresOf = Callable[[str, Period], Iterable[Figure]]
"""Gives the figures of an indicator in a period of its own kind."""


class Base(Record, kw_only=True):
    """What stands below the line of a rate: a figure, or why there is none."""

    indicator: str
    term: Sentence | str
    """What the figure is called, with its stage."""
    period: str
    """The code of the period it is of."""
    figure: Figure | None = None
    why: Sentence | str = ""
    """Why nothing can be said; empty where it can."""

    @property
    def value(self) -> Fraction | None:
        """The figure itself, in whole units; None where it is missing, which is not nothing."""
        found = self.figure.value if self.figure is not None else None
        return Fraction(found) if isinstance(found, int | Fraction) else None


def bases_of(
    card: Ledger, shelf: Shelf, period: Period, place: str, figures: FiguresOf
) -> dict[str, Base]:
    """Give what each rate of a ledger stands on that has a roster below it, for one place.

    ``place``: the county, or the place whose own entries are counted; empty where what is counted
    is neither, and has no roster.
    """
    return {
        rate.rate: _base(rate, shelf, period, place, figures)
        for rate in card.rates
        if rate.base_indicator
    }


def share(rate: Rate, card: Ledger, above: int | None, base: Base) -> Fraction | None:
    """Give the quotient of a count, in smallest steps, and a figure; None where one is missing."""
    count, below = card.count(rate.of), base.value
    if above is None or not below or count is None:
        return None
    whole = UNITS[count.unit].in_whole_units(above) if count.sum else Fraction(above)
    return whole / below


def _base(rate: Rate, shelf: Shelf, period: Period, place: str, figures: FiguresOf) -> Base:
    indicator = shelf.indicator(rate.base_indicator)
    if indicator is None:
        why = say("没有指标“{name}”", name=rate.base_indicator)
        return Base(indicator=rate.base_indicator, term=rate.base_indicator, period="", why=why)
    try:
        needed = indicator.period.for_(period)
    except ValueError as error:
        return Base(
            indicator=indicator.indicator, term=indicator.term, period="", why=str(error.args[0])
        )
    found = next(
        (
            one
            for one in figures(indicator.indicator, needed)
            if one.place == place and one.stage is rate.base_stage
            if one.slice is None and not one.as_of
        ),
        None,
    )
    term = found.named(indicator.term) if found is not None else indicator.term
    return Base(
        indicator=indicator.indicator,
        term=term,
        period=needed.code,
        figure=found,
        why=_why(found, term, needed, place),
    )


def _why(found: Figure | None, term: str, period: Period, place: str) -> Sentence | str:
    if not place:
        return say("所看的范围没有自己的“{term}”", term=term)
    if found is None:
        return say("{period}没有这个单位的“{term}”", period=period.term, term=term)
    if found.value is None:
        if found.why:
            return say(
                "{period}的“{term}”未定：{why}", period=period.term, term=term, why=found.why
            )
        return say("{period}的“{term}”未定，报表还没有收齐", period=period.term, term=term)
    return "" if found.value else say("{period}的“{term}”是 0", period=period.term, term=term)
