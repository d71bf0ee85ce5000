"""What a reader is told of a relation: its formula, what the text says, and what would be right.

A formula is declared with its relation (``judging/relations.py``); the sentences around it stand
here, in one table. Both are templates, filled from the same values.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Final

from xianxue.bureau.audit.judging.candidate import Amount
from xianxue.bureau.audit.judging.choosing import Chosen
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.judging.testing import Tested
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.audit.telling.advice import advice
from xianxue.bureau.audit.telling.wording import RatioStyle, Style, said_of, style_of, to_step
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

_NOT_DIGITS: Final = re.compile("[^0-9.]")
MORE: Final = 3
"""Decimals more, at most, until what is computed can be told from what is printed."""
CLOSE: Final = Fraction(1, 20)
"""What is written of a computed value is within a twentieth of it."""


class Telling(Record):
    """The sentences of a relation; one left out is told as the one that it comes near to."""

    holds: str
    fails: str
    possible: str = ""
    """It fails if it is meant, which is not certain."""
    wide: str = ""
    """The numbers are rounded too coarsely to say."""
    rounding: str = ""
    about: str = ""
    """It holds, and the text itself says 约."""

    def of(self, one: Tested, *, certain: bool) -> str:
        """Choose the sentence of a verdict."""
        if one.fit == "wide":
            return self.wide or self.possible
        if one.fit == "fails":
            return self.fails if certain else self.possible or self.fails
        said = self.rounding if one.fit == "rounding" else self.holds
        return (one.candidate.stated.about and self.about) or said or self.holds


_USUAL: Final = Telling(
    holds="{formula}，与文中写的{stated}一致。",
    fails="{formula}，文中写的却是{stated}。",
    possible="{formula}，文中写的是{stated}；这几个数是不是这样的关系不能肯定，请核对。",
    wide="{formula}，文中写的是{stated}；但参加计算的数舍入较粗，"
    "只能算到{low}至{high}之间，不能断定对错，请核对。",
    rounding="{formula}，文中写的是{stated}，相差在四舍五入的范围内。",
    about="{formula}，文中写的约数{stated}与此相符。",
)
_DIRECTION: Final = Telling(
    holds="由{a}到{stated}，与文中说的升降方向一致。",
    fails="由{a}到{stated}，与文中说的升降方向相反。",
    possible="由{a}到{stated}，与文中说的升降方向似乎相反；是不是前后两个数不能肯定，请核对。",
)
TELLINGS: Final[dict[str, Telling]] = {
    "": _USUAL,
    "same": Telling(
        holds="同一个数，这里写的{stated}与另一处写的{other}一致。",
        fails="同一个数，这里写的是{stated}，另一处写的却是{other}。",
        possible="这里写的是{stated}，另一处写的是{other}；"
        "两处说的是不是同一个数不能肯定，请核对。",
    ),
    "count": Telling(
        holds="文中说{stated}，列出的正是{value}。",
        fails="文中说{stated}，列出的却是{value}。",
        possible="文中说{stated}，列出的像是{value}；是不是全部列出不能肯定，请核对。",
    ),
    "some_listed": Telling(
        holds="文中说“等{stated}”，“等”之前列出{value}，没有更多。",
        fails="文中说“等{stated}”，“等”之前却已列出{value}。",
        possible="文中说“等{stated}”，“等”之前像是已列出{value}；各项怎样划分不能肯定，请核对。",
    ),
    "at_most": Telling(
        holds="{stated}是{a}中的一部分，没有超过总数。",
        fails="{stated}应是{a}中的一部分，却超过了总数。",
        possible="{stated}如果是{a}中的一部分，就超过了总数；是不是其中的一部分不能肯定，请核对。",
    ),
    "parts_within": Telling(
        holds="{formula}，没有超过总数{stated}。",
        fails="{formula}，各部分之和超过了总数{stated}。",
        possible="{formula}，各部分之和超过了总数{stated}；是不是它的部分不能肯定，请核对。",
    ),
    "grim": Telling(
        holds="总数是整数，按{a}平均可以得出{stated}。",
        fails="总数是整数，按{a}平均得不出{stated}，最接近的是{value}。",
        possible="总数是整数，按{a}平均得不出{stated}，最接近的是{value}；"
        "是不是按{a}平均不能肯定，请核对。",
    ),
    "grim_rate": Telling(
        holds="答卷的份数是整数，{a}里可以得出{stated}。",
        fails="答卷的份数是整数，{a}里不论几份都得不出{stated}，最接近的是{value}。",
        possible="答卷的份数是整数，{a}里不论几份都得不出{stated}，最接近的是{value}；"
        "是不是按{a}算的不能肯定，请核对。",
    ),
    "up": _DIRECTION,
    "down": _DIRECTION,
    "above": Telling(
        holds="{stated}不小于{a}，与文中说的一致。",
        fails="{stated}小于{a}，与文中说的正好相反。",
        possible="{stated}小于{a}，与文中说的像是相反；文中比的是不是这两个数不能肯定，请核对。",
    ),
    "below": Telling(
        holds="{stated}不大于{a}，与文中说的一致。",
        fails="{stated}大于{a}，与文中说的正好相反。",
        possible="{stated}大于{a}，与文中说的像是相反；文中比的是不是这两个数不能肯定，请核对。",
    ),
    "bounded": Telling(
        holds="{stated}没有超过100%。",
        fails="这样的率不会超过100%，文中写的却是{stated}。",
        possible="这样的率一般不会超过100%，文中写的是{stated}，请核对。",
    ),
    "rate_growth": Telling(
        holds=_USUAL.holds,
        fails="{formula}，文中写的是{stated}；如果说的是两个率相差多少，单位应是“个百分点”。",
    ),
    "school_year": Telling(
        holds="{a}和{stated}是前后相连的两年。",
        fails="学年应是前后相连的两年，文中写的是{a}和{stated}。",
    ),
    "title_year": Telling(
        holds="标题和正文写的都是{stated}。",
        fails="标题写的是{stated}，正文多处写的是{a}，请核对。",
    ),
}
"""By relation; the first one is of all others."""


class Spoken(Record):
    """What the templates of one relation are filled from."""

    tested: Tested
    style: Style
    terms: tuple[str, ...]
    formula: str
    stated: str
    value: str


def _net(one: Spoken) -> str:
    down = one.tested.candidate.stated.sign < 0
    signs = ("－" if (term.sign < 0) != down else "＋" for term in one.tested.candidate.terms)
    return "".join(map("".join, zip(signs, one.terms, strict=True))).removeprefix("＋")


def _parts(one: Spoken) -> str:
    parts = joined("＋", one.terms[:-1])
    return say("（{sum}）", sum=parts) if len(one.terms[:-1]) > 1 else parts


def _weighted(one: Spoken) -> str:
    pairs = zip(one.terms[::2], one.terms[1::2], strict=False)
    return joined("＋", [f"{weight}×{value}" for weight, value in pairs])


def _other(one: Spoken) -> str:
    """Say the same number elsewhere, in the unit of this place if it is told in another.

    Where only the word for the unit differs, that says nothing.
    """
    other, value = one.terms[0], one.value
    if other.startswith(_NOT_DIGITS.sub("", value)) or value == one.stated:
        return other
    return say("{other}（即{value}）", other=other, value=value)


def _times(one: Spoken) -> str:
    extra = one.tested.candidate.extra
    return say("×{n}", n=extra) if extra > 1 else ""


VALUES: Final[dict[str, Callable[[Spoken], str | int]]] = {
    "a": lambda one: one.terms[0],
    "b": lambda one: one.terms[1],
    "sum": lambda one: joined("＋", one.terms),
    "product": lambda one: joined("×", one.terms),
    "net": _net,
    "times": _times,
    "weights": lambda one: joined("＋", one.terms[::2]),
    "weighted": _weighted,
    "parts": _parts,
    "last": lambda one: one.terms[-1],
    "extra": lambda one: one.tested.candidate.extra,
    "other": _other,
    "formula": lambda one: _filled(one.formula, one),
    "stated": lambda one: one.stated,
    "value": lambda one: one.value,
    "low": lambda one: one.style.write(one.tested.computed.low),
    "high": lambda one: one.style.write(one.tested.computed.high),
}
"""What a template may name: its numbers in order, all of them added, what comes out…"""


@cache
def named(template: str) -> frozenset[str]:
    """Give the names in a template."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _filled(template: str, one: Spoken) -> Sentence:
    return Sentence(template, {name: VALUES[name](one) for name in named(template)})


