"""The colours of filled cells in old workbooks (.xls), read from their records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.returns.files.ole import OleError, streams_of
from xianxue.bureau.returns.files.xls import BOF, BOUND_SHEET, EOF, records

Filled = dict[tuple[int, int], str]
"""Row and column, counted from 0, to a colour in six hexadecimal digits."""

_VERSION: Final = b"\x00\x06"
"""Excel 97 to 2003; what is older lays its styles out otherwise."""
_STYLE: Final = 0x00E0
_STYLE_LENGTH: Final = 20
_SOLID: Final = 1
_PALETTE: Final = 0x0092
_FIRST: Final = 8
"""The colours before it are always the same; a workbook's own palette begins with it."""
_ONE: Final = frozenset({0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x0006, 0x0206, 0x0406})
"""Records of one cell: its row, column and style come first."""
_MANY: Final = {0x00BD: 6, 0x00BE: 2}
"""Records of a row's cells, numbers or blanks: the bytes that each of them takes, style first."""
_HEAD: Final = 6
_WIDE: Final = 1
_BYTES_BEFORE_NAME: Final = 8


def fills_of_old(data: bytes) -> dict[str, Filled] | None:
    """Give the solid fills of each sheet; None where the styles of a file cannot be read."""
    try:
        content = streams_of(data).get("Workbook", b"")
        return _fills(content) if content[4:6] == _VERSION else None
    except (OleError, struct.error, UnicodeDecodeError):
        return None


def _fills(content: bytes) -> dict[str, Filled]:
    from openpyxl.styles import colors  # noqa: PLC0415 - only where colours are asked for

    styles: list[int] = []
    # Without a palette of its own a workbook has the usual one.
    palette = [str(one)[-6:] for one in colors.COLOR_INDEX]
    starts: dict[str, int] = {}
    for kind, body in records(content, 0):
        if kind == EOF:
            break
        if kind == _STYLE:
            styles.append(_fill_of(body))
        elif kind == _PALETTE:
            own = [body[at : at + 3].hex() for at in range(2, len(body) - 3, 4)]
            palette[_FIRST : _FIRST + len(own)] = own
        elif kind == BOUND_SHEET and len(body) > _BYTES_BEFORE_NAME:
            starts[_name_of(body)] = int.from_bytes(body[:4], "little")
    colours = {
        at: palette[fill] for at, fill in enumerate(styles) if 0 <= fill < len(palette)
    }  # fmt: skip
    return {
        tab: {(row, at): colours[style] for row, at, style in _cells(content, start)
              if style in colours}
        for tab, start in starts.items()
    }  # fmt: skip


def _fill_of(body: bytes) -> int:
    """Give the number of a style's colour, or -1 where it does not fill the cell with one."""
    if len(body) < _STYLE_LENGTH:
        return -1
    (pattern,) = struct.unpack_from("<I", body, 14)
    (colours,) = struct.unpack_from("<H", body, 18)
    return colours & 0x7F if pattern >> 26 == _SOLID else -1


def _name_of(body: bytes) -> str:
    """Give a sheet's name: how long, how written, and its letters."""
    letters = body[_BYTES_BEFORE_NAME:]
    if body[7] & _WIDE:
        return letters[: 2 * body[6]].decode("utf-16-le")
    return letters[: body[6]].decode("latin-1")


def _cells(content: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Go through the row, column and style of each cell of a sheet, blank ones too."""
    depth = 0
    for kind, body in records(content, start):
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth > 1 or len(body) < _HEAD:
            continue
        row, column = struct.unpack_from("<HH", body)
        if kind in _ONE:
            yield row, column, struct.unpack_from("<H", body, 4)[0]
        elif kind in _MANY:
            for nth, at in enumerate(range(4, len(body) - 2, _MANY[kind])):
                yield row, column + nth, struct.unpack_from("<H", body, at)[0]
