"""Growth of several years: «年均增长10%,2020年比2015年增长61.05%», or between two amounts."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.wording import rounded

_ANNUAL: Final = ("年均", "每年", "年平均")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_PLAN: Final = re.compile(r"十([一二三四]?)五")
_PLANS: Final = {"": 2000, "一": 2005, "二": 2010, "三": 2015, "四": 2020}
"""The year before a five-year plan began."""
_SPAN: Final = 5
_PERIOD: Final = 400
"""Characters before a growth in which the period it is told of is named."""
_LONGEST: Final = 20
_NUMBERS: Final = 6
"""Numbers around an annual growth among which its two ends stand."""
_ALL: Final = HUNDRED * ONE


def judge_compound(ledger: Ledger) -> None:
    """Judge every growth told for each year against the growth or the amounts of all years."""
    for one in ledger.mentions:
        if one.form == "percent" and one.part == "growth" and _annual(one) and one.sign >= 0:
            _against_growth(ledger, one)
            _against_amounts(ledger, one)


def _annual(mention: Mention) -> bool:
    return any(word in mention.lead for word in _ANNUAL)


def _against_growth(ledger: Ledger, annual: Mention) -> None:
    """«…年均增长a%,2020年…,比2015年增长b%»."""
    now = 0
    for one in ledger.mentions[annual.index + 1 : annual.index + 1 + _NUMBERS]:
        if one.sent != annual.sent or (one.form == "percent" and _annual(one)):
            return
        if one.part == "level":
            now = one.year
        if one.form == "percent" and one.part == "growth":
            since = _YEAR.search(one.since)
            if since and now:
                years = now - int(since[0])
                if 1 < years <= _LONGEST and not ledger.is_proven("growth", one):
                    _judge(ledger, annual, one, years, int(since[0]))
            return


def _judge(ledger: Ledger, annual: Mention, whole: Mention, years: int, since: int) -> None:
    grown = _ALL**years
    low = (_ALL + annual.low) ** years * _ALL // grown - _ALL
    high = -((-((_ALL + annual.high) ** years)) * _ALL // grown) - _ALL
    middle = (_ALL + annual.value) ** years * _ALL // grown - _ALL
    said = f"每年增长{ledger.text(annual)}，{years}年共增长{rounded(middle, ONE, 2)}%"
    if low <= whole.high and high >= whole.low:
        ledger.prove(
            "growth",
            "exact" if middle == whole.value else "rounding",
            whole,
            (annual,),
            f"{said}，与所写的{ledger.text(whole)}相合。",
            (low, high),
        )
        return
    certain = _named_period(ledger, annual, since, years)
    ledger.refute(
        Finding(
            "inconsistent" if certain else "possible",
            "growth",
            whole,
            (annual,),
            f"{said}，所写的是{ledger.text(whole)}，超出四舍五入能解释的范围。",
            low,
            high,
            "核对年均增幅、总增幅和所算的年数。",
        )
    )


def _named_period(ledger: Ledger, annual: Mention, since: int, years: int) -> bool:
    """Whether the years counted are those of the five-year plan that is spoken of."""
    plans = list(_PLAN.finditer(ledger.norm, max(0, annual.start - _PERIOD), annual.start))
    return bool(plans) and _PLANS[plans[-1][1]] == since and years == _SPAN


def _against_amounts(ledger: Ledger, annual: Mention) -> None:
    """«从2015年的100所增加到2020年的161所,年均增长10%»: proven only."""
    if ledger.is_proven("growth", annual):
        return
    before = [
        one
        for one in ledger.mentions[max(0, annual.index - _NUMBERS) : annual.index]
        if one.sent == annual.sent
        and one.form == "cardinal"
        and one.part in ("level", "prior")
        and one.year
    ]
    if len(before) < len(("from", "to")):
        return
    first, last = before[-2:]
    years = last.year - first.year
    if first.dim != last.dim or not 1 < years <= _LONGEST or first.low <= 0:
        return
    # (1+low)ⁿ ≤ last/first ≤ (1+high)ⁿ, by whole numbers alone.
    grown = _ALL**years
    if (_ALL + annual.low) ** years * first.low <= last.high * grown and (
        _ALL + annual.high
    ) ** years * first.high >= last.low * grown:
        ledger.prove(
            "growth",
            "rounding",
            annual,
            (last, first),
            f"{ledger.text(first)}每年增长{ledger.text(annual)}，{years}年后约为{ledger.text(last)}，相合。",
        )
