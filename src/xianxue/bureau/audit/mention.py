"""A mention: one number of the text with all that the grammar has found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xianxue.bureau.records.audited import NumberForm

Part = Literal["level", "delta", "growth", "points", "rate", "prior", "gap", "each", "other"]
"""What a number is in its sentence.

An amount, a change, a change in per cent, a change of a rate in points, a rate, the amount of an
earlier year, a distance from something, an amount for each of many, something else.
"""


@dataclass(slots=True, eq=False)
class Mention:
    """One number; filled in step by step while a text is read, and never shown to anybody.

    Values are whole numbers of 10⁻¹² (``numerals.ONE``); a year's value is the year itself.
    """

    start: int
    end: int
    form: NumberForm
    value: int = 0
    low: int = 0
    high: int = 0
    step: int = 0
    """One unit of the last printed digit."""
    unit: str = ""
    dim: str = ""
    whole: bool = False
    """Whether what is counted cannot be halved."""
    about: bool = False
    """Whether a word such as 余, 近, 约 stands at it."""
    index: int = 0
    doc: int = 0
    para: int = 0
    sent: int = 0
    year: int = 0
    """The year that was named last in its paragraph; 0 where none was."""
    depth: int = 0
    """How many brackets it stands in."""
    owner: int = -1
    """Index of the number before the innermost bracket."""
    gap: str = ""
    """Everything between the number before it and itself."""
    sep: str = ""
    """The last sign that parts it from what went before."""
    lead: str = ""
    """The words of its own clause before it."""
    after: str = ""
    """The characters right behind it."""
    head: str = ""
    """The lead without verbs and adverbs: what the number is of."""
    part: Part = "other"
    sign: int = 0
    """1 for more, -1 for less, 0 where nothing is said."""
    since: str = ""
    """What a change is measured against; ``prev`` for the year before."""
    reached: bool = False
    """Whether a change reached it: 增加到5000人."""
    excess: bool = False
    """Whether it is told as going beyond a norm: 超载21%."""
    core: str = ""
    """What is measured, where a word for it is known: 在校生."""
    subject: str = ""
    """Of whom: 初中."""
    series: int = -1
    """Which «分别» series it belongs to."""
    column: bool = False
    """Whether it stands in a table."""
