"""What a workbook brings along besides its answers, so that it can be judged away from the bureau.

The bureau put it there when it made the template; the clerk adds what he explains. None of it is
an answer, and none of it is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.values.record import Record, field


class PeerGroup(Record):
    """Schools whose values for one rule, field and row are compared with each other."""

    rule: str
    field: str
    row: str
    """Empty for a total, and in a record."""
    school_type: str
    """Empty where schools of every type are compared."""
    size: int
    """The number of the size, from 0."""


class Norm(Record):
    """What the other schools of a group come to; which school said what is not in it."""

    count: int
    middle: Fraction
    """Their median, in whole units."""
    spread: Fraction
    """The median of their distances from it (MAD)."""
    mean: Fraction
    """The mean of their distances from it."""


class Said(Record):
    """What a clerk wrote beside a finding, in the workbook itself."""

    rule: str
    about: str
    """``sheet.row.field``, as explanations name it."""
    value: str
    """What the finding spoke of when the sheet was made."""
    text: str


class Brought(Record):
    """What stands in a workbook's hidden sheet, and on the clerk's sheet of explanations."""

    last: Mapping[str, tuple[Row, ...]] | None = None
    """Last year's values that rules look at, by sheet; None where there was no return."""
    norms: Mapping[PeerGroup, Norm] | None = None
    """Those of last year that the school may fall into; None where the bureau had none."""
    explained: tuple[Explanation, ...] = ()
    """What was explained before the template was made."""
    said: tuple[Said, ...] = field(default=())
