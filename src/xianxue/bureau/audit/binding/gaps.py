"""Gaps: by how much one thing is ahead of another, and how many times it is the other.

«公用经费增长9.8%,快于人员经费(6.3%)3.5个百分点»: two numbers of one form with two names, a
word that sets one against the other, and the distance between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin, like
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_VALUED: Final = frozenset({"cardinal", "percent", "points"})
_BREAK: Final = re.compile("[。;!?\n]")
_APART: Final = re.compile(r"相差|差距|相距|差")
_AGAINST: Final = re.compile(r"[比较]")
_CHANGED: Final = re.compile(r"提高|上升|下降|降低|增加|减少|回落|提升|同比|上年|去年")
_IS: Final = re.compile(r"(?:是|为|相当于|等于|达到?|约为|约是|相当)[^,;。]{0,20}$")
_OF_IT: Final = re.compile(r"\)?(?:总?[\u4e00-\u9fff]{0,4})的$")
_LONGEST: Final = 40
"""Characters between two numbers that are set against one another."""


def bind_gaps(reading: Reading) -> Iterator[Candidate]:
    """Give every distance between two things that the text may mean."""
    for thread in reading.threads:
        valued = [one for one in thread if one.form in _VALUED]
        for at, one in enumerate(valued):
            if one.role == "times" and at > 1:
                yield from _times(reading, valued[at - 2], valued[at - 1], one)
            elif at and (one.form == "points" or one.role in ("gap", "delta")):
                yield from _gap(reading, valued, at)


def _gap(reading: Reading, valued: Sequence[Quantity], at: int) -> Iterator[Candidate]:
    claim, near = valued[at], valued[at - 1]
    if claim.size > 1 or near.size > 1 or _CHANGED.search(claim.lead):
        return
    if at > 1 and _comparable(valued[at - 2], near, claim):
        yield from _after(reading, valued[at - 2], near, claim)
    elif at + 1 < len(valued) and _comparable(near, valued[at + 1], claim):
        yield from _before(reading, near, claim, valued[at + 1])


def _comparable(one: Quantity, other: Quantity, claim: Quantity) -> bool:
    if not like(one, other) or one.size > 1:
        return False
    return one.form == "percent" if claim.form == "points" else one.dim == claim.dim != ""


def _after(
    reading: Reading, first: Quantity, second: Quantity, claim: Quantity
) -> Iterator[Candidate]:
    """Give «…12.0%,高于…7.5%,快4.5个百分点» and «城区97%,农村91.5%,相差5.5个百分点»."""
    between, last = reading.between(first, second), reading.between(second, claim)
    if len(between) > _LONGEST or _BREAK.search(between) or _BREAK.search(last):
        return
    if _CHANGED.search(between) and _AGAINST.search(between):
        return
    way = _way(reading, between)
    if way or _AGAINST.search(between):
        way = way or _way(reading, claim.lead)
        if claim.own and not _way(reading, claim.own):
            return  # of another subject
    elif first.own and second.own and first.own != second.own:
        way = _named_way(reading, first, second, claim)
        if not way and _APART.search(claim.lead):
            yield Candidate("apart", claim, (first, second), ("gap",))
            return
    if way:
        pair = (first, second) if way > 0 else (second, first)
        yield Candidate("ahead", claim, pair, ("gap", "set_against"))
    elif _APART.search(claim.lead) and _AGAINST.search(between):
        yield Candidate("apart", claim, (first, second), ("gap",))


def _before(
    reading: Reading, second: Quantity, claim: Quantity, first: Quantity
) -> Iterator[Candidate]:
    """Give «比全市平均值(88.5%)高6.3个百分点,我区为93.8%»."""
    start = max(0, second.start - _LONGEST)
    before = _BREAK.split(reading.norm[start : second.start])[-1].rpartition(",")[2]
    way = _way(reading, claim.lead) or _way(reading, before)
    against = _AGAINST.search(before) or _way(reading, before)
    if not (way and against) or _BREAK.search(reading.between(claim, first)):
        return
    if first.own and not _CHANGED.search(before) and first.clause - claim.clause <= 1:
        pair = (first, second) if way > 0 else (second, first)
        yield Candidate("ahead", claim, pair, ("gap", "set_against", "claim_first"))


def _way(reading: Reading, words: str) -> int:
    """Say whether words put what was told before ahead (1) or behind (-1)."""
    lexicon = reading.lexicon
    behind = max((words.rfind(word) for word in lexicon.role("behind")), default=-1)
    ahead = max((words.rfind(word) for word in lexicon.role("ahead")), default=-1)
    if behind < 0 and ahead < 0:
        return 0
    return 1 if ahead > behind else -1


def _named_way(reading: Reading, first: Quantity, second: Quantity, claim: Quantity) -> int:
    """Say which of two names a claim puts ahead: 城区比农村高5.5个百分点."""
    names = _AGAINST.split(claim.lead, maxsplit=1)
    if len(names) != 2 or not _way(reading, claim.lead):  # noqa: PLR2004
        return 0
    one, other = names
    way = _way(reading, other)
    if akin(one, first.own) and akin(first.own, one) and not akin(one, second.own):
        return way
    return -way if akin(one, second.own) and not akin(one, first.own) else 0


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
