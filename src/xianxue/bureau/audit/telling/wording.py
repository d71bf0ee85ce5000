"""How numbers and bounds are written in a message: as the number of the text they are held to."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.audit.judging.candidate import Amount
from xianxue.bureau.audit.reading.numerals import DECIMALS, ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.telling.literal import decimals_of, scale_of
from xianxue.bureau.kinds.wordlist import UnitWords
from xianxue.bureau.values.record import Record

_WIDE: Final = Context(prec=80)
"""Wide enough for every number that is read, so that nothing is rounded on the way."""
_GREAT: Final = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
_FEW: Final = 2
"""Decimals of what is computed for a Chinese numeral, which shows none of its own."""
_TENTH: Final = 10
_ONES: Final = "一二三四五六七八九"
_SMALL: Final = 12
"""Sides of a reduced ratio are small: 3:2, 5:12."""
_NEAR: Final = 200
"""A reduced ratio stands for what is within one part in so many of it."""
_WHOLES: Final = (10, 100)
_COLON: Final = re.compile("[:：∶比]")


class Style(Record):
    """How a number of the text is printed, and so what is computed for it."""

    before: str
    after: str
    scale: int
    """Steps of 10⁻¹² in one of what is printed: 万元, 公顷."""
    decimals: int
    fixed: bool
    """Whether its decimals are printed also where they are nought: 25.0%."""
    grouped: bool = False
    """Whether its thousands are parted: 18,540."""

    def write(self, value: Amount, more: int = 0) -> str:
        """Write a value in this style, half up, with so many decimals more."""
        text = rounded(value.numerator, value.denominator * self.scale, self.decimals + more)
        if "." in text and not (self.fixed and not more):
            text = text.rstrip("0").rstrip(".")
        if self.grouped:
            whole, point, after = text.partition(".")
            text = f"{int(whole):,}{point}{after}"
        return f"{self.before}{text}{self.after}"

    def step(self) -> Fraction:
        """Give one unit of the last digit that it prints."""
        return Fraction(self.scale, 10**self.decimals)


class ToOneStyle(Style):
    """How a ratio is printed of which one side is 1: «1:13.5», «1.12:1»."""

    def write(self, value: Amount, more: int = 0) -> str:
        """Write the other side, and 1:2 instead of 0.5:1."""
        many = Fraction(ONE, value) if 0 < value < ONE else Fraction(0)
        if many and many.denominator == 1:
            sign = f"{self.before}{self.after}".strip("1")
            return f"{many}{sign}1" if self.before else f"1{sign}{many}"
        return super().write(value, more)


class RatioStyle(Style):
    """How a ratio is printed of which neither side is 1: «6:4» of ten, or «3:2» reduced."""

    whole: int = 0
    """What both sides make, where they are shares of ten or a hundred; else 0."""

    def write(self, value: Amount, more: int = 0) -> str:
        """Write both sides: shares of the same whole, small whole numbers, or so much to one."""
        ratio = Fraction(value, ONE)
        if self.whole:
            left = ratio / (1 + ratio) * self.whole
            places = self.decimals + more
            sides = [
                rounded(one.numerator, one.denominator, places) for one in (left, self.whole - left)
            ]
            return self.after.join(sides)
        small = ratio.limit_denominator(_SMALL)
        if abs(small - ratio) * _NEAR <= ratio:
            return f"{small.numerator}{self.after}{small.denominator}"
        return f"{rounded(ratio.numerator, ratio.denominator, _FEW + more)}{self.after}1"


class TenthsStyle(Style):
    """How 七成 is printed; what is no whole number of tenths is written in per cent."""

    def write(self, value: Amount, more: int = 0) -> str:
        """Write whole tenths in words, for nobody writes 7.5成."""
        tenths = Fraction(value, _TENTH * ONE)
        if tenths.denominator == 1 and 0 < tenths < _TENTH:
            return f"{_ONES[tenths.numerator - 1]}成"
        return super().write(value, more)


def said_of(one: Quantity, text: str) -> str:
    """Say a number as it stands, and a place in an order as one: 7 alone is any number."""
    if one.role != "rank":
        return text
    place = text.removeprefix("第")
    return f"第{place}名" if place[-1:].isnumeric() else f"第{place}"


def style_of(one: Quantity, text: str, units: dict[str, UnitWords]) -> Style:
    """Give the style in which a number is printed."""
    if one.role == "rank":
        return Style("第", one.unit or "名", ONE, 0, fixed=False)
    if one.role == "doubled":
        return Style("", "倍", ONE, _FEW, fixed=False)
    if one.cell and one.form != "ratio":
        return _in_a_cell(one, text)
    if one.form == "ratio" and one.dim != "part":
        return _ratio(one, text)
    if one.unit == "成":
        return TenthsStyle("", "%", ONE, 0, fixed=False)
    name, ones = magnitude(text)
    unit = units.get(one.unit)
    scale = int((unit.scale if unit is not None else 1) * ones * ONE)
    written = any(letter.isdigit() and letter.isascii() for letter in text)
    decimals = decimals_of(text) if written else _FEW
    grouped = "," in text
    return Style("", name + one.unit, scale, decimals, fixed=written, grouped=grouped)


def _in_a_cell(one: Quantity, text: str) -> Style:
    """Give the style of a number whose unit may stand in the head of its column."""
    digits = max(at for at, letter in enumerate(text) if letter.isdigit()) + 1
    decimals = decimals_of(text)
    return Style("", text[digits:].strip(), one.step * 10**decimals, decimals, fixed=True)


def magnitude(text: str) -> tuple[str, int]:
    """Find the 万 or 亿 a number is told in, in digits or in words, and how many ones it makes.

    >>> magnitude("57.74万元"), magnitude("一千零一十一亿元"), magnitude("96所")
    (('万', 10000), ('亿', 100000000), ('', 1))
    """
    zeros, name = scale_of(text)
    if name:
        return name, 10**zeros
    return next(((name, size) for name, size in _GREAT if name in text), ("", 1))


def _ratio(one: Quantity, text: str) -> Style:
    colon = _COLON.search(text)
    sides = _COLON.split(text)
    sign = colon[0] if colon else ":"
    if "1" not in sides:
        whole = sum(map(Fraction, sides))
        decimals = max(map(decimals_of, sides))
        shares = int(whole) if whole in _WHOLES else 0
        return RatioStyle("", sign, ONE, decimals if shares else _FEW, fixed=True, whole=shares)
    if one.sign < 0:
        return ToOneStyle(f"1{sign}", "", ONE, decimals_of(sides[-1]), fixed=True)
    return ToOneStyle("", f"{sign}1", ONE, decimals_of(sides[0]), fixed=True)


def decimal(value: int) -> Decimal:
    """Write steps of 10⁻¹² as a decimal number, exactly.

    >>> decimal(1_500_000_000_000)
    Decimal('1.5')
    >>> decimal(20 * 10**12)
    Decimal('20')
    """
    if not value % ONE:
        return Decimal(value // ONE)
    return Decimal(value).scaleb(-DECIMALS, _WIDE).normalize(_WIDE)


def to_step(value: Amount, step: Fraction) -> Fraction:
    """Round half up to a multiple of a step, as numbers are printed.

    >>> to_step(Fraction(5, 2), Fraction(1)), to_step(Fraction(1, 8), Fraction(1, 10))
    (Fraction(3, 1), Fraction(1, 10))
    """
    return (value / step + Fraction(1, 2)).__floor__() * step


def rounded(numerator: int, denominator: int, decimals: int) -> str:
    """Write a quotient with so many decimals, half up, by whole numbers alone.

    >>> rounded(2, 3, 2), rounded(-1, 8, 2), rounded(5, 1, 0)
    ('0.67', '-0.13', '5')
    """
    negative = (numerator < 0) != (denominator < 0) and numerator
    numerator, denominator = abs(numerator), abs(denominator)
    scaled = (2 * numerator * 10**decimals + denominator) // (2 * denominator)
    whole, rest = divmod(scaled, 10**decimals)
    sign = "-" if negative and scaled else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
