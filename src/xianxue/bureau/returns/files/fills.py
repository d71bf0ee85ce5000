"""The colours with which people fill cells: in their own ledgers a colour often is a state."""

from __future__ import annotations

import colorsys
import warnings
from io import BytesIO
from typing import Any, Final, Literal
from zipfile import BadZipFile

from xianxue.bureau.returns.files.xls_fills import Filled, fills_of_old

Colour = Literal["red", "orange", "yellow", "green", "blue"]
Fills = dict[tuple[int, int], Colour]
"""Row and column, counted from 0, to the colour."""

_LARGEST: Final = 8 << 20
"""Bytes: a larger file is no ledger that somebody colours by hand, and its styles load slowly."""
_PALE, _DARK = 0.12, 0.2
"""Below, a colour is a shade of grey: of headers and stripes, and no state."""
_HUES: Final[tuple[tuple[float, Colour], ...]] = (
    (16, "red"), (42, "orange"), (70, "yellow"), (170, "green"), (265, "blue"), (335, "red"),
    (361, "red"),
)  # fmt: skip
"""Up to which angle of the circle of colours which name is given."""
_VIOLET: Final = (265, 335)
_THEME: Final = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
    "70AD47",
)  # fmt: skip
"""The colours of the usual theme; other themes keep their order of light, dark and accents."""
_CIRCLE: Final = 360
_BYTE: Final = 255
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


def fills_of(data: bytes) -> dict[str, Fills] | None:
    """Give the filled cells of each sheet of a workbook; None where its colours cannot be read."""
    if data.startswith(_OLE):
        found = fills_of_old(data)
        return None if found is None else {tab: _all_named(cells) for tab, cells in found.items()}
    if not data.startswith(_ZIP):
        # A text has none.
        return {}
    if len(data) > _LARGEST:
        return None
    from openpyxl import load_workbook  # noqa: PLC0415 - only where colours are asked for

    try:
        with warnings.catch_warnings():
            # What openpyxl leaves aside (footers, drawings) has no colour.
            warnings.simplefilter("ignore")
            book: Any = load_workbook(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, TypeError, OSError):
        # What cannot be styled can still be read: colours are a hint, never the record.
        return None
    sheets: list[Any] = book.worksheets
    return {str(sheet.title): _of_sheet(sheet) for sheet in sheets}


def _all_named(cells: Filled) -> Fills:
    return {at: colour for at, rgb in cells.items() if (colour := _named(rgb)) is not None}


def _of_sheet(sheet: Any) -> Fills:  # noqa: ANN401 - openpyxl's
    found: Fills = {}
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.has_style or cell.fill.fill_type != "solid":
                continue
            colour = _named(_rgb(cell.fill.fgColor))
            if colour is not None:
                found[cell.row - 1, cell.column - 1] = colour
    return found


def _rgb(colour: Any) -> str:  # noqa: ANN401 - openpyxl's
    from openpyxl.styles import colors  # noqa: PLC0415 - as above

    if colour.type == "rgb":
        return str(colour.rgb)[-6:]
    if colour.type == "theme" and 0 <= colour.theme < len(_THEME):
        return str(_THEME[int(colour.theme)])
    indexed: Any = colors.COLOR_INDEX
    if colour.type == "indexed" and 0 <= colour.indexed < len(indexed):
        return str(indexed[colour.indexed])[-6:]
    return ""


def _named(rgb: str) -> Colour | None:
    """Name a colour.

    >>> _named("FF0000"), _named("FFFF00"), _named("92D050"), _named("F2F2F2"), _named("FFC7CE")
    ('red', 'yellow', 'green', None, 'red')
    """
    try:
        parts = [int(rgb[at : at + 2], 16) / _BYTE for at in (0, 2, 4)]
    except ValueError:
        return None
    hue, strong, light = colorsys.rgb_to_hsv(*parts)
    angle = hue * _CIRCLE
    if strong < _PALE or light < _DARK or _VIOLET[0] < angle < _VIOLET[1]:
        return None
    return next(name for least, name in _HUES if angle < least)
