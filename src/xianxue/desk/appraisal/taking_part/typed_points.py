"""Points as people type them into a page: read exactly, or complained of."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.appraisal.doing import complain

_POINTS: Final = re.compile(r"[+-]?\d{1,6}(\.\d{1,6})?")
_LONGEST: Final = 20


def points_typed(text: str) -> Fraction | None:
    """Read points; None where nothing was typed, ComplaintsError where it is no number.

    >>> points_typed("８．５"), points_typed(" "), points_typed("-2 分")
    (Fraction(17, 2), None, Fraction(-2, 1))
    """
    said = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    if not said:
        return None
    if not _POINTS.fullmatch(said):
        saw = say("“{text}”不是分数", text=text.strip()[:_LONGEST])
        raise complain("P-NUMBER", saw, say("写数字，如 8 或 8.5"))
    return Fraction(said)
