"""What is lacking: the smallest whole number that passes."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Shortfall
from xianxue.bureau.values.units import UNITS


def shortfall(criterion: Criterion, figure: Figure, threshold: Fraction) -> Shortfall | None:
    """Count what a place that fails is short of, or has too many of, in whole things.

    =========== =========== ===========================================================
    rule        adds_to     counted
    =========== =========== ===========================================================
    lower limit numerator   how many more there must be
    upper limit numerator   how many are too many (``surplus``)
    upper limit denominator how many more there must be to share the numerator
    =========== =========== ===========================================================

    Everything else stays as it is. So for a rate, teachers who get a certificate are counted, not
    new ones; and where a share is too high, those that change and remain (a class that becomes
    smaller), not those that are taken away from both sides.

    None where the card names nothing to count, or the figure has no parts (差异系数).
    """
    wanted = criterion.lacking
    if wanted is None or not isinstance(figure.value, Fraction):
        return None
    surplus = criterion.rule != "at_least" and wanted.adds_to == "numerator"
    if wanted.adds_to == "denominator":
        exact = _more_sharers(criterion, figure, figure.value, threshold)
    else:
        # Exactly, and made whole at the end: a gap rounded first may be one teacher short.
        exact = abs(threshold - figure.value) / _gain(figure)
    if exact is None:
        return None
    # A strict limit is passed only beyond the line itself.
    quantity = floor(exact) + 1 if criterion.rule == "less_than" else ceil(exact)
    return Shortfall(quantity, wanted.unit, wanted.noun, surplus)


def _gain(figure: Figure) -> Fraction:
    """How much the value grows when the place gets one whole unit more."""
    parts = Fraction(1) if figure.denominator is None else figure.denominator
    return figure.step * UNITS[figure.unit].per / parts


def _more_sharers(
    criterion: Criterion, figure: Figure, value: Fraction, threshold: Fraction
) -> Fraction | None:
    # Fewer sharers would be wanted for a lower limit, and no number of them brings a value to 0.
    if criterion.rule == "at_least" or figure.denominator is None or threshold <= 0:
        return None
    return figure.denominator * value / threshold - figure.denominator
