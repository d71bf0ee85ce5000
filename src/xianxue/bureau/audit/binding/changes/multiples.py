"""Multiples: how many times one thing is another: 新校区96亩,是老校区32亩的3倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.binding.nouns import FORMER, in_order, like
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_VALUED: Final = frozenset({"cardinal", "percent"})
_BREAK: Final = re.compile("[。;!?\n]")
_IS: Final = re.compile(r"(?:是|为|相当于|等于|达到?|约为|约是|相当)[^,;。]{0,20}$")
_BEING: Final = re.compile("相当于|等于|约为|约是|[是为]")
_OF_IT: Final = re.compile(r"\)?(?:总?[\u4e00-\u9fff]{0,4})的$")
_LONGEST: Final = 40
"""Characters between two numbers that are set against one another."""


def bind_multiples(reading: Reading) -> Iterator[Candidate]:
    """Give every multiple of one thing and another that the text may mean."""
    for thread in reading.threads:
        valued = [one for one in thread if one.form in _VALUED]
        for at, one in enumerate(valued[2:]):
            first = valued[at]
            if first.role == "times" and first.clause < valued[at + 1].clause <= first.clause + 1:
                yield from _named_times(valued[at + 1], one, first)
            if one.role == "times":
                yield from _times(reading, valued[at], valued[at + 1], one)
                yield from _named_times(valued[at], valued[at + 1], one)


def _times(
    reading: Reading, first: Quantity, second: Quantity, claim: Quantity
) -> Iterator[Candidate]:
    """Give «新校区占地96亩,是老校区32亩的3倍»."""
    if not like(first, second) or first.form == "points" or second.size > 1 or first.size > 1:
        return
    between = reading.between(first, second)
    if len(between) > _LONGEST or _BREAK.search(between) or not _IS.search(between):
        return
    if _OF_IT.fullmatch(reading.between(second, claim)):
        yield Candidate("times", claim, (first, second), ("gap", "times_of"))


def _named_times(first: Quantity, second: Quantity, claim: Quantity) -> Iterator[Candidate]:
    """Give «公办园320所,民办园160所,公办园是民办园的2倍»."""
    names = _BEING.split(claim.lead.removesuffix("的"), maxsplit=1)
    named = (first.own and second.own) or FORMER.search(claim.lead)
    if like(first, second) and len(names) == 2 and named:  # noqa: PLR2004 - a pair
        order = in_order(names[0], names[1], first, second)
        pair = (first, second) if order > 0 else (second, first)
        # 甲校图书是乙校的4倍 is not told of pupils.
        thing = names[0].rstrip("数量额")[-2:]
        if order and names[0] and (thing in pair[0].lead or FORMER.search(names[0])):
            yield Candidate("times", claim, pair, ("gap", "times_of"))
