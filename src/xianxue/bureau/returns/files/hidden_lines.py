"""Rows and columns of a sheet that are not shown: hidden by hand, by a filter, or by an outline."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from xianxue.bureau.returns.files.tab_parts import attributes_of

_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ON: Final = frozenset({"1", "true"})
_WIDEST: Final = 16384
"""Columns of a sheet."""


class Hidden(NamedTuple):
    """What is not shown, counted from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def hidden_in(xml: bytes) -> Hidden:
    """Find the hidden rows and columns of a new workbook's sheet.

    >>> found = hidden_in(b'<cols><col min="2" max="3" hidden="1"/></cols><row r="5" hidden="1">')
    >>> sorted(found.rows), sorted(found.columns)
    ([4], [1, 2])
    """
    # Nearly all sheets hide nothing: one look is enough.
    if b"hidden" not in xml and b'ht="0"' not in xml and b'width="0"' not in xml:
        return Hidden()
    rows: set[int] = set()
    before = 0
    for found in _ROW.finditer(xml):
        said = attributes_of(found[1])
        before = int(said["r"]) if said.get("r", "").isdecimal() else before + 1
        if said.get("hidden") in _ON or said.get("ht") == "0":
            rows.add(before - 1)
    columns: set[int] = set()
    for found in _COLUMN.finditer(xml):
        said = attributes_of(found[1])
        first, last = said.get("min", ""), said.get("max", "")
        shut = said.get("hidden") in _ON or said.get("width") == "0"
        if shut and first.isdecimal() and last.isdecimal():
            columns |= set(range(int(first) - 1, min(int(last), _WIDEST)))
    return Hidden(frozenset(rows), frozenset(columns))
