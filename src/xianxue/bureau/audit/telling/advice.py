"""What would make a relation right: one value, and the slip of the pen that would explain it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.judging.testing import Tested
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.audit.telling.slips import slip
from xianxue.bureau.audit.telling.wording import Style, style_of
from xianxue.bureau.values.sentence import Sentence, joined, say

_DIGITS: Final = 3
"""From so many digits on a slip explains something."""
_MANY: Final = 4
"""From so many on it explains something that one digit is another: short numbers often are so."""
_ONE_DIGIT: Final = "一个数字写错"
_OPPOSITE: Final = {
    "growth": (say("增长"), say("下降")),
    "points": (say("提高"), say("下降")),
    "delta": (say("增加"), say("减少")),
}
"""How a change is told that went the other way than the text says."""


def advice(tested: Tested, style: Style, stated: str, reading: Reading) -> Sentence | None:
    """Advise a value that would make it right; None where no single value would."""
    candidate, computed = tested.candidate, tested.computed
    one = candidate.stated
    if RELATIONS[candidate.relation].order or tested.fit == "wide":
        return None
    nearest = _nearest(computed.middle, style)
    value: str | Sentence = style.write(computed.middle)
    if nearest is None or not _would_hold(nearest, one, style, tested) or value == stated:
        return None
    if nearest < 0:
        if one.role not in _OPPOSITE:
            return None
        value = _turned(one, style.write(-computed.middle))
    elif one.role == "doubled":
        value = say("原来的{value}", value=value)
    sentence = _advised(candidate.relation, value)
    why = _slip(one.value, nearest, style)
    if why:
        sentence = say("{advice}（可能是{slip}）", advice=sentence, slip=why)
    if candidate.relation == "sum":
        sentence = joined("；", [sentence, *_other_terms(tested, reading)])
    return say("{advice}。", advice=sentence)


def _advised(relation: str, value: str | Sentence) -> Sentence:
    if relation == "same":
        return say("若另一处的数对，这里应为{value}", value=value)
    if relation == "count":
        return say("若列举没有遗漏，应为{value}", value=value)
    return say("若其余各数都对，应为{value}", value=value)


def _nearest(value: Fraction, style: Style) -> Fraction | None:
    """Give the value that is printed for another."""
    step = style.step()
    return round(value / step) * step


def _would_hold(value: Fraction, one: Quantity, style: Style, tested: Tested) -> bool:
    """Whether a printed value would itself be judged right: half a person is no advice."""
    half = 0 if one.whole and one.low == one.high else style.step() / 2
    return value - half <= tested.computed.high and tested.computed.low <= value + half


def _turned(one: Quantity, value: str) -> Sentence:
    up, down = _OPPOSITE[one.role]
    return say("{way}{value}", way=down if one.sign >= 0 else up, value=value)


def _slip(printed: Fraction | int, wanted: Fraction, style: Style) -> str:
    """Name the slip that would explain it, where a slip says more than chance does."""
    step = style.step()
    first, second = round(printed / step), round(wanted / step)
    why, digits = slip(first, second), min(len(str(first)), len(str(second)))
    return why if digits >= (_MANY if why == _ONE_DIGIT else _DIGITS) else ""


def _other_terms(tested: Tested, reading: Reading) -> list[Sentence]:
    """Name the parts of a sum that a slip would explain as well: nobody knows which is wrong."""
    candidate = tested.candidate
    over = sum(term.value for term in candidate.terms) - candidate.stated.value
    found: list[Sentence] = []
    for term in candidate.terms:
        text = reading.said(term)
        style = style_of(term, text, reading.lexicon.units)
        wanted = Fraction(term.value - over)
        why = _slip(term.value, wanted, style)
        if why and why != _ONE_DIGIT:
            value = style.write(wanted)
            found.append(say("也可能{part}应为{value}（{slip}）", part=text, value=value, slip=why))
    return found[:1]
