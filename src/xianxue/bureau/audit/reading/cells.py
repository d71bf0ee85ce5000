"""The cells of a table: what stands in each, and the number it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import MAGNITUDES, ONE, arabic
from xianxue.bureau.audit.reading.quantities import PERCENT, halve, in_unit
from xianxue.bureau.audit.reading.token import Token

_NUMBER = re.compile(
    r"(?P<sign>[-+↑↓]?) ?(?P<num>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?: ?: ?(?P<other>[0-9]+(?:\.[0-9]+)?))? ?(?P<rest>[^0-9 ]{0,8})"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:20)?[0-9]{2})?(?:学?年度?)?")
_GAPS: Final = frozenset({"", "-", "—", "--", "——", "/", "\\", "…", "无", "*", "**", "N/A", "暂无"})
"""What says that nothing is there: a blank is a gap, never nought."""
_ROUNDED: Final = frozenset({"share", "rate", "growth", "ratio", "per", "mean"})
"""What is computed is rounded, also where it is printed without decimals."""
_DIGITS = re.compile("[0-9]+(?:[.,][0-9]+)*")
_ROW = re.compile("[^;。]+")


class Piece(NamedTuple):
    """One cell: where it stands, its text without blanks at its ends, and what it is."""

    start: int
    end: int
    text: str
    what: str
    """``number``, ``year``, ``gap`` or ``text``."""
    indent: int
    """Blanks before its text."""


class Cells:
    """Reads cells; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._units = lexicon.units

    def pieces(self, line: str, start: int, mark: str) -> list[Piece]:
        """Split a line into its cells."""
        found: list[Piece] = []
        for text in line.split(mark):
            stripped = text.strip()
            indent = len(text) - len(text.lstrip()) if stripped else 0
            if stripped.startswith("**") and len(stripped) > len("****"):
                stripped, indent = stripped.strip("*"), indent + 2
            at = start + indent
            found.append(Piece(at, at + len(stripped), stripped, self._what(stripped), indent))
            start += len(text) + 1
        if mark == "|":
            # The bars at the ends of a line part nothing.
            if len(found) > 1 and not found[0].text and line.lstrip().startswith("|"):
                found = found[1:]
            if len(found) > 1 and not found[-1].text and line.rstrip().endswith("|"):
                found.pop()
        return found

    def inline(self, line: str, start: int) -> list[list[Piece]]:
        """Split a line of several rows: «小学 4|419|304;初中 5|1127|1380»."""
        rows: list[list[Piece]] = []
        for found in _ROW.finditer(line):
            row = self.pieces(found[0], start + found.start(), "|")
            name, _, number = row[0].text.rpartition(" ")
            if len(row) > 1 and name and self._what(number) == "number":
                first = row[0]
                cut = first.end - len(number)
                row[:1] = [
                    Piece(first.start, cut, name, "text", 0),
                    Piece(cut, first.end, number, "number", 1),
                ]
            rows += [row] if len(row) > 1 else []
        return rows

    def names(self, line: str, start: int) -> Iterator[Token]:
        """Give the numbers of a line of a register: they are not read."""
        for found in _DIGITS.finditer(line):
            yield Token(start + found.start(), start + found.end(), "name", cell=True)

    def _what(self, text: str) -> str:
        if text in _GAPS:
            return "gap"
        if text[-1:] in ")]" and not text[:1].isdigit():
            return "text"
        if _YEAR.fullmatch(text):
            return "year"
        found = _NUMBER.fullmatch(text)
        if found is None or (found["rest"] and not self._measure(found["rest"])):
            return "text"
        return "number"

    def _measure(self, rest: str) -> tuple[int, str] | None:
        """Give the magnitude and the unit behind digits; None where other words stand there."""
        for width in (2, 1, 0):
            magnitude = MAGNITUDES.get(rest[:width], 1 if not width else 0)
            if magnitude and (rest[width:] in self._units or not rest[width:]):
                return magnitude, rest[width:]
        return None

    def token(self, piece: Piece, row: Head, column: Head) -> Token | None:
        """Make the token of a cell with a number, in the unit that it or its head names."""
        found = _NUMBER.fullmatch(piece.text)
        if found is None:
            return None
        if found["other"]:
            return self._ratio(piece, found["num"], found["other"])
        magnitude, unit = self._measure(found["rest"]) or (1, "")
        if not found["rest"]:
            # The head of its column names the unit, or that of its row, or the whole table.
            head = next((one for one in (column, row) if one.unit), None)
            if head is not None and not (head is column and column.common and row.unit):
                magnitude, unit = head.magnitude, head.unit
        reading = arabic(found["num"], magnitude)
        if reading is None:
            return None
        token = Token(piece.start, piece.end, "cardinal", *reading[:4], cell=True)
        kind = kind_of(row, column)
        if not unit and kind in ("share", "rate", "growth"):
            unit = PERCENT
        in_unit(token, unit, self._units.get(unit))
        if kind in _ROUNDED or row.kind == "mean":
            halve(token)
        if found["sign"] in ("-", "↓"):
            token.value, token.low, token.high = -token.value, -token.high, -token.low
        if token.form == "percent" and (column.falls or row.falls):
            token.sign = -1
        return token

    def _ratio(self, piece: Piece, left: str, right: str) -> Token | None:
        one, many = arabic(left), arabic(right)
        if one is None or many is None:
            return None
        sign = -1 if one.value == ONE else 1
        if sign > 0:
            one, many = many, one
        if one.value != ONE:
            return None
        token = Token(piece.start, piece.end, "ratio", *many[:4], cell=True)
        token.sign, token.dim = sign, "ratio"
        halve(token)
        return token


def kind_of(row: Head, column: Head) -> str:
    """Give what a cell is: its column says it, or its row where the column only counts."""
    plain = ("count", "total")
    if column.kind not in plain:
        return column.kind
    return row.kind if row.kind not in plain else "count"
