"""Sheets that are written as every program in use writes them, taken apart in one pass.

A sheet is cut where cells begin. What stands between two cuts has mostly been seen before: at the
same address, with the same content, in another school's workbook. So it is looked up, and only
what is new is taken apart, once. Each piece must be understood to its last byte, or the whole
sheet is unusual and left to the library: a day, an error, a prefix, a cell without an address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import lt
from typing import Final, NamedTuple

from xianxue.bureau.returns.files.usual_styles import plain_styles
from xianxue.bureau.returns.files.usual_texts import (
    DECLARED,
    ESCAPED,
    TEXTS,
    UnusualError,
    unescaped,
)
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import column_of

MOST_KNOWN: Final = 30_000
"""Pieces remembered for one set of styles: a form has some thousand cells, with some ten contents
each. Forgotten all at once when it is full: at most 10 megabytes."""
_LARGEST: Final = 1024 * 1024
"""Bytes of a sheet that is looked at so: of larger ones, which no school fills in, all the pieces
would take more memory than the sheet."""

_CELL_OPENED: Final = b'<c r="'
_ROW: Final = rb'<row(?: [\w:]+="[^"<>]*")*'
_ROWS: Final = rb"(?:" + _ROW + rb"(?:/>|></row>))*"
_ADDRESS = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")
_CONTENT = re.compile(
    rb'(?: s="(\d{1,5})")?(?: t="(s|n|str|inlineStr)")?'
    rb"(?:(/>|></c>)|>"
    rb'(<f(?: \w+="[^"<>]*")*(?:/>|>[^<]*</f>))?'
    rb"(?:<v>([^<]*)</v>|<is>(<t[^<]*</t>)</is>)</c>)"
    rb"(?:</row>" + _ROWS + _ROW + rb">)?"
)
"""What stands behind an address: style, type, whether the cell is blank, formula, value, text; and
the rows up to the next cell."""
_HEAD = re.compile(DECLARED + rb"<worksheet[ >][^!]*<sheetData>" + _ROWS + _ROW + rb">")
_EMPTY_ROWS = re.compile(_ROWS)
_SHEET_DATA: Final = b"sheetData"
_DATA_END: Final = b"</sheetData>"
_ROW_END: Final = b"</row>"
_END: Final = b"</worksheet>"
_NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,20})?(?:E[+-]?\d{1,2})?")
_INDEX = re.compile(rb"\d{1,6}")

_SHIFT: Final = 14
_LAST_COLUMN: Final = 2**_SHIFT
_LAST_ROW: Final = 2**20
"""As far as any spreadsheet reaches."""

_UNKNOWN: Final = "\0"
"""Stands for a content that was not seen before: no cell can hold it."""

Piece = tuple[int, float | int | str] | tuple[()]
"""A cell's place (row and column in one number) and content: a number, the index of a shared text
(an int), or a text. Nothing for a blank cell."""


class Pieces(dict[bytes, Piece]):
    """From how a cell is written to where it stands and what it holds, under one set of styles."""

    def __init__(self, plain: frozenset[bytes]) -> None:
        super().__init__()
        self._plain = plain
        self._contents: dict[bytes, float | str | None] = {}
        """What stands behind an address to what the cell holds; None for nothing."""
        self.uncomputed: set[bytes] = set()
        """Formulas without a result; never forgotten, as a sheet may be half read."""

    def __missing__(self, xml: bytes) -> Piece:
        # Most new pieces are a known content at another address.
        address, _, rest = xml.partition(b'"')
        at = _place(address)
        content = self._contents.get(rest, _UNKNOWN)
        if content is _UNKNOWN:
            content = self._content(rest)
            if rest not in self.uncomputed:
                if len(self._contents) >= MOST_KNOWN:
                    self._contents.clear()
                self._contents[rest] = content
        if rest in self.uncomputed:
            self.uncomputed.add(xml)
        piece: Piece = () if content is None else (at, content)
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[xml] = piece
        return piece

    def _content(self, xml: bytes) -> float | str | None:
        found = _CONTENT.fullmatch(xml)
        if found is None:
            raise UnusualError
        style, kind, blank, formula, value, text = found.groups()
        if blank:
            return None
        if text is not None:
            if kind != b"inlineStr" or formula:
                raise UnusualError
            return TEXTS[text]
        if kind in {None, b"n"}:
            # A formula that nobody has computed yet: there is nothing to be read.
            if formula and not value and len(self.uncomputed) < MOST_KNOWN:
                self.uncomputed.add(xml)
                return None
            return self._number(style, value)
        if kind == b"s" and _INDEX.fullmatch(value):
            return int(value)
        if kind == b"str":
            return _formula_text(value)
        raise UnusualError

    def _number(self, style: bytes | None, value: bytes) -> float:
        if (style is not None and style not in self._plain) or _NUMBER.fullmatch(value) is None:
            raise UnusualError
        return float(value)


@lru_cache(maxsize=8)
def pieces_of(styles: bytes) -> Pieces:
    """Give what is known of cells in workbooks with these styles."""
    return Pieces(plain_styles(styles))


class UsualSheet(NamedTuple):
    """The cells of a sheet that hold something, in their order."""

    cells: list[tuple[int, float | int | str]]
    rows: int
    columns: int
    """The rectangle from A1 on that they span."""
    merged: bool
    """Whether there may be merged cells."""
    uncomputed: bool
    """Whether there may be formulas without a result."""

    def grid(self, shared: list[str]) -> Grid:
        """Lay the cells out from A1 on; IndexError where a text is not there."""
        grid: Grid = [[""] * self.columns for _ in range(self.rows)]
        for at, content in self.cells:
            raw = shared[content] if type(content) is int else content
            grid[at >> _SHIFT][at & _LAST_COLUMN - 1] = raw
        return grid


def usual_sheet(xml: bytes, known: Pieces) -> UsualSheet | None:
    """Take a sheet apart; None where anything in it is written otherwise."""
    if len(xml) > _LARGEST:
        return None
    head, *pieces = xml.split(_CELL_OPENED)
    if not pieces or _HEAD.fullmatch(head) is None or head.count(_SHEET_DATA) != 1:
        return None
    body, end, after = pieces[-1].partition(_DATA_END)
    pieces[-1], row_end, empty = body.partition(_ROW_END)
    if not (end and row_end) or _EMPTY_ROWS.fullmatch(empty) is None or not _is_end(after):
        return None
    try:
        cells = [piece for piece in map(known.__getitem__, pieces) if piece]
    except UnusualError:
        return None
    places = [at for at, _ in cells]
    # The library stumbles over cells out of order; of two at one place nobody knows which is meant.
    if not all(map(lt, places, places[1:])):
        return None
    rows = (places[-1] >> _SHIFT) + 1 if places else 0
    columns = max([at & _LAST_COLUMN - 1 for at in places], default=-1) + 1
    merged = b"mergeCell" in head or b"mergeCell" in after
    uncomputed = bool(known.uncomputed) and not known.uncomputed.isdisjoint(pieces)
    return UsualSheet(cells, rows, columns, merged, uncomputed)


def _is_end(xml: bytes) -> bool:
    """Whether what stands behind the cells is whole and hides nothing."""
    return xml.rstrip().endswith(_END) and _SHEET_DATA not in xml and b"<!" not in xml


def _formula_text(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        raise UnusualError from None
    if text != text.strip() or "\r" in text or ESCAPED.search(value):
        raise UnusualError
    return unescaped(text)


@lru_cache(maxsize=16_384)
def _place(address: bytes) -> int:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise UnusualError
    row, column = int(found[2]) - 1, column_of(found[1]) - 1
    if row >= _LAST_ROW or column >= _LAST_COLUMN:
        raise UnusualError
    return row << _SHIFT | column
