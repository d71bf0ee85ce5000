"""What would make a relation right: one value, and the slip of the pen that would explain it."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.audit.judging.candidate import Amount
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.judging.testing import Tested
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.audit.telling.slips import slip
from xianxue.bureau.audit.telling.wording import RatioStyle, Style, style_of, to_step
from xianxue.bureau.values.sentence import Sentence, joined, say

_MORE: Final = 3
"""Decimals beyond those printed that a value may need."""
_DIGITS: Final = 3
"""From so many digits on a slip explains something."""
_MANY: Final = 4
"""From so many on it explains something that one digit is another: short numbers often are so."""
_MINUS: Final = ("-", "－", "−")
"""Before a number that is printed below nought: so may be what is right."""
_ONE_DIGIT: Final = "一个数字写错"
_OPPOSITE: Final = {
    "growth": (say("增长"), say("下降")),
    "points": (say("提高"), say("下降")),
    "delta": (say("增加"), say("减少")),
}
"""How a change is told that went the other way than the text says."""


def advice(tested: Tested, style: Style, stated: str, reading: Reading) -> Sentence | None:
    """Advise a value that would make it right; None where no single value would."""
    candidate = tested.candidate
    one = candidate.stated
    relation = RELATIONS[candidate.relation]
    if relation.order or relation.remark or tested.fit == "wide":
        return None
    found = _right(style, stated, tested)
    if found is None:
        return None
    nearest, more = found
    value: str | Sentence = style.write(nearest, more)
    if nearest < 0 and stated[:1] not in _MINUS:
        if one.role not in _OPPOSITE:
            return None
        value = _turned(one, style.write(-nearest, more))
    elif one.role == "doubled":
        value = say("原来的{value}", value=value)
    sentence = _advised(candidate.relation, value)
    why = _slip(one, nearest, style)
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


def _right(style: Style, stated: str, tested: Tested) -> tuple[Amount, int] | None:
    """Find a value that would itself be judged right, and its decimals beyond those printed.

    Half a person is none; 2.5倍 is, where 3倍 was printed.
    """
    one, computed = tested.candidate.stated, tested.computed
    counted = one.whole and one.low == one.high
    # As near as the printed number stands for: 3:1 is not said of 2.6:1, nor 0.35亿元 of 3450万元.
    width = Fraction(one.high - one.low)
    for more in range(1 if counted else _MORE):
        step = style.step() / 10**more
        value = computed.middle if isinstance(style, RatioStyle) else to_step(computed.middle, step)
        half = 0 if counted else min(step, width / 10**more) / 2
        right = value - half <= computed.high and computed.low <= value + half
        if right and style.write(value, more) != stated:
            return value, more
    return None


def _turned(one: Quantity, value: str) -> Sentence:
    up, down = _OPPOSITE[one.role]
    return say("{way}{value}", way=down if one.sign >= 0 else up, value=value)


def _slip(one: Quantity, wanted: Amount, style: Style) -> str:
    """Name the slip that would explain it, where a slip says more than chance does."""
    # In digits that are printed: 四分之三 has none of 75.00%.
    step = max(style.step(), Fraction(one.step))
    first, second = round(one.value / step), round(wanted / step)
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
        why = _slip(term, wanted, style)
        if why and why != _ONE_DIGIT:
            value = style.write(wanted)
            found.append(say("也可能{part}应为{value}（{slip}）", part=text, value=value, slip=why))
    return found[:1]
