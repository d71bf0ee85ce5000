"""Growth told beside an amount and its difference: 5000人,比上年增加200人,增长4.2%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.binding.changes.frames import Frame
from xianxue.bureau.audit.binding.changes.times import earlier_time, same_base
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

YEARLY: Final = re.compile(
    r"年均|平均每年|每年平均|年平均|年递增|逐年递增|每年递增|年复合|年[间来]?平均|平均增长|平均递增"
)
SEVERAL: Final = re.compile("[两三四五六七八九十]年(?:[间来]|共|累|合)")
"""An amount of these is of no one year: 三年合计322万元."""
_NEXT: Final = 2
"""A difference may stand between a growth and the level that they led to."""
EXCEPT: Final = re.compile(r"不含|不包括|未含|除外|扣除|剔除")
_CHANGE_TOLD: Final = re.compile(r"(?:增长|增加|减少|净增)的?(?:绝对[数量额]|[数量额])")
"""An amount of these is itself a change, and no level that a growth leads to."""
_LOOK_BACK: Final = 60
"""Characters before the first amount in which a sentence says how it is counted."""


def by_amount(reading: Reading, frame: Frame) -> Iterator[Candidate]:
    """Give growths told beside the difference: 5000人,比上年增加200人,增长4.2%."""
    deltas = [
        (told, one)
        for told, one in frame.claims
        if one.role == "delta" and not is_yearly(frame, one)
    ]
    for told, claim in frame.claims:
        if claim.role != "growth" or not deltas or is_yearly(frame, claim):
            continue
        level = frame.amounts[max(told - 1, 0)]
        if (
            _CHANGE_TOLD.search(level.lead)
            or SEVERAL.search(level.lead)
            or not (told or _reached_next(reading, claim, level))
        ):
            continue
        near = [
            one
            for at, one in deltas
            if told - 1 <= at <= told
            and one.sign == claim.sign
            and one.place == claim.place
            and one.dim == level.dim
            and same_base(one, claim, reading.lexicon)
            and (one.since or not earlier_time(one, reading.lexicon))
        ]
        if near and level.form == "cardinal" and not is_real(reading, frame, claim):
            yield _grown_by(reading, frame, claim, level, near[-1])


def _reached_next(reading: Reading, claim: Quantity, level: Quantity) -> bool:
    """Whether a level is what a claim before it led to: 增加200人,增长4.2%,达到5000人."""
    reached = any(word in level.lead for word in reading.lexicon.role("reached_now"))
    return (
        reached
        and 0 < level.index - claim.index <= _NEXT
        and ";" not in reading.between(claim, level)
    )


def _grown_by(
    reading: Reading, frame: Frame, claim: Quantity, level: Quantity, delta: Quantity
) -> Candidate:
    cues = ["growth_by"]
    if claim.index in frame.borrowed:
        cues.append("of_whole")
    if EXCEPT.search(words_of(reading, frame, claim)):
        cues.append("except")
    if level.prior:
        return Candidate("growth_on", claim, (delta, level), tuple(cues))
    return Candidate("growth_by", claim, (level, delta), tuple(cues))


def is_yearly(frame: Frame, claim: Quantity) -> bool:
    """Whether a claim is of one year: 年均增加42亿元,增长4.9% says it for both."""
    if YEARLY.search(claim.lead) or "每年" in claim.lead:
        return True
    return any(
        one.index == claim.index - 1 and one.role == "delta" and YEARLY.search(one.lead)
        for _, one in frame.claims
    )


def words_of(reading: Reading, frame: Frame, claim: Quantity) -> str:
    """Give the words of the sentence from before the first amount to a claim."""
    norm, first = reading.norm, min(frame.amounts[0].start, claim.start)
    start = max(0, first - _LOOK_BACK)
    start = max(start, *(norm.rfind(stop, start, first) for stop in "。;\n"))
    return norm[start : max(claim.end, first)]


def is_real(reading: Reading, frame: Frame, claim: Quantity) -> bool:
    """Whether a growth is told after prices, so that the amounts do not make it."""
    if claim.role not in ("growth", "more_times", "doubled"):
        return False
    words, lexicon = words_of(reading, frame, claim), reading.lexicon
    if any(word in words for word in lexicon.role("nominal_growth")):
        return False
    return any(word in words for word in lexicon.role("real_growth"))
