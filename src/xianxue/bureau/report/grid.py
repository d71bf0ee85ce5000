"""Tables in Word: how wide their columns are, when one needs smaller type or a wide page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, zip_longest
from typing import Final
from unicodedata import east_asian_width

from xianxue.bureau.report import styles
from xianxue.bureau.report.controls import Controls
from xianxue.bureau.report.layout import Layout, points, width_in_characters
from xianxue.bureau.report.ooxml import Element, w
from xianxue.bureau.report.text import Runs, TextTable, plain
from xianxue.bureau.values.record import Record

_PADDING: Final = 57
"""Around a cell's text, in twips: one millimetre."""
_OPENING: Final = "（〔《“"
_CLOSING: Final = "）〕》”，、。；：％%"
_HEADER_LINES: Final = 4
"""A header is broken into at most so many lines, a text in a cell into two."""
_CELL_LINES: Final = 2
_NARROWEST: Final = Decimal(2)
"""No column is narrower than two characters."""
_PER_DIGIT: Final = Decimal("0.1")
"""Where Times New Roman is missing, a digit takes up to a tenth of a character more."""
_WHOLE: Final = Decimal(8)
"""A text in a cell of up to so many characters is not broken at all."""
_PROSE: Final = Decimal(30)
"""A text of more characters is a sentence and no name: it takes the lines that it needs …"""
_PROSE_LINE: Final = Decimal(12)
"""… of so many characters each, rather than turn the page."""


class Fit(Record):
    """How a table is set."""

    size: int
    """Which of the profile's table sizes."""
    widths: tuple[int, ...]
    """Of its columns, in twips."""
    landscape: bool


def fit(table: TextTable, layout: Layout) -> Fit:
    """Choose size, widths and direction of a table.

    The largest size is taken in which no header needs more than four lines, no long text more
    than two, and no short text and no number is broken; if there is none, the page is turned.
    """
    sizes = layout.profile.table_sizes
    rooms = ((layout.text_width, False), (layout.text_height, True))
    for room, landscape in rooms:
        for index, size in enumerate(sizes):
            if index < min(table.size, len(sizes) - 1):
                continue
            least, natural = _needs(table, size)
            if sum(least) <= room:
                eased = _eased(table, least, size)
                least = eased if sum(eased) <= room else least
                return Fit(index, _spread(least, natural, room), landscape)
    least, natural = _needs(table, sizes[-1])
    # Wider than the wide page even in the smallest size: then words are broken, but no column and
    # no number is left out.
    shrunk = [width * layout.text_height // sum(least) for width in least]
    return Fit(len(sizes) - 1, _spread(shrunk, shrunk, layout.text_height), landscape=True)


def _needs(table: TextTable, size: Decimal) -> tuple[list[int], list[int]]:
    """Give each column's least and natural width in twips."""
    least: list[int] = []
    natural: list[int] = []
    columns = zip_longest(*table.rows, fillvalue=()) if table.rows else ((),) * len(table.header)
    for header, cells in zip(table.header, columns, strict=True):
        texts = [plain(cell) for cell in cells]
        narrow = [least_width(text, _lines_of(text), _WHOLE) for text in texts]
        narrow += [least_width(header, _HEADER_LINES), _NARROWEST]
        wide = [width_in_characters(text) for text in (*texts, header)]
        em = points(size)
        least.append(int(max(narrow) * em) + 2 * _PADDING)
        natural.append(int(max(wide) * em) + 2 * _PADDING)
    return least, natural


def _lines_of(text: str) -> int:
    """Say into how many lines a text in a cell may be broken."""
    total = width_in_characters(text)
    if total <= _PROSE:
        return _CELL_LINES
    return max(_CELL_LINES, int((total / _PROSE_LINE).to_integral_value("ROUND_CEILING")))


def _eased(table: TextTable, least: Sequence[int], size: Decimal) -> list[int]:
    """Leave room where digits are set in a wider font than the one that is named."""
    columns = zip_longest(*table.rows, fillvalue=()) if table.rows else ((),) * len(least)
    most = [
        max((sum(char.isdecimal() for char in plain(cell)) for cell in cells), default=0)
        for cells in columns
    ]
    em = points(size)
    return [
        width + int(_PER_DIGIT * digits * em) for width, digits in zip(least, most, strict=True)
    ]


def least_width(text: str, lines: int, whole: Decimal = Decimal(0)) -> Decimal:
    """Say how many characters wide a text must be to need no more than ``lines`` lines.

    A text of up to ``whole`` characters is kept on one. Elsewhere a line may end between two
    Chinese characters, but not inside a number, and a bracket is not parted from what it holds
    at that end.

    >>> least_width("泽雁县第一初级中学", 2), least_width("12345.67", 2)
    (Decimal('5'), Decimal('4'))
    >>> least_width("学生数（人）", 4), least_width("未达标", 2, Decimal(8))
    (Decimal('3'), Decimal('3'))
    """
    total = width_in_characters(text)
    if total <= whole:
        return total
    longest = max((width_in_characters(part) for part in _unbroken(text)), default=Decimal(0))
    return max(longest, (total / lines).to_integral_value("ROUND_CEILING"))


def _unbroken(text: str) -> list[str]:
    parts = [text[:1]]
    for before, char in pairwise(text):
        kept = before in _OPENING or char in _CLOSING
        if kept or not (_is_wide(before) or _is_wide(char)):
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in {"W", "F"}


def _spread(least: Sequence[int], natural: Sequence[int], room: int) -> tuple[int, ...]:
    """Share out the whole room: first towards natural widths, then evenly by width."""
    wanted = [max(0, wide - narrow) for narrow, wide in zip(least, natural, strict=True)]
    spare = room - sum(least)
    share = min(spare, sum(wanted))
    widths = [
        narrow + (share * want // sum(wanted) if sum(wanted) else 0)
        for narrow, want in zip(least, wanted, strict=True)
    ]
    total = sum(widths)
    widths = [width * room // total for width in widths]
    # What rounding down has left over; else the table would end short of the edge.
    widths[0] += room - sum(widths)
    return tuple(widths)


def element(table: TextTable, how: Fit, controls: Controls) -> Element:
    """Make the table's element: borders, a header that repeats, rows that are not split."""
    sides = ("top", "left", "bottom", "right")
    margins = w("tblCellMar", *(w(side, w=_PADDING, type="dxa") for side in sides))
    properties = w(
        "tblPr",
        w("tblStyle", val=styles.TABLE),
        w("tblW", w=sum(how.widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        margins,
        w("tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"),
    )
    made = w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in how.widths)))
    header = tuple((text,) for text in table.header)
    made.append(_row(header, how.widths, styles.cell_header(how.size), controls, header=True))
    for row in table.rows:
        made.append(_row(row, how.widths, styles.cell(how.size), controls, header=False))
    return made


def _row(
    cells: Sequence[Runs], widths: Sequence[int], style: str, controls: Controls, *, header: bool
) -> Element:
    properties = w("trPr", w("cantSplit"))
    if header:
        properties.append(w("tblHeader"))
    row = w("tr", properties)
    for runs, width in zip(cells, widths, strict=True):
        paragraph = w("p", w("pPr", w("pStyle", val=style)), *controls.runs(runs))
        middle = w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center"))
        row.append(w("tc", middle, paragraph))
    return row
