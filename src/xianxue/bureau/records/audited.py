"""What the auditor says of a text: its numbers, and a verdict on each relation between them.

Offsets count characters of the plain text that was audited, from 0; ``end`` is one past the last.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.values.record import Record

NumberForm = Literal[
    "cardinal", "percent", "points", "ratio", "range", "ordinal", "year", "date", "name", "mask"
]
"""How a number is meant. A name («985») and a mask («8xxxx») have no value."""

Judgement = Literal["consistent", "rounding", "inconsistent", "possible", "remark"]
"""Holds exactly; holds only within rounding; fails in every sensible reading; fails, but the
relation itself is uncertain; worth a look."""

RelationKind = Literal[
    "sum",
    "rate",
    "growth",
    "difference",
    "points",
    "product",
    "compare",
    "duplicate",
    "direction",
    "part_over_whole",
    "unit",
    "grim",
    "count",
]


class Number(Record, gc=False):
    """One number of the text as it was read."""

    text: str
    """As printed, with 万 or 亿 and its unit: «57.74万平方米»."""
    start: int
    end: int
    form: NumberForm
    value: Decimal | None
    """In the unit named (577400 平方米); per cent and points as printed; None: mask or name."""
    low: Decimal | None
    """The least it may stand for, by its printed digits and by words such as 余, 近, 约."""
    high: Decimal | None
    """The most it may stand for. A bound may be one only approached (近千人: below 1000)."""
    unit: str
    """The unit without 万 or 亿; empty where none is printed."""
    dimension: str = ""
    """Only numbers of one dimension are added; empty where there is no unit."""
    head: str = ""
    """The words before it that say what it is of."""
    approximate: bool = False


class Operand(Record, gc=False):
    """A number in its part of a relation."""

    text: str
    value: Decimal
    unit: str
    start: int
    end: int


class Computed(Record, gc=False):
    """What the other numbers allow, rounded outward where it cannot be written exactly."""

    low: Decimal
    high: Decimal


class Proof(Record):
    """One relation, and whether it holds."""

    verdict: Judgement
    kind: RelationKind
    quote: str
    start: int
    end: int
    stated: Operand
    """The number that the others are held against."""
    terms: tuple[Operand, ...]
    computed: Computed | None
    """None where nothing is computed (a count of listed items is a computed number)."""
    suggestion: str | None
    """In Chinese: which value would make it right, and which slips would explain it."""
    message: str
    """In Chinese, with the computation."""
    certainty: Decimal = Decimal(1)
    """How certain it is that the author meant this relation, from 0 to 1, by its words alone."""
    reason: str = ""
    """In Chinese: why the auditor believes that it is meant."""


class Audit(Record):
    """Everything said of one text."""

    text: str
    numbers: tuple[Number, ...]
    """In the order of the text, masks and names included."""
    findings: tuple[Proof, ...]
    """In the order of the stated numbers."""
    unrelated: tuple[Number, ...]
    """Numbers with a value that entered no relation."""
