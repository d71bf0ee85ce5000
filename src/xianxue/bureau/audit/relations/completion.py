"""How much of what was planned is done: «任务数是50个,实际完成60个,完成率为120%»."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED, bounds, fits_rate, rate_bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.wording import places, rounded

_RATE: Final = re.compile(
    r"(?:完成率|完成比例|有效率|回收率|开工率|竣工率|到位率|执行率)(?:为|达到|达|是|约)*$"
    r"|完成(?:全年|年度|总)?(?:投资)?(?:计划|任务|目标)(?:任务|数)?的$"
    r"|占(?:全年|年度|总)?(?:投资)?(?:计划|任务|目标)(?:任务|数)?的$"
)
"""Words for a rate of what is done."""
_PLANNED: Final = ("目标", "任务", "计划", "规划", "指标", "发放", "发出", "参与", "应")
"""Words for what the rate is of; 参与 may also stand behind the number."""
_BACK: Final = 8
_BEHIND: Final = 4
_KIN: Final = ({"people", "papers"}, {"institutions", "things"}, {"items", "things"})
"""What may be counted against each other: 1072名教师, 982份问卷."""


def judge_completion(ledger: Ledger) -> None:
    """Judge every rate of completion against what was planned and done before it."""
    for one in ledger.mentions:
        open_one = one.form == "percent" and not one.about and not ledger.is_proven("rate", one)
        if open_one and _RATE.search(one.lead):
            _judge(ledger, one)


def _judge(ledger: Ledger, rate: Mention) -> None:
    before = [
        one
        for one in ledger.mentions[max(0, rate.index - _BACK) : rate.index]
        if one.sent == rate.sent
        and one.form in ("cardinal", "percent")
        and one.part in ("level", "delta", "rate")
        and one.low > 0
        and not one.about
    ]
    planned = [one for one in before if _is_planned(ledger, one)]
    pairs = [
        (done, base)
        for base in reversed(planned)
        for done in reversed(before)
        if done is not base and done.index > base.index and _alike(done, base)
    ]
    for done, base in pairs:
        if fits_rate(rate, bounds(done), bounds(base)):
            _prove(ledger, rate, done, base)
            return
    if len(pairs) == 1 and len(before) == len(pairs[0]):
        _refute(ledger, rate, *pairs[0])


def _is_planned(ledger: Ledger, mention: Mention) -> bool:
    behind = ledger.norm[mention.end : mention.end + _BEHIND]
    return any(word in mention.lead or word in behind for word in _PLANNED)


def _alike(done: Mention, base: Mention) -> bool:
    if done.form != base.form:
        return False
    return done.dim == base.dim or any({done.dim, base.dim} <= kin for kin in _KIN)


def _said(ledger: Ledger, done: Mention, base: Mention) -> str:
    return f"{ledger.text(done)}÷{ledger.text(base)}＝"


def _prove(ledger: Ledger, rate: Mention, done: Mention, base: Mention) -> None:
    plain = rounded(done.value * HUNDRED, base.value, places(rate))
    near = plain == rounded(rate.value, ONE, places(rate))
    message = f"{_said(ledger, done, base)}{plain}%，与所写的{ledger.text(rate)}一致。"
    limits = rate_bounds(bounds(done), bounds(base))
    ledger.prove("rate", "exact" if near else "rounding", rate, (done, base), message, limits)


def _refute(ledger: Ledger, rate: Mention, done: Mention, base: Mention) -> None:
    exact = rounded(done.value * HUNDRED, base.value, places(rate) + 1)
    plain = rounded(done.value * HUNDRED, base.value, places(rate))
    ledger.refute(
        Finding(
            "inconsistent",
            "rate",
            rate,
            (done, base),
            f"{_said(ledger, done, base)}{exact}%，所写的是{ledger.text(rate)}。",
            *rate_bounds(bounds(done), bounds(base)),
            f"按这两个数应为{plain}%。",
        )
    )
