"""A return: what one school or county reported for one period, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from xianxue.bureau.records.brought import Brought
from xianxue.bureau.records.cells import Row


# No record: the same answers are the same return, whatever the file brought along besides, and a
# record compares all its fields (docs/decisions/records.md).
@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """One workbook as it was understood."""

    form: str
    version: str
    period: str
    place: str
    tables: dict[str, tuple[Row, ...]]
    """Sheet name to rows; a sheet that is not asked is absent."""
    file: str = ""
    """The name of the workbook, without its folder."""
    digest: str = field(default="")
    """SHA-256 of the workbook's bytes, in hexadecimal."""
    revision: int = 0
    """1 for the first accepted, 2 for its correction …; 0 while it is not accepted."""
    brought: Brought | None = field(default=None, compare=False, repr=False)
    """What the workbook brought along; no part of what was reported."""
    tabs: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """Sheet name to the tab it stood on, as the clerk has it named; empty where nobody looked."""
    foot: dict[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)
    """Who filled it in, who answers for it, when: what was written below the form. Kept with the
    return; no part of what was reported, and never shown by accident."""
