"""Workbooks that are written as every program in use writes them: their tabs and their cells.

They are read from what the guard has unpacked and taken apart anyway, without a second pass; what
is written otherwise is left to the library. Both ways give the same, cell by cell, which
tests/returns/test_usual.py holds over workbooks of several programs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final
from zipfile import ZipInfo

from xianxue.bureau.returns.files.tab_parts import parts_of_tabs
from xianxue.bureau.returns.files.usual_cells import UsualSheet
from xianxue.bureau.returns.files.usual_texts import UnusualError, shared_texts
from xianxue.bureau.returns.sheets.grid import Grid

TYPES: Final = "[Content_Types].xml"
ROOT: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
STYLES: Final = "xl/styles.xml"
_BYTES_A_SIGN: Final = 4
"""At most, as texts are kept."""
_RELATED: Final = b"</Relationships>"
SHARED: Final = "xl/sharedStrings.xml"
_PACKAGE: Final = ((TYPES, b"</Types>"), (ROOT, _RELATED), (RELATIONS, _RELATED))
_SHEETS = re.compile(rb"<sheets>((?:<sheet (?:[\w:]+=\"[^\"<>]*\"\s*)+/>)+)</sheets>")


class UsualBook:
    """The tabs of a workbook, and those of their cells that are written as usual."""

    def __init__(
        self, tabs: Mapping[str, str], sheets: Mapping[str, UsualSheet], shared: list[str]
    ) -> None:
        self._tabs = tabs
        self._sheets = sheets
        self._shared = shared

    @property
    def tabs(self) -> list[str]:
        """The names of the sheets, in order."""
        return list(self._tabs)

    @property
    def most_text(self) -> int:
        """The bytes that its texts come to at most: if each cell showed the longest one."""
        longest = max(map(len, self._shared), default=0) * _BYTES_A_SIGN
        return longest * sum(len(sheet.cells) for sheet in self._sheets.values())

    def cells(self, tab: str) -> Grid | None:
        """Give a sheet's cells from A1 on; None where it has to be read otherwise."""
        sheet = self._sheets.get(self._tabs.get(tab, ""))
        if sheet is None:
            return None
        try:
            return sheet.grid(self._shared)
        except IndexError:
            return None


def usual_book(
    parts: Mapping[str, bytes], entries: Sequence[ZipInfo], sheets: Mapping[str, UsualSheet]
) -> UsualBook | None:
    """Give a workbook's usual sheets, by their tabs; None where the workbook itself is unusual."""
    tabs = _tabs(parts)
    if not tabs or not set(tabs.values()) <= parts.keys():
        return None
    texts = [name for name in parts if name.lower().endswith("sharedstrings.xml")]
    if texts not in ([], [SHARED]):
        return None
    # What is damaged is for the library to complain of.
    read = {TYPES, ROOT, WORKBOOK, RELATIONS, STYLES, SHARED, *sheets}
    if any(zlib.crc32(parts[one.filename]) != one.CRC for one in entries if one.filename in read):
        return None
    try:
        return UsualBook(tabs, sheets, shared_texts(parts[SHARED]) if texts else [])
    except UnusualError:
        return None


def _tabs(parts: Mapping[str, bytes]) -> dict[str, str] | None:
    workbook = parts.get(WORKBOOK, b"")
    # Without these the library knows no workbook, and nobody else does.
    if not all(parts.get(name, b"").rstrip().endswith(end) for name, end in _PACKAGE):
        return None
    return parts_of_tabs(parts) if _has_usual_tabs(workbook) else None


@lru_cache(maxsize=64)
def _has_usual_tabs(workbook: bytes) -> bool:
    found = _SHEETS.findall(workbook)
    if len(found) != 1 or b"&#" in found[0] or b"<!" in workbook:
        return False
    names = re.findall(rb' name="([^"]+)"', found[0])
    number = found[0].count(b"<sheet ")
    whole = workbook.rstrip().endswith(b"</workbook>") and workbook.count(b"<sheets>") == 1
    return whole and len(names) == len(set(names)) == number
