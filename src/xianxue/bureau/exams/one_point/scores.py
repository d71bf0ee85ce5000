"""What a row of a one-point table is of: a score, or all from one score to another."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain

_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_ONE: Final = re.compile(f"{_NUMBER}分?")
_BETWEEN: Final = re.compile(f"{_NUMBER}分?[-—–－~～至到]+{_NUMBER}分?")
_UP: Final = re.compile(
    f"(?:[≥>]=?{_NUMBER}分?|{_NUMBER}分?(?:(?:及|\\(含\\))?以上(?:\\(含\\))?|\\+))"
)
_DOWN: Final = re.compile(f"(?:[≤<]=?{_NUMBER}分?|{_NUMBER}分?(?:及|\\(含\\))?以下(?:\\(含\\))?)")


class Span(Record):
    """The scores of a row, both ends with it; an end that the table leaves open is None."""

    low: Decimal | None
    high: Decimal | None

    @property
    def one(self) -> bool:
        """Whether it is a single score."""
        return self.low is not None and self.low == self.high


def span_of(text: str) -> Span | None:
    """Read the scores of a row; None where it says none.

    >>> span_of("695-750")
    Span(low=Decimal('695'), high=Decimal('750'))
    >>> span_of("700分以上"), span_of("100及以下"), span_of("I 8899")
    (Span(low=Decimal('700'), high=None), Span(low=None, high=Decimal('100')), None)
    """
    said = "".join(unicodedata.normalize("NFKC", text).split())
    if found := _ONE.fullmatch(said):
        return Span(Decimal(found[1]), Decimal(found[1]))
    if found := _BETWEEN.fullmatch(said):
        low, high = sorted((Decimal(found[1]), Decimal(found[2])))
        return Span(low, high)
    if found := _UP.fullmatch(said):
        return Span(Decimal(found[1] or found[2]), None)
    if found := _DOWN.fullmatch(said):
        return Span(None, Decimal(found[1] or found[2]))
    return None


def points(score: Decimal) -> str:
    """Write a score: 521, 521.5."""
    return plain(Fraction(score))


def whole_of(text: str) -> int | None:
    """Read a number of people; None where it is none.

    >>> whole_of("681,127"), whole_of("12.0"), whole_of("I 8899"), whole_of("-3"), whole_of("")
    (681127, 12, None, None, None)
    """
    said = unicodedata.normalize("NFKC", text).strip().removesuffix("人")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", said):
        said = said.replace(",", "")
    found = re.fullmatch(r"(\d+)(?:\.0+)?", said)
    return int(found[1]) if found else None
