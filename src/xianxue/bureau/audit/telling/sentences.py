"""What a reader is told of a relation: one sentence a verdict, the formula from its declaration."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from xianxue.bureau.audit.judging.choosing import Chosen
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.audit.telling.wording import shown
from xianxue.bureau.values.sentence import say


def told(reading: Reading, one: Chosen) -> tuple[str, str | None]:
    """Give the sentence and, where something is wrong, the advice."""
    candidate, computed = one.tested.candidate, one.tested.computed
    stated = reading.said(candidate.stated)
    value = shown(round(computed.middle), candidate.stated, stated)
    formula = _formula(reading, one, value)
    if one.verdict == "consistent":
        return say("{formula}，与所写的{stated}一致。", formula=formula, stated=stated), None
    if one.verdict == "rounding":
        sentence = say(
            "{formula}，与所写的{stated}在四舍五入范围内一致。", formula=formula, stated=stated
        )
        return sentence, None
    sentence = say("{formula}，所写的是{stated}。", formula=formula, stated=stated)
    return sentence, say("若其余各数都对，应为{value}。", value=value)


def _formula(reading: Reading, one: Chosen, value: str) -> str:
    candidate = one.tested.candidate
    terms = [reading.said(term) for term in candidate.terms]
    parts = "＋".join(terms[:-1])
    return RELATIONS[candidate.relation].formula.format(
        *terms,
        sum="＋".join(terms),
        product="×".join(terms),
        parts=f"（{parts}）" if len(candidate.terms[:-1]) > 1 else parts,
        last=terms[-1],
        value=value,
        extra=candidate.extra,
    )


def outward(low: Fraction, high: Fraction) -> tuple[int, int]:
    """Round bounds outward to whole steps of 10⁻¹²."""
    return floor(low), ceil(high)
