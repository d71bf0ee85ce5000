"""A token: one number as it is being read; frozen into a quantity before anybody asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from xianxue.bureau.records.audited import NumberForm


@dataclass(slots=True, eq=False)
class Token:
    """One number while it is read; never seen outside the reading.

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
    cell: bool = False
    """Whether it stands in a table."""
    sign: int = 0
    """For a ratio, which side is the one: -1 the left, 1 the right."""
