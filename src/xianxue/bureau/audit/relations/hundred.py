"""Shares that make up a whole: «父亲外出的占52%,母亲外出的占26%,都外出的占22%» add to 100.

Only told shares of one sentence are looked at, one right after another. That they add to 100 is a
proof; that they do not is said only where the answers are known to leave nothing out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED, Fit
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.wording import rounded

_WHOLE: Final = HUNDRED * ONE
_MOST: Final = 10
"""Shares of one whole that are told one after another."""
_RATES: Final = ("率", "率为", "率达", "率达到", "率是", "率均为")
"""A rate of its own, no share: 合格率, 优秀率."""


def judge_hundred(ledger: Ledger, lexicon: Lexicon) -> None:
    """Find the shares of each sentence that add to 100."""
    told = (one for one in ledger.mentions if _is_share(one))
    for _, line in groupby(told, key=lambda one: one.sent):
        _line(ledger, lexicon, list(line))


def _is_share(mention: Mention) -> bool:
    return (
        mention.form == "percent"
        and mention.part == "rate"
        and not mention.about
        and mention.series < 0
        and mention.high < _WHOLE
        and not mention.lead.endswith(_RATES)
    )


def _line(ledger: Ledger, lexicon: Lexicon, shares: Sequence[Mention]) -> None:
    at = 0
    while at < len(shares) - 1:
        count, fit = _window(shares[at : at + _MOST])
        if count:
            _prove(ledger, fit, shares[at : at + count])
        elif len(pair := shares[at : at + 2]) == len(("one", "other")) and _opposed(lexicon, pair):
            _fail(ledger, pair)
        at += count or 1


def _window(shares: Sequence[Mention]) -> tuple[int, Fit]:
    """Give how many of the first shares add to 100, and whether they do as printed."""
    value = slack = 0
    for count, one in enumerate(shares, 1):
        value += one.value
        slack += one.step
        if count == 1:
            continue
        if value == _WHOLE:
            return count, "exact"
        if abs(value - _WHOLE) <= slack // 2 and _listed(shares[:count]):
            return count, "rounding"
        if value > _WHOLE + slack:
            break
    return 0, ""


def _listed(shares: Iterable[Mention]) -> bool:
    """Whether each is told as a share: rounded shares meet 100 by chance where they are not."""
    return all("占" in one.lead for one in shares)


def _opposed(lexicon: Lexicon, pair: Sequence[Mention]) -> bool:
    """Whether two shares right beside each other are of what can be one or the other only."""
    first, second = pair
    if second.index - first.index > 2 or not _listed(pair):  # noqa: PLR2004 - an amount may stand between
        return False
    ends = [one.lead[one.lead.rfind("占") :] for one in pair]
    if ends[0] != ends[1] and ends[1].strip("占为达约") != "":
        return False
    return any(
        any(first.lead.startswith(one) or one in first.lead[:6] for one in words)
        and any(second.lead.startswith(one) or one in second.lead[:6] for one in words)
        and not any(one in first.lead and one in second.lead for one in words)
        for words in lexicon.opposites
    )


def _said(ledger: Ledger, shares: Iterable[Mention]) -> str:
    return "＋".join(ledger.text(one) for one in shares)


def _prove(ledger: Ledger, fit: Fit, shares: Sequence[Mention]) -> None:
    *others, last = shares
    low = _WHOLE - sum(one.high for one in others)
    high = _WHOLE - sum(one.low for one in others)
    also = "" if fit == "exact" else "（在四舍五入范围内）"
    ledger.prove("sum", fit, last, others, f"{_said(ledger, shares)}＝100%{also}。", (low, high))


def _fail(ledger: Ledger, shares: Sequence[Mention]) -> None:
    *others, last = shares
    total = sum(one.value for one in shares)
    places = max(len(str(ONE // max(one.step, 1))) - 1 for one in shares)
    rest = rounded(_WHOLE - sum(one.value for one in others), ONE, places)
    ledger.refute(
        Finding(
            "possible",
            "sum",
            last,
            tuple(others),
            f"{_said(ledger, shares)}＝{rounded(total, ONE, places)}%，两者合起来应是100%。",
            _WHOLE - sum(one.high for one in others),
            _WHOLE - sum(one.low for one in others),
            f"如果其余不错，{ledger.text(last)}应为{rest}%。",
        )
    )
