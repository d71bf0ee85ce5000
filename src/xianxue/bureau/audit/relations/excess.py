"""What goes beyond a norm: 核载55人,实载70人,超载27%; and distances told in per cent."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED, bounds, fits_rate, rate_bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.listing import amount
from xianxue.bureau.audit.wording import places, rounded

_BACK: Final = 5
_PAIR: Final = 2
_GAPS: Final = ("差距", "相差")
_BEYOND: Final = ("高出", "低于", "高于", "领先")
_OTHERS: Final = ("全国", "全省", "全市", "全县", "全区", "平均")


def judge_excess(ledger: Ledger) -> None:
    """Judge every rate of excess, and remark on distances between rates told in per cent."""
    for one in ledger.mentions:
        if one.form != "percent" or one.column:
            continue
        if one.part == "growth" and one.excess:
            _excess(ledger, one)
        elif _is_gap(one.lead):
            _gap(ledger, one)


def _is_gap(lead: str) -> bool:
    """Whether a distance is told: 高出全省平均3%; «标准不低于85%» is a bound.

    >>> _is_gap("高出全省平均"), _is_gap("标准不低于"), _is_gap("差距缩小到不足")
    (True, False, True)
    """
    if any(word in lead for word in _GAPS):
        return True
    compared = any(word in lead for word in _BEYOND) and any(word in lead for word in _OTHERS)
    return compared and "不低于" not in lead and not lead.endswith("率")


def _excess(ledger: Ledger, rate: Mention) -> None:
    near = ledger.mentions[max(0, rate.index - _BACK) : rate.index]
    levels = [one for one in near if one.sent == rate.sent and amount(one)]
    if len(levels) < _PAIR or levels[-1].dim != levels[-2].dim or rate.about:
        return
    norm, actual = sorted(levels[-2:], key=lambda one: one.value)
    if norm.low <= 0 or actual.value == norm.value:
        return
    change = (actual.low - norm.high, actual.high - norm.low)
    value = actual.value - norm.value
    low, high = rate_bounds(change, bounds(norm))
    more, less, stated = ledger.text(actual), ledger.text(norm), ledger.text(rate)
    plain = rounded(value * HUNDRED, norm.value, places(rate))
    exact = rounded(value * HUNDRED, norm.value, places(rate) + 1)
    if fits_rate(rate, change, bounds(norm)):
        message = f"（{more}－{less}）÷{less}＝{plain}%，与所写的{stated}一致。"
        ledger.prove("rate", "exact", rate, (actual, norm), message, (low, high))
        return
    wrong = fits_rate(rate, change, bounds(actual))
    also = "；所写的是除以实际数得来的，应除以核定数" if wrong else ""
    message = f"（{more}－{less}）÷{less}＝{exact}%，所写的是{stated}{also}。"
    terms = (actual, norm)
    do = f"应为{plain}%。"
    ledger.refute(Finding("inconsistent", "rate", rate, terms, message, low, high, do))


def _gap(ledger: Ledger, gap: Mention) -> None:
    for back in range(gap.index - 1, max(-1, gap.index - _BACK), -1):
        one = ledger.mentions[back]
        if one.sent != gap.sent:
            return
        if one.form == "percent" and one.part == "rate" and "率" in one.lead:
            text = ledger.text(gap)
            message = f"两个率的差距写成了{text}；率与率相差多少，单位是百分点。"
            do = f"写作{text.removesuffix('%')}个百分点。"
            ledger.refute(Finding("remark", "unit", gap, (one,), message, gap.low, gap.high, do))
            return
