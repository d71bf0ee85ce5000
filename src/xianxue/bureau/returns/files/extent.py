"""How much a reader would have to hold of an unpacked workbook: the rectangles and the texts.

A reader keeps the whole rectangle from A1 to a sheet's last cell, so one cell in the last row of
an otherwise blank sheet costs a million. Nearly all workbooks are far below every bound, whatever
program saved them; so a bound that is quick to find and never too low comes first, and only what
exceeds it is counted exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from xianxue.bureau.returns.files.bounds import MOST_CELLS, MOST_IN_ALL, MOST_TEXT
from xianxue.bureau.returns.files.refusal import too_big
from xianxue.bureau.returns.files.tab_parts import parts_of_tabs
from xianxue.bureau.returns.sheets.layout import column_of
from xianxue.bureau.values.sentence import say

_FAR_ROWS: Final = 1000
_FAR_COLUMNS: Final = 26
"""Rows 1 to 999 and columns A to Z come to 25,974 cells, a fortieth of what is allowed: only cells
beyond are looked at one by one."""
_BEYOND = re.compile(
    rb'<c(?! r="(?:[A-Za-z]\d{1,3}"|[A-Za-z]+\d{1,9}" s="\d+" ?/>))(?: r="([A-Za-z]+\d{1,9})")?'
)
"""A cell that may reach far: its address, or nothing where it has none in the usual place.

Passed by are cells up to Z999, and far ones that are styled and blank: LibreOffice writes a
thousand of them where a column has a format, and the reader makes no room for them. Whatever else
a cell may be is taken for content, so what is counted by this is never too little. It is one pass
that makes no object for a cell passed by: walking over every cell cost 20 milliseconds for a
workbook saved by LibreOffice, this costs half of one. It begins with plain letters so that it is
searched for as fast as a text.
"""
_LONGEST_ADDRESS: Final = 12
"""Letters and digits: the last cell a spreadsheet has is XFD1048576. Longer digits would only make
Python compute with huge numbers."""
_DIGITS: Final = b"0123456789"
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PREFIXED_CELL = re.compile(rb"<\w+:c[\s/>]")
_OPENING = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d{1,9})["']""")

_SHORTEST_CELL: Final = 20
"""Bytes that a cell with a shared text has at least: `<c t="s"><v>0</v></c>` has one more."""
_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
"""Where a shared text begins."""
_INDEX = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(\d{1,9})\s*<")
"""A cell's number: of a shared text, as far as is asked here."""


def check_extents(
    parts: Mapping[str, bytes], cells: Mapping[str, bytes], spans: Mapping[str, int] | None = None
) -> None:
    """Refuse a workbook whose sheets' cells span rectangles too large to hold.

    ``parts`` are the unpacked contents by name, ``cells`` what is there of each sheet's cells, and
    ``spans`` how many cells those sheets come to that have been taken apart already.
    """
    counted = spans or {}
    for name, span in counted.items():
        if span > MOST_CELLS:
            _spanned(parts, name, parts[name])
    at_most = known = sum(counted.values())
    for name, xml in cells.items():
        reach = _at_most(xml)
        # What looks too large is counted exactly before anybody is refused.
        at_most += reach if reach <= MOST_CELLS else _spanned(parts, name, xml)
    if at_most > MOST_IN_ALL:
        spanned = known + sum(_spanned(parts, name, xml) for name, xml in cells.items())
        if spanned > MOST_IN_ALL:
            n = len(cells) + len(counted)
            raise too_big(say("{n} 张表一共排了 {spanned} 格", n=n, spanned=spanned))


def check_texts(parts: Mapping[str, bytes], everything: bytes) -> None:
    """Refuse a workbook whose cells come to too much text: one long text may stand in each.

    ``everything`` is all sheets' cells one after another.
    """
    # Any part of that name, however it is spelt: which one is used is said elsewhere in the file.
    shared = b"".join(
        [xml for name, xml in parts.items() if name.lower().endswith("sharedstrings.xml")]
    )
    # The worst would be the longest text in every cell: nearly always that is little enough, and
    # then nobody has to count which cell shows which text.
    longest = _longest_text(shared)
    if longest * (len(everything) // _SHORTEST_CELL) <= MOST_TEXT:
        return
    if longest * (everything.count(b"<v") + everything.count(b":v")) <= MOST_TEXT:
        return
    starts = [found.start() for found in _TEXT.finditer(shared)]
    lengths = [after - at for at, after in zip(starts, [*starts[1:], len(shared)], strict=True)]
    used = Counter(_INDEX.findall(everything))
    total = sum(
        lengths[int(number)] * often for number, often in used.items() if int(number) < len(lengths)
    )
    if total > MOST_TEXT:
        raise too_big(say("各格的文字合起来有 {n} MB", n=total // 2**20), MOST_TEXT)


def _longest_text(shared: bytes) -> int:
    """Give the bytes of the longest shared text, or more."""
    if b":si" in shared:
        return len(shared)
    # What stands between two openings is a text and its tags; split copies at the speed of memory.
    return max(map(len, shared.split(b"<si")))


def _at_most(xml: bytes) -> int:
    """Give what a sheet's cells span at most, or one too many where they have to be walked over.

    A cell without an address stands behind the one before it: that needs the walk, and so does
    whatever else is not written as the programs in use write it.
    """
    beyond = _BEYOND.findall(xml)
    if b"" in beyond or (b":" in xml and _PREFIXED_CELL.search(xml) is not None):
        return MOST_CELLS + 1
    if max(map(len, beyond), default=0) > _LONGEST_ADDRESS:
        return MOST_CELLS + 1
    letters = {address.rstrip(_DIGITS) for address in beyond}
    rows = max((int(address.lstrip(_LETTERS)) for address in beyond), default=0)
    columns = max((column_of(one.upper()) for one in letters), default=0)
    return max(rows, _FAR_ROWS - 1) * max(columns, _FAR_COLUMNS)


def _spanned(parts: Mapping[str, bytes], name: str, xml: bytes) -> int:
    """Count the cells of the rectangle that a sheet's cells span; refuse one too large."""
    rows, columns = _extent(xml)
    if rows * columns > MOST_CELLS:
        tab = next((tab for tab, at in parts_of_tabs(parts).items() if at == name), "")
        raise too_big(
            say("内容一直排到第 {rows} 行、第 {columns} 列", rows=rows, columns=columns), sheet=tab
        )
    return rows * columns


def _extent(xml: bytes) -> tuple[int, int]:
    """Count how far a sheet's cells reach, as its reader would."""
    row = column = last_row = last_column = 0
    for found in _OPENING.finditer(xml):
        attributes = found[2]
        reference = _REFERENCE.search(attributes)
        if found[1] == b"row":
            row = int(reference[2]) if reference else row + 1
            column = 0
            continue
        if reference:
            column, row = column_of(reference[1].upper()), int(reference[2])
        else:
            column += 1
        # A styled cell without content closes itself and takes no room in the reader.
        if not attributes.endswith(b"/"):
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column
