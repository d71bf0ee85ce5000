"""A list as a workbook: complete, codes as text, numbers as numbers, nothing to be run."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.record import Record


class Sheet(Record):
    """One sheet: its title, heads and rows in the reader's words."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def workbook_of(*sheets: Sheet) -> bytes:
    """Write lists as a workbook, each on a sheet of its own."""
    return write_lists([(one.title, one.heads, one.rows) for one in sheets])
