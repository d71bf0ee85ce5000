"""A quantity: one number of the text with all that its sentence says of it, frozen."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.records.audited import NumberForm
from xianxue.bureau.values.record import Record

Role = Literal[
    "level", "rate", "delta", "growth", "points", "times", "more_times", "doubled",
    "ratio", "rank", "each", "gap", "other",
]  # fmt: skip
"""What a number is in its sentence: an amount; a rate; a change, in per cent, in points; so many
times an amount, more by so many times; twice as much, told without a number; a ratio; a place in
an order; an amount for each of many; a distance from a norm; something else (a year, a name)."""


class Quantity(Record, gc=False):
    """One number, as its sentence means it. Values are whole numbers of 10⁻¹²."""

    index: int
    start: int
    end: int
    form: NumberForm
    value: int
    low: int
    high: int
    step: int
    """One unit of the last printed digit."""
    unit: str = ""
    dim: str = ""
    whole: bool = False
    about: bool = False
    sign: int = 0
    """Of a change: 1 for more, -1 for less, 0 where nothing is said. Of a ratio: see ``Token``."""
    role: Role = "other"
    reached: bool = False
    """Whether a change reached it: 增加到5000人."""
    prior: bool = False
    """Whether it is of an earlier time: 由…, 上年的…, 比原来的…."""
    since: str = ""
    """What a change is measured against, in the words of the text; ``prev`` for the year before."""
    year: int = 0
    """The year it is of; 0 where none was said. 去年 is one less than the year that was named."""
    lead: str = ""
    """The words of its own clause before it."""
    after: str = ""
    """The characters right behind it, up to the next number or stop."""
    own: str = ""
    """What its own clause says it is of: the lead without verbs, adverbs and times."""
    noun: str = ""
    """What it is of; from an earlier clause where its own says nothing."""
    stop: str = ""
    """The signs between the number before it and itself that part clauses: «,», «;», «(»."""
    clause: int = 0
    """Counts the clauses of the text."""
    sentence: int = 0
    paragraph: int = 0
    document: int = 0
    depth: int = 0
    """In how many brackets it stands."""
    owner: int = -1
    """Index of the number before its innermost bracket, -1 without one."""
    run: int = -1
    """The list it stands in (several like quantities in a row, after one head); -1 without one."""
    place: int = 0
    """Its place in that list."""
    size: int = 1
    """How many members that list has."""
    cell: bool = False
    """Whether it stands in a table."""
