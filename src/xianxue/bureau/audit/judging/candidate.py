"""A candidate: a relation between numbers that the author may have meant, before it is tested."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import Record


class Candidate(Record):
    """One way to read a relation: its numbers by their roles, and what speaks for the reading."""

    relation: str
    """Its name in ``relations.RELATIONS``."""
    stated: Quantity
    """The number that the others are held against."""
    terms: tuple[Quantity, ...]
    """In the order of the relation's roles."""
    cues: tuple[str, ...]
    """What makes it likely or unlikely that this is meant; never whether the numbers fit."""
    extra: int = 0
    """What a relation needs beside its numbers: years between two of them, places in a list."""


class Range(Record, gc=False):
    """What a number may be: its bounds, and the value of the digits as printed."""

    low: Fraction
    high: Fraction
    middle: Fraction

    @classmethod
    def of(cls, one: Quantity) -> Range:
        """Take the bounds of a number, in steps of 10⁻¹²."""
        return cls(Fraction(one.low), Fraction(one.high), Fraction(one.value))

    @classmethod
    def exactly(cls, value: int | Fraction) -> Range:
        """Give what is known without doubt."""
        exact = Fraction(value)
        return cls(exact, exact, exact)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high, self.middle + other.middle)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low, self.middle - other.middle)

    def __mul__(self, other: Range) -> Range:
        """Multiply; neither is below nought."""
        return Range(self.low * other.low, self.high * other.high, self.middle * other.middle)

    def __truediv__(self, other: Range) -> Range:
        """Divide by what is above nought."""
        return Range(self.low / other.high, self.high / other.low, self.middle / other.middle)

    def times(self, factor: int | Fraction) -> Range:
        """Multiply by what is known without doubt and not below nought."""
        return Range(self.low * factor, self.high * factor, self.middle * factor)
