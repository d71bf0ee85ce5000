"""How far two numbers are apart, told beside them: 女童高于男童0.2个百分点, 超额完成17人.

Between any two numbers before it a distance is only proven; it is refuted where it follows two
rates that are told together (分别为) and says which of the two is higher.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.sums import digits
from xianxue.bureau.audit.wording import rounded, shown

_RATES: Final = 4
"""Rates before a distance in points among which its two are looked for."""
_AMOUNTS: Final = 3
_FINE: Final = 3
"""Digits of a difference that two amounts do not have by chance."""
_COMPARES: Final = ("高于", "低于", "多于", "少于", "高出", "比")


def judge_apart(ledger: Ledger) -> None:
    """Judge every distance told behind the two numbers it lies between."""
    for one in ledger.mentions:
        if one.form == "points" and not ledger.is_proven("points", one):
            _points(ledger, one)
        elif one.form == "cardinal" and one.part in ("gap", "level") and not one.about:
            _amount(ledger, one)


def _points(ledger: Ledger, points: Mention) -> None:
    told_of_time = points.since == "prev" or any(one.isdigit() for one in points.since)
    if told_of_time or not any(word in points.lead for word in _COMPARES):
        return
    rates = _before(ledger, points, _RATES, "percent")
    for at, last in enumerate(rates):
        for first in rates[at + 1 :]:
            apart = abs(first.value - last.value)
            slack = (first.step + last.step) // 2
            near = at == 0 and first is rates[1]
            exact = apart == points.value and (near or digits(points) >= _FINE)
            if exact or (near and abs(apart - points.value) <= slack):
                bounds = (max(0, apart - slack), apart + slack)
                _prove(ledger, "points", points, (first, last), apart, bounds)
                return
    if len(rates) > 1 and rates[0].series >= 0 and rates[0].series == rates[1].series:
        _refute(ledger, points, (rates[1], rates[0]))


def _before(ledger: Ledger, mention: Mention, most: int, form: str) -> list[Mention]:
    """Give rates or amounts before a number in its paragraph, the nearest first."""
    found: list[Mention] = []
    for one in reversed(ledger.mentions[max(0, mention.index - most * 4) : mention.index]):
        if one.para != mention.para or one.doc != mention.doc or len(found) == most:
            break
        if one.form == form and one.part in ("rate", "level") and one.depth <= mention.depth:
            found.append(one)
    return found


def _amount(ledger: Ledger, gap: Mention) -> None:
    fine = digits(gap) >= _FINE
    if gap.part == "level" and (not fine or ledger.is_proven("sum", gap)):
        return
    near = [
        one
        for one in _before(ledger, gap, _AMOUNTS + 1, "cardinal")
        if one.dim == gap.dim and one.sent == gap.sent and not one.about and one.part == "level"
    ][:_AMOUNTS]
    for at, last in enumerate(near):
        for first in near[at + 1 :]:
            if abs(first.value - last.value) != gap.value:
                continue
            if gap.index in ledger.children or last.index in ledger.children:
                return
            value = (gap.value, gap.value)
            _prove(ledger, "difference", gap, (first, last), gap.value, value)
            return


def _prove(  # noqa: PLR0913, PLR0917 - the parts of a proof
    ledger: Ledger,
    kind: str,
    stated: Mention,
    terms: tuple[Mention, Mention],
    apart: int,
    bounds: tuple[int, int],
) -> None:
    number = shown(apart, stated, ledger.text(stated))
    said = f"{ledger.text(terms[0])}与{ledger.text(terms[1])}相差{number}"
    ledger.prove(
        "points" if kind == "points" else "difference",
        "exact" if apart == stated.value else "rounding",
        stated,
        terms,
        f"{said}，与所写的{ledger.text(stated)}一致。",
        bounds,
    )


def _refute(ledger: Ledger, points: Mention, rates: tuple[Mention, Mention]) -> None:
    first, last = rates
    apart, slack = abs(first.value - last.value), (first.step + last.step) // 2
    places = max(len(str(ONE // max(one.step, 1))) - 1 for one in rates)
    number = rounded(apart, ONE, places)
    ledger.refute(
        Finding(
            "inconsistent",
            "points",
            points,
            rates,
            f"{ledger.text(first)}与{ledger.text(last)}相差{number}个百分点，所写的是{ledger.text(points)}。",
            max(0, apart - slack),
            apart + slack,
            f"按这两个数应为{number}个百分点。",
        )
    )
