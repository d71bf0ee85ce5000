"""How our workbooks look: widths, heights and the few cell styles, as plain data.

A column is as wide as its term, or wider where its help would need more than a few lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import Any, Final

FONT: Final = "微软雅黑"
"""Named, not shipped; where it is missing the spreadsheet program takes its own."""

_WIDE_FROM: Final = 0x2E80
_HELP_LINES: Final = 5
_SHORT: Final = 8
_NARROWEST: Final = 10
_WIDEST: Final = 22
_FITS: Final = 1.08
_LINE: Final = 14.0
"""Points a line of text needs."""
_MARGIN: Final = 8.0
_TALLEST: Final = 400.0

_BASE: Final[dict[str, Any]] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_BOX: Final[dict[str, Any]] = {**_BASE, "border": 1, "border_color": "#BFBFBF"}
_HEAD: Final[dict[str, Any]] = {
    **_BOX,
    "bold": True,
    "bg_color": "#E3EBF4",
    "align": "center",
    "text_wrap": True,
}
_HELP: Final[dict[str, Any]] = {
    **_BOX,
    "font_size": 9,
    "font_color": "#595959",
    "bg_color": "#F6F8FA",
    "text_wrap": True,
}
_ITEM: Final[dict[str, Any]] = {**_BOX, "bg_color": "#E3EBF4", "text_wrap": True}
_ANSWER: Final[dict[str, Any]] = {**_BOX, "locked": False}

_SHOWN: Final = "#EDEDED"
"""Behind what is shown and not asked: last year's values, and those held elsewhere."""
_SUM: Final = "#D6E1EE"
"""Behind totals."""

STYLES: Final[dict[str, dict[str, Any]]] = {
    "head": {**_HEAD, "font_color": "#1F3864"},
    "head_required": {**_HEAD, "font_color": "#C00000"},
    "item": {**_ITEM, "font_color": "#1F3864"},
    "item_required": {**_ITEM, "bold": True, "font_color": "#C00000"},
    "help": _HELP,
    "help_top": {**_HELP, "valign": "top"},
    "example": {
        **_BOX,
        "font_size": 9,
        "italic": True,
        "font_color": "#7F7F7F",
        "bg_color": "#F6F8FA",
        "num_format": "@",
        "text_wrap": True,
    },
    "not_asked": {**_BOX, "bg_color": "#D9D9D9"},
    "integer": {**_ANSWER, "num_format": "0", "align": "right"},
    "decimals": {**_ANSWER, "num_format": "#,##0.00", "align": "right"},
    "general": {**_ANSWER, "num_format": "General", "align": "right"},
    "date": {**_ANSWER, "num_format": "yyyy-mm-dd", "align": "center"},
    "text": {**_ANSWER, "num_format": "@", "align": "left"},
    "choice": {**_ANSWER, "num_format": "@", "align": "center"},
    "foot": {**_ANSWER, "num_format": "@", "align": "left"},
    "foot_date": {**_ANSWER, "num_format": "yyyy-mm-dd", "align": "left"},
    "title": {**_BASE, "font_size": 18, "bold": True, "font_color": "#1F3864"},
    "note": {**_BASE, "text_wrap": True},
    "part": {
        **_BASE,
        "font_size": 11,
        "bold": True,
        "font_color": "#1F3864",
        "bottom": 1,
        "bottom_color": "#8EA9C8",
    },
    "part_note": {
        **_BASE,
        "font_size": 9,
        "font_color": "#595959",
        "bottom": 1,
        "bottom_color": "#8EA9C8",
    },
    "key": {**_BOX, "bg_color": "#E3EBF4", "text_wrap": True},
    "value": {**_BOX, "text_wrap": True, "align": "left"},
    "last_head": {**_HEAD, "bold": False, "font_color": "#7F7F7F", "bg_color": _SHOWN},
    "last_item": {**_ITEM, "font_color": "#7F7F7F", "bg_color": _SHOWN},
    "last_help": {**_HELP, "font_color": "#7F7F7F", "bg_color": _SHOWN},
    "last_help_top": {**_HELP, "font_color": "#7F7F7F", "bg_color": _SHOWN, "valign": "top"},
    "last_title": {**_BASE, "font_size": 9, "font_color": "#7F7F7F"},
    "total_head": {**_HEAD, "font_color": "#1F3864", "bg_color": _SUM},
    "red": {**_BOX, "font_color": "#C00000", "bold": True, "align": "center"},
    "grey": {**_BOX, "bg_color": "#D9D9D9", "align": "center"},
    "link": {**_BOX, "font_color": "#0563C1", "underline": 1},
}

_PRINT: Final[dict[str, Any]] = {**_BASE, "border": 1, "border_color": "#000000", "text_wrap": True}
STYLES["print_head"] = {**_PRINT, "bold": True, "align": "center"}
STYLES["print_item"] = {**_PRINT, "align": "left", "indent": 1}
STYLES["print_not_asked"] = {**_PRINT, "bg_color": "#D9D9D9"}
STYLES["print_unit"] = {**_PRINT, "font_size": 9, "align": "center"}

BELOW: Final = "below_"
"""Of a list's rows below those that are ruled: with paler lines, for a program that sees the same
lines all the way down prints none of them, not even those that are there to write on."""
_VALUES: Final = ("integer", "decimals", "general", "date", "text", "choice")
for _name in _VALUES:
    _look = {**STYLES[_name], "locked": True}
    STYLES[f"last_{_name}"] = {**_look, "font_color": "#7F7F7F", "bg_color": _SHOWN}
    STYLES[BELOW + _name] = {**STYLES[_name], "border_color": "#E4E4E4"}
    # Black on white: it goes to a printer.
    _aside = {} if _look["align"] == "center" else {"indent": 1}
    # A number that is wrapped loses its indent in LibreOffice.
    _wraps = {"text_wrap": True} if _look["num_format"] == "@" else {}
    STYLES[f"print_{_name}"] = {**_look, **_aside, **_wraps, "border_color": "#000000"}
    STYLES[f"total_{_name}"] = {**_look, "bold": True, "bg_color": _SUM}


@lru_cache(maxsize=4096)
def breadth(text: str) -> int:
    r"""Give a text's width in narrow characters; a Chinese one takes two.

    >>> breadth("在校生 12"), breadth("一行\n第二行")
    (9, 6)
    """
    return max(
        (sum(2 if ord(char) >= _WIDE_FROM else 1 for char in line) for line in text.split("\n")),
        default=0,
    )


def column_width(head: str, text: str) -> int:
    """Give a column's width for its term and its help."""
    # A long term takes two lines.
    own = breadth(head) if breadth(head) <= _SHORT else ceil(breadth(head) / 2)
    needed = max(own + 3, ceil(breadth(text) / _HELP_LINES) + 2)
    return min(max(needed, _NARROWEST), _WIDEST)


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Give a row's height in points, for texts and the widths of their columns."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * _LINE + _MARGIN, _TALLEST)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    # Letters of 9 points are narrower than the width's own unit; but a wide one that does not fit
    # goes to the next line whole.
    return sum(max(1, ceil((breadth(line) + 1) / (width * _FITS))) for line in text.split("\n"))
