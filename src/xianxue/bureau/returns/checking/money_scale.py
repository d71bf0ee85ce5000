"""Amounts of money that look as if they were given in ten thousands where yuan are asked.

Asked about, never converted: what stands in the cell is what counts until the clerk mends it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.values.sentence import say

# 万元 for 元, as in the comparison with last year.
_TEN_THOUSAND: Final = 10_000
_NEARLY: Final = 5
"""Schools alike differ by up to this factor; ten thousand times it is another matter."""


def in_ten_thousands(field: Field, value: Fraction, usual: Fraction) -> bool:
    """Whether an amount of money is about a ten-thousandth of what is usual.

    >>> funds = Field(field="x", term="x", type="measure", unit="yuan")
    >>> in_ten_thousands(funds, Fraction(85), Fraction(700_000))
    True
    >>> in_ten_thousands(funds, Fraction(850_000), Fraction(700_000))
    False
    """
    # Only money is told in ten thousands; a ratio to nothing is none.
    if field.measured_in.dimension != "money" or value <= 0:
        return False
    ratio = usual / value
    return Fraction(_TEN_THOUSAND, _NEARLY) <= ratio <= _TEN_THOUSAND * _NEARLY


def meant_in_yuan(text: str, whole: Fraction) -> str:
    """Suggest what an amount would be in yuan.

    >>> meant_in_yuan("85", Fraction(85))
    '只有同类学校的约万分之一，是不是把万元填进了要求元的格子？如果 85 是万元，请改为 850000。'
    """
    yuan = whole * _TEN_THOUSAND
    meant = str(yuan.numerator) if yuan.denominator == 1 else f"{float(yuan):.2f}"
    ask = say("只有同类学校的约万分之一，是不是把万元填进了要求元的格子？")
    return say("{ask}如果 {text} 是万元，请改为 {meant}。", ask=ask, text=text, meant=meant)
