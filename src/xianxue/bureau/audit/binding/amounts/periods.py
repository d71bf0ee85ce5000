"""For how long an amount is told: by the month, for a year; and what each makes of many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import as_mean, timeless
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity

_COUNTED: Final = {"month": "months", "day": "days", "week": "weeks"}
"""Periods of which a whole needs so many, and the dimension they are counted in."""


class Periods:
    """Asked for how long an amount is told; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._norm = re.compile(lexicon.any_of("norm"))
        self._bound = re.compile(lexicon.any_of("bound"))
        self._words = {
            one: re.compile(lexicon.any_of(f"period_{one}"))
            for one in ("month", "year", "term", "week", "day")
        }

    def is_norm(self, lead: str) -> bool:
        """Whether an amount is told of as a norm, which is no mean: 生均标准720元."""
        return bool(self._norm.search(lead)) or self.is_bound(lead)

    def is_bound(self, lead: str) -> bool:
        """Whether an amount is told of as the least or the most: 每生不低于720元."""
        return bool(self._bound.search(lead))

    def of(self, lead: str) -> str:
        """Give the period that the words before an amount say; nothing where they say none."""
        return next((one for one, words in self._words.items() if words.search(lead)), "")


def times_each(
    periods: Periods,
    sentence: Sequence[Quantity],
    factors: tuple[Quantity, Quantity],
    total: Quantity,
) -> Candidate | None:
    """Give heads × each (× months) = total, where both are told for as long."""
    heads, each = factors
    if each.value <= ONE or periods.is_bound(each.lead):
        return None  # 每校1名, 每个乡镇至少2所: what is to be, not what was counted
    told, whole = (periods.of(timeless(one.lead)) for one in (each, total))
    terms = [heads, as_mean(each) if "均" in each.lead else each]
    if told in _COUNTED and whole != told:
        counted = _COUNTED[told]
        found = [one for one in sentence if one.dim == counted and one.start < total.start]
        if len(found) != 1:
            return None
        terms.append(found[0])
    elif told and whole and told != whole:
        return None
    return Candidate("product", total, tuple(terms), ("times_each",))
