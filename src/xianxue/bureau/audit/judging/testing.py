"""Does a candidate hold? The one place where numbers are compared, with exact intervals."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from xianxue.bureau.audit.judging.candidate import Candidate, Range
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import Record

Fit = Literal["exact", "rounding", "wide", "loose", "fails"]
"""As printed; within rounding; within bounds so wide that they say little, by rounding or because a
number is told as 约 or 余; not at all."""
_WIDE: Final = Fraction(1, 5)
"""Bounds wider than a fifth of what is between them prove nothing: 1.2 from 1 is -4 to 55 %."""

_NARROW: Final = Fraction(1, 10)
"""Bounds as close as a tenth of what is between them hide nothing: 1.02 to 1.08 %."""
_COARSE: Final = 4
"""So much wider than what is stated, they hide an error: 8.4 ÷ 8 is 98 to 113 %, not 107 %."""


class Tested(Record):
    """What came of a candidate."""

    candidate: Candidate
    fit: Fit
    computed: Range

    @property
    def holds(self) -> bool:
        """Whether the stated number agrees."""
        return self.fit in ("exact", "rounding")


def test(one: Candidate) -> Tested | None:
    """Work a candidate out and compare; None where it cannot be worked out."""
    relation = RELATIONS[one.relation]
    computed = relation.arithmetic(one)
    if computed is None:
        return None
    stated = one.stated
    if relation.order:
        above, below = stated.low > computed.high, stated.high < computed.low
        fails = above if relation.order > 0 else below
        return Tested(one, "fails" if fails else "exact", computed)
    if stated.role == "delta" and relation.kind == "sum" and _is_near(stated, computed):
        return Tested(one, "wide", computed)
    about = any(term.about for term in one.terms)
    return Tested(one, _fit(stated, computed, about=about), computed)


def _is_near(stated: Quantity, computed: Range) -> bool:
    """Whether rounded changes miss their sum by a step: each is a difference of rounded amounts."""
    gap = max(computed.low - stated.high, stated.low - computed.high)
    return stated.low != stated.high and 0 < gap <= stated.step


def _fit(stated: Quantity, computed: Range, *, about: bool) -> Fit:
    if _apart(stated, computed, about=about):
        return "fails"
    width = computed.high - computed.low
    if about and not stated.about and width > 2 * (stated.high - stated.low):
        return "loose"
    if stated.low <= computed.middle <= stated.high:
        return "exact"
    stated_width = stated.high - stated.low
    away = max(stated.low - computed.middle, computed.middle - stated.high)
    narrow = width <= _NARROW * abs(computed.middle)
    if width > _COARSE * stated_width and away > stated_width > 0 and not narrow:
        return "wide"
    if width > _WIDE * max(abs(computed.middle), 1) and width > 2 * stated_width:
        return "wide"
    return "rounding"


def _apart(stated: Quantity, computed: Range, *, about: bool) -> bool:
    """Whether no number is within the bounds of both; rounded ones that only meet have none."""
    if computed.low > stated.high or computed.high < stated.low:
        return True
    meet = computed.low == stated.high or computed.high == stated.low
    rounded = computed.low < computed.high and stated.low < stated.high
    return meet and rounded and not (about or stated.about)