def told(reading: Reading, one: Chosen) -> tuple[Sentence, Sentence | None]:
    """Give the sentence and, where something is wrong and one value would mend it, the advice."""
    candidate = one.tested.candidate
    relation = RELATIONS[candidate.relation]
    fallen = candidate.stated.sign < 0 and relation.falling
    stated = reading.said(candidate.stated)
    style = style_of(candidate.stated, stated, reading.lexicon.units)
    spoken = Spoken(
        one.tested,
        style,
        tuple(said_of(term, reading.said(term)) for term in candidate.terms),
        relation.falling if fallen else relation.formula,
        said_of(candidate.stated, stated),
        _told_apart(
            style, one.tested.computed.middle, stated if one.verdict != "consistent" else ""
        ),
    )
    telling = TELLINGS.get(candidate.relation, _USUAL)
    certain = one.verdict in {"consistent", "rounding", "inconsistent"}
    sentence = _filled(telling.of(one.tested, certain=certain), spoken)
    return sentence, None if one.tested.holds else advice(one.tested, style, stated, reading)


def _told_apart(style: Style, value: Amount, stated: str) -> str:
    """Write a value with as many decimals as the text has, or more.

    More where it would look the same or be told as another: 1.5 is not written 2 beside 3.
    """
    for more in range(MORE):
        text = style.write(value, more)
        if text != stated and (not stated or _is_close(style, value, more)):
            return text
    return style.write(value, MORE)


def _is_close(style: Style, value: Amount, more: int) -> bool:
    off = abs(to_step(value, style.step() / 10**more) - value)
    return isinstance(style, RatioStyle) or off <= abs(value) * CLOSE
