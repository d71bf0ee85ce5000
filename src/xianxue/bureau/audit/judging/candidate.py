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


Amount = int | Fraction
"""Steps of 10⁻¹²: whole as they are read, a fraction only where something was divided."""


class Range(Record, gc=False):
    """What a number may be: its bounds, and the value of the digits as printed."""

    low: Amount
    high: Amount
    middle: Amount

    @classmethod
    def of(cls, one: Quantity) -> Range:
        """Take the bounds of a number, in steps of 10⁻¹²."""
        return cls(one.low, one.high, one.value)

    @classmethod
    def exactly(cls, value: Amount) -> Range:
        """Give what is known without doubt."""
        return cls(value, value, value)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high, self.middle + other.middle)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low, self.middle - other.middle)

    def __mul__(self, other: Range) -> Range:
        """Multiply; neither is below nought."""
        return Range(self.low * other.low, self.high * other.high, self.middle * other.middle)

    def over(self, other: Range, one: Amount) -> Range:
        """Divide by what is above nought, counted in so many steps to one."""
        return Range(
            Fraction(self.low * one, other.high),
            Fraction(self.high * one, other.low),
            Fraction(self.middle * one, other.middle),
        )

    def times(self, factor: Amount) -> Range:
        """Multiply by what is known without doubt and not below nought."""
        return Range(self.low * factor, self.high * factor, self.middle * factor)
