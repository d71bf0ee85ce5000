"""What a reader is told of a relation: its formula, what the text says, and what would be right.

A formula is declared with its relation (``judging/relations.py``); the sentence around it is made
here, one builder for those that need another than the usual one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Final

from xianxue.bureau.audit.judging.choosing import Chosen
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.audit.telling.advice import advice
from xianxue.bureau.audit.telling.wording import RatioStyle, Style, said_of, style_of, to_step
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

NAMES: Final = ("a", "b", "c")
"""What a formula calls the first numbers of its relation."""
_NOT_DIGITS: Final = re.compile("[^0-9.]")
MORE: Final = 3
"""Decimals more, at most, until what is computed can be told from what is printed."""


CLOSE: Final = Fraction(1, 20)
"""What is written of a computed value is within a twentieth of it."""


class Parts(Record):
    """What a sentence is made of."""

    formula: Sentence
    stated: str
    value: str
    low: str
    high: str
    terms: tuple[str, ...]
    words: str
    about: bool
    fit: str
    certain: bool


def told(reading: Reading, one: Chosen) -> tuple[Sentence, Sentence | None]:
    """Give the sentence and, where something is wrong and one value would mend it, the advice."""
    candidate, computed = one.tested.candidate, one.tested.computed
    stated = reading.said(candidate.stated)
    style = style_of(candidate.stated, stated, reading.lexicon.units)
    value = _told_apart(style, computed.middle, stated if one.verdict != "consistent" else "")
    parts = Parts(
        formula=_formula(reading, one, value),
        stated=said_of(candidate.stated, stated),
        value=value,
        low=style.write(computed.low),
        high=style.write(computed.high),
        terms=tuple(said_of(term, reading.said(term)) for term in candidate.terms),
        words=candidate.words,
        about=candidate.stated.about,
        fit=one.tested.fit,
        certain=one.verdict in {"consistent", "rounding", "inconsistent"},
    )
    sentence = _BUILDERS.get(candidate.relation, _usual)(parts)
    if one.tested.holds:
        return sentence, None
    return sentence, advice(one.tested, style, stated, reading)


def _told_apart(style: Style, value: Fraction, stated: str) -> str:
    """Write a value with as many decimals as the text has, or more.

    More where it would look the same or be told as another: 1.5 is not written 2 beside 3.
    """
    for more in range(MORE):
        text, step = style.write(value, more), style.step() / 10**more
        off = abs(to_step(value, step) - value)
        close = isinstance(style, RatioStyle) or off <= abs(value) * CLOSE
        if text != stated and (close or not stated):
            return text
    return style.write(value, MORE)


def _formula(reading: Reading, one: Chosen, value: str) -> Sentence:
    candidate = one.tested.candidate
    relation = RELATIONS[candidate.relation]
    template = relation.formula
    if candidate.stated.sign < 0 and relation.falling:
        template = relation.falling
    terms = [said_of(term, reading.said(term)) for term in candidate.terms]
    parts = joined("＋", terms[:-1])
    values: dict[str, str | int] = {
        **dict(zip(NAMES, terms, strict=False)),
        "sum": joined("＋", terms),
        "product": joined("×", terms),
        "net": "".join(
            f"{'－' if (term.sign < 0) != (candidate.stated.sign < 0) else '＋'}{said}"
            for term, said in zip(candidate.terms, terms, strict=True)
        ).removeprefix("＋"),
        "times": say("×{n}", n=candidate.extra) if candidate.extra > 1 else "",
        "list": joined("、", terms),
        "weights": joined("＋", terms[::2]),
        "weighted": joined(
            "＋", [f"{one}×{more}" for one, more in zip(terms[::2], terms[1::2], strict=False)]
        ),
        "parts": say("（{sum}）", sum=parts) if len(terms[:-1]) > 1 else parts,
        "last": terms[-1] if terms else "",
        "value": value,
        "extra": candidate.extra,
        "words": candidate.words,
    }
    return Sentence(template, values)


def _usual(parts: Parts) -> Sentence:
    formula, stated = parts.formula, parts.stated
    if parts.fit == "wide":
        return say(
            "{formula}，文中写的是{stated}；但参加计算的数舍入较粗，"
            "只能算到{low}至{high}之间，不能断定对错，请核对。",
            formula=formula,
            stated=stated,
            low=parts.low,
            high=parts.high,
        )
    if parts.fit == "fails" and parts.certain:
        return say("{formula}，文中写的却是{stated}。", formula=formula, stated=stated)
    if parts.fit == "fails":
        return say(
            "{formula}，文中写的是{stated}；这几个数是不是这样的关系不能肯定，请核对。",
            formula=formula,
            stated=stated,
        )
    if parts.about:
        return say("{formula}，文中写的约数{stated}与此相符。", formula=formula, stated=stated)
    if parts.fit == "rounding":
        return say(
            "{formula}，文中写的是{stated}，相差在四舍五入的范围内。",
            formula=formula,
            stated=stated,
        )
    return say("{formula}，与文中写的{stated}一致。", formula=formula, stated=stated)


def _same(parts: Parts) -> Sentence:
    other, stated = parts.terms[0], parts.stated
    known = other.startswith(_NOT_DIGITS.sub("", parts.value)) or parts.value == stated
    if not known:
        # In the unit of this place; where only the word for the unit differs, it says nothing.
        other = say("{other}（即{value}）", other=other, value=parts.value)
    if parts.fit == "fails" and parts.certain:
        return say(
            "同一个数，这里写的是{stated}，另一处写的却是{other}。", stated=stated, other=other
        )
    if parts.fit in {"fails", "wide"}:
        return say(
            "这里写的是{stated}，另一处写的是{other}；两处说的是不是同一个数不能肯定，请核对。",
            stated=stated,
            other=other,
        )
    return say("同一个数，这里写的{stated}与另一处写的{other}一致。", stated=stated, other=other)


def _count(parts: Parts) -> Sentence:
    value, stated = parts.value, parts.stated
    if parts.fit == "fails" and parts.certain:
        return say("文中说{stated}，列出的却是{value}。", stated=stated, value=value)
    if parts.fit == "fails":
        return say(
            "文中说{stated}，列出的像是{value}；是不是全部列出不能肯定，请核对。",
            stated=stated,
            value=value,
        )
    return say("文中说{stated}，列出的正是{value}。", stated=stated, value=value)


def _some_listed(parts: Parts) -> Sentence:
    value, stated = parts.value, parts.stated
    if parts.fit == "fails" and parts.certain:
        return say("文中说“等{stated}”，“等”之前却已列出{value}。", stated=stated, value=value)
    if parts.fit == "fails":
        return say(
            "文中说“等{stated}”，“等”之前像是已列出{value}；各项怎样划分不能肯定，请核对。",
            stated=stated,
            value=value,
        )
    return say("文中说“等{stated}”，“等”之前列出{value}，没有更多。", stated=stated, value=value)


def _at_most(parts: Parts) -> Sentence:
    part, whole = parts.stated, parts.terms[0]
    if parts.fit == "fails" and parts.certain:
        return say("{part}应是{whole}中的一部分，却超过了总数。", part=part, whole=whole)
    if parts.fit == "fails":
        return say(
            "{part}如果是{whole}中的一部分，就超过了总数；是不是其中的一部分不能肯定，请核对。",
            part=part,
            whole=whole,
        )
    return say("{part}是{whole}中的一部分，没有超过总数。", part=part, whole=whole)


def _parts_within(parts: Parts) -> Sentence:
    formula, whole = parts.formula, parts.stated
    if parts.fit != "fails":
        return say("{formula}，没有超过总数{whole}。", formula=formula, whole=whole)
    if parts.certain:
        return say("{formula}，各部分之和超过了总数{whole}。", formula=formula, whole=whole)
    return say(
        "{formula}，各部分之和超过了总数{whole}；是不是它的部分不能肯定，请核对。",
        formula=formula,
        whole=whole,
    )


def _grim(parts: Parts) -> Sentence:
    heads, stated, value = parts.terms[0], parts.stated, parts.value
    if parts.fit == "fails" and parts.certain:
        return say(
            "总数是整数，按{heads}平均得不出{stated}，最接近的是{value}。",
            heads=heads,
            stated=stated,
            value=value,
        )
    if parts.fit == "fails":
        return say(
            "总数是整数，按{heads}平均得不出{stated}，最接近的是{value}；"
            "是不是按{heads}平均不能肯定，请核对。",
            heads=heads,
            stated=stated,
            value=value,
        )
    return say("总数是整数，按{heads}平均可以得出{stated}。", heads=heads, stated=stated)


def _direction(parts: Parts) -> Sentence:
    before, after = parts.terms[0], parts.stated
    if parts.fit != "fails":
        return say("由{before}到{after}，与文中说的升降方向一致。", before=before, after=after)
    if parts.certain:
        return say("由{before}到{after}，与文中说的升降方向相反。", before=before, after=after)
    return say(
        "由{before}到{after}，与文中说的升降方向似乎相反；是不是前后两个数不能肯定，请核对。",
        before=before,
        after=after,
    )


def _above(parts: Parts) -> Sentence:
    stated, other = parts.stated, parts.terms[0]
    if parts.fit != "fails":
        return say("{stated}不小于{other}，与文中说的一致。", stated=stated, other=other)
    return _against(say("{stated}小于{other}", stated=stated, other=other), parts)


def _below(parts: Parts) -> Sentence:
    stated, other = parts.stated, parts.terms[0]
    if parts.fit != "fails":
        return say("{stated}不大于{other}，与文中说的一致。", stated=stated, other=other)
    return _against(say("{stated}大于{other}", stated=stated, other=other), parts)


def _against(found: Sentence, parts: Parts) -> Sentence:
    if parts.certain:
        return say("{found}，与文中说的正好相反。", found=found)
    return say("{found}，与文中说的像是相反；文中比的是不是这两个数不能肯定，请核对。", found=found)


def _bounded(parts: Parts) -> Sentence:
    if parts.fit != "fails":
        return say("{stated}没有超过100%。", stated=parts.stated)
    if parts.certain:
        return say("这样的率不会超过100%，文中写的却是{stated}。", stated=parts.stated)
    return say("这样的率一般不会超过100%，文中写的是{stated}，请核对。", stated=parts.stated)


def _rate_growth(parts: Parts) -> Sentence:
    if parts.fit != "fails":
        return _usual(parts)
    return say(
        "{formula}，文中写的是{stated}；如果说的是两个率相差多少，单位应是“个百分点”。",
        formula=parts.formula,
        stated=parts.stated,
    )


def _school_year(parts: Parts) -> Sentence:
    first, second = parts.terms[0], parts.stated
    if parts.fit != "fails":
        return say("{first}和{second}是前后相连的两年。", first=first, second=second)
    return say("学年应是前后相连的两年，文中写的是{first}和{second}。", first=first, second=second)


def _title_year(parts: Parts) -> Sentence:
    title, text = parts.stated, parts.terms[0]
    if parts.fit != "fails":
        return say("标题和正文写的都是{title}。", title=title)
    return say("标题写的是{title}，正文多处写的是{text}，请核对。", title=title, text=text)


_BUILDERS: Final[dict[str, Callable[[Parts], Sentence]]] = {
    "same": _same,
    "count": _count,
    "some_listed": _some_listed,
    "at_most": _at_most,
    "parts_within": _parts_within,
    "grim": _grim,
    "up": _direction,
    "down": _direction,
    "above": _above,
    "below": _below,
    "bounded": _bounded,
    "rate_growth": _rate_growth,
    "school_year": _school_year,
    "title_year": _title_year,
}
"""Relations whose sentence is another than the usual one."""


def outward(low: Fraction, high: Fraction) -> tuple[int, int]:
    """Round bounds outward to whole steps of 10⁻¹²."""
    return floor(low), ceil(high)
