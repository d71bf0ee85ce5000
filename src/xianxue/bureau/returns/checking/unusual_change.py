"""Beside last year: a change that is too great, or nothing where there was much."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.unusual import Unusual, YearOnYear
from xianxue.bureau.returns.checking.unusual_amounts import Amount, Found
from xianxue.bureau.values.exact import at_most, less_than
from xianxue.bureau.values.rounding import shown_beside
from xianxue.bureau.values.sentence import say

# 万元 for 元: the mistake that every bureau knows.
_TEN_THOUSAND: Final = 10_000
_NEARLY: Final = 2
"""Within this factor of ten thousand, a unit was probably mistaken."""
_PERCENT_PLACES: Final = 1
_ALL: Final = Fraction(100)


def beside_last_year(rule: Unusual, now: Amount, before: Amount | None) -> Found | None:
    """Say what is unusual of an amount beside last year's; None where nothing is."""
    if before is None:
        return None
    if rule.zero_after is not None:
        return _vanished(Fraction(rule.zero_after), now, before)
    return _changed(rule.change, now, before) if rule.change is not None else None


def _vanished(least: Fraction, now: Amount, before: Amount) -> Found | None:
    if now.steps or before.whole < least:
        return None
    saw = say(
        "{name}{where}：上年 {before}，今年 {now}",
        name=now.name,
        where=now.where,
        before=before.shown,
        now=now.shown,
    )
    much = str(least) + (" " + now.unit if now.unit else "")
    return Found(saw, say("上年不少于 {much}的，今年一般不会是 0", much=much))


def _changed(change: YearOnYear, now: Amount, before: Amount) -> Found | None:
    apart = now.whole - before.whole
    limit = Fraction(change.at_most_percent)
    # Multiplied out: last year's value may be zero.
    if abs(apart) < Fraction(change.at_least_amount) or (
        abs(apart) * 100 <= limit * abs(before.whole)
    ):
        return None
    saw = say(
        "{name}{where}：上年 {before}，今年 {now}",
        name=now.name,
        where=now.where,
        before=before.shown,
        now=now.shown,
    )
    if before.steps:
        percent = abs(apart) * 100 / abs(before.whole)
        word = say("增加") if apart > 0 else say("减少")
        saw += say("，{word} {percent}%", word=word, percent=_shown(percent, limit))
    small = f"{change.at_least_amount:f}" + (" " + now.unit if now.unit else "")
    required = say(
        "与上年相比变化不超过 {percent}%（相差不到 {small}的不问）",
        percent=f"{change.at_most_percent:f}",
        small=small,
    )
    return Found(saw, required, _hint(now, before))


def _shown(percent: Fraction, limit: Fraction) -> str:
    """Write a percentage that neither seems to be within the limit, nor to be all of it."""
    # 29.97 % shown as 30.0 % would contradict the rule it broke.
    beside_limit = shown_beside(percent, limit, _PERCENT_PLACES, at_most)
    beside_all = shown_beside(percent, _ALL, _PERCENT_PLACES, less_than)
    return max(beside_limit, beside_all, key=lambda text: len(text.partition(".")[2]))


def _hint(now: Amount, before: Amount) -> str:
    """Ask after the unit where one amount of money is about ten thousand times the other."""
    if now.field.measured_in.dimension != "money" or now.steps <= 0 or before.steps <= 0:
        return ""
    # Either year may be the mistaken one.
    ratio = max(now.whole / before.whole, before.whole / now.whole)
    if not Fraction(_TEN_THOUSAND, _NEARLY) <= ratio <= _TEN_THOUSAND * _NEARLY:
        return ""
    return say("和上年相差约一万倍，是不是把万元和元弄混了？")
