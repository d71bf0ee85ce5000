"""For how long an amount is told: by the month, for a year; and what each makes of many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import as_mean, timeless
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import replace

_YEAR_LONG: Final = re.compile("^(?!.*累计).*(?:全年|一年|年度?)(?:应|共|需|可)?")
"""Told of a total: what each gets a month was paid twelve times."""
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


def _amount_of(each: Quantity) -> Quantity:
    """Give what each gets with its bounds: a mean is rounded, what is paid to each is not."""
    if "均" in each.lead:
        return as_mean(each)
    exact = re.search("[每各]", each.lead) and each.dim == "money" and not each.about
    return replace(each, low=each.value, high=each.value) if exact else each


def times_each(
    periods: Periods,
    sentence: Sequence[Quantity],
    factors: tuple[Quantity, Quantity],
    total: Quantity,
) -> Iterator[Candidate]:
    """Give heads × each (× months) = total, where both are told for as long."""
    heads, each = factors
    if each.value <= ONE or periods.is_bound(each.lead):
        return  # 每校1名, 每个乡镇至少2所: what is to be, not what was counted
    told, whole = (periods.of(timeless(one.lead)) for one in (each, total))
    terms = [heads, _amount_of(each)]
    if told in _COUNTED and whole != told:
        counted = _COUNTED[told]
        found = [one for one in sentence if one.dim == counted and one.start < total.start]
        if not found and told == "month" and _YEAR_LONG.search(total.lead):
            yield Candidate("product", total, tuple(terms), ("times_each", "all_months"), 12)
            yield Candidate("product", total, tuple(terms), ("times_each", "school_months"), 10)
        if len(found) != 1:
            return
        terms.append(found[0])
    elif told and whole and told != whole:
        return
    yield Candidate("product", total, tuple(terms), ("times_each",))
