"""What an amount can sensibly be beside the size of its place, with nothing else known.

Last year and schools alike say what is unusual (``unusual.py``); these bounds need neither. They
say what no school has: a thousand books for each pupil, a class without a room, no girl among
ninety pupils.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.values.sentence import Sentence


class Sensible(Card, frozen=True, kw_only=True):
    """One rule: its fields, what they are measured by, and between which bounds they lie.

    An amount is at most ``at_most`` times the size and ``allow`` more, and at least ``at_least``
    times the size and ``allow`` less. Where the size or the amount is not known it is not judged.
    """

    sensible: str
    """The id, unique among the checks of the form; it becomes the code of the issue."""
    term: Sentence
    """The rule in one Chinese sentence, with its bound."""
    fields: list[str]
    """``sheet.field`` each, of one dimension; each is judged by itself."""
    by: Literal["row", "stage", "return"] = "return"
    """Each row by itself, each stage, or everything the return says of a field."""
    per: list[str | Term] = []
    """What the size is: pupils, classes, teachers; empty for bounds that hold for any place."""
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    allow: Decimal = Decimal(0)
    """What is harmless whatever the size: one child more in a point of nine is no matter."""
    severity: Severity = Severity.EXPLAIN
    do: Sentence
    valid_from: date = msgspec.field(name="from")
    valid_to: date | None = msgspec.field(name="to", default=None)
    source: Cited
