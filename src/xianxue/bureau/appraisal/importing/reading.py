"""From a sheet to its items in order: ranks told by columns, by numbering, or by lines across."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.importing.cells import SheetCells
from xianxue.bureau.appraisal.importing.heads import Column, Heads, find_heads
from xianxue.bureau.appraisal.importing.words import (
    kind_alone,
    numbered,
    plain,
    points_of,
    with_points,
)
from xianxue.bureau.values.record import Record

_TOTAL: Final = re.compile(r"(合\s*计|总\s*计|共\s*计|总\s*分)")
_PART: Final = re.compile(r"小\s*计")
_NOTE: Final = re.compile(r"(注|备注|说明|附注|填表说明|注释)\s*[0-9]*\s*[::.、]|※|\*注")
_LONG: Final = 30
"""Characters from which a line across the sheet is a note, and no item."""
_PLAIN_KINDS: Final = 2


@dataclass
class Line:
    """One item as it was found."""

    sheet: str
    cell: str
    rank: int
    number: str
    term: str
    said: list[str] = field(default_factory=list[str])
    """Its points as they are written, one for each line of its rules."""
    how: list[str] = field(default_factory=list[str])
    whence: list[str] = field(default_factory=list[str])
    office: str = ""

    @property
    def points(self) -> Fraction | None:
        """Its points; None where there are none, or something is written that is no number."""
        read = [points_of(one) for one in self.said]
        if not read or None in read:
            return None
        return sum((one[0] for one in read if one is not None), Fraction(0))

    @property
    def percent(self) -> bool:
        """Whether they are written as a percentage."""
        return any(one is not None and one[1] for one in map(points_of, self.said))


class Unread(Record):
    """A line that is no item, and why."""

    sheet: str
    cell: str
    text: str
    why: str
    """``note``, ``total``, ``part``, ``above`` or ``lost``."""


@dataclass
class SheetRead:
    """What a sheet holds."""

    name: str
    lines: list[Line] = field(default_factory=list[Line])
    unread: list[Unread] = field(default_factory=list[Unread])
    total: Fraction | None = None
    """The total it tells of itself."""
    weights: bool = False
    """Whether what it calls points are shares: 0.2, or 20 %."""


def read_sheet(sheet: SheetCells) -> SheetRead:
    """Read the items of a sheet; one without heads is read by its numbering."""
    heads = find_heads(sheet)
    reading = _Reading(sheet, heads or _no_heads(sheet))
    reading.read()
    found = reading.found
    numbers = [points_of(said) for line in found.lines for said in line.said]
    shares = [one[0] for one in numbers if one is not None]
    # Shares are told by the sign of per cent, or by none of them being a whole point.
    found.weights = any(one is not None and one[1] for one in numbers) or (
        bool(shares) and max(shares) <= 1 and any(one.denominator > 1 for one in shares)
    )
    return found


def _no_heads(sheet: SheetCells) -> Heads:
    width = max((len(row) for row in sheet.rows), default=0)
    # What is numbered is an item; the first column that holds some.
    at = next(
        (
            column
            for column in range(width)
            if any(numbered(plain(sheet.at(row, column)))[0] for row in range(len(sheet.rows)))
        ),
        0,
    )
    columns = [Column(at=at, role="level", rank=1)]
    points = next(
        (
            column
            for column in range(at + 1, width)
            if any(points_of(plain(sheet.at(row, column))) for row in range(len(sheet.rows)))
        ),
        None,
    )
    if points is not None:
        columns.append(Column(at=points, role="points"))
    return Heads(last=-1, columns=tuple(columns), texts=frozenset())


class _Reading:
    def __init__(self, sheet: SheetCells, heads: Heads) -> None:
        self.sheet, self.heads = sheet, heads
        self.found = SheetRead(sheet.name)
        self.ranks = heads.ranks
        self.outline = len(self.ranks) == 1
        self.held: dict[int, Line] = {}
        """The item each rank is at."""
        self.kinds: list[str] = []
        """Of an outline: the kinds of numbering from the highest rank down to where it is."""
        self.banner = False

    def read(self) -> None:
        for row in range(len(self.sheet.rows)):
            texts = [plain(text) for text in self.sheet.rows[row]]
            filled = [column for column, text in enumerate(texts) if text]
            if not filled:
                continue
            if row <= self.heads.last:
                if not set(map(_bare, filter(None, texts))) <= self.heads.texts:
                    self._leave(row, filled[0], "above")
            elif not self._aside(row, texts, filled):
                self._line(row, texts)

    def _aside(self, row: int, texts: list[str], filled: list[int]) -> bool:
        """Whether a line is a total, a note, the heads once more, or a line across."""
        first = texts[filled[0]]
        if _TOTAL.match(first) or _PART.match(first):
            part = bool(_PART.match(first))
            self._leave(row, filled[0], "part" if part else "total")
            numbers = [points_of(texts[at]) for at in filled[1:]]
            known = [one[0] for one in numbers if one is not None]
            if known and not part:
                self.found.total = known[0]
            return True
        if {_bare(texts[at]) for at in filled} <= self.heads.texts:
            return True
        if _NOTE.match(first):
            self._leave(row, filled[0], "note")
            return True
        return len(filled) == 1 and self._across(row, filled[0], first)

    def _across(self, row: int, at: int, text: str) -> bool:
        """Take a text that stands alone over the whole table: a group, or a note."""
        if self.heads.last < 0 or self.outline_only:
            return False
        wide = self.sheet.across(row, at) > 1 and self.sheet.across(row, at) >= len(self.ranks)
        if not wide:
            return False
        if len(text) > _LONG or text.endswith(("。", ";", "；")):
            self._leave(row, at, "note")
            return True
        self.banner = True
        self.held = {}
        self._open(row, at, 0, text, "")
        return True

    @property
    def outline_only(self) -> bool:
        """Whether there is one column and nothing else: every line stands alone in it."""
        return len(self.heads.columns) == 1

    def _line(self, row: int, texts: list[str]) -> None:
        opened = self._opened(row, texts)
        here = opened[-1][1] if opened else self._last()
        if here is None:
            self._leave(row, next(at for at, text in enumerate(texts) if text), "lost")
            return
        self._points(row, texts, opened, here)
        for role, into in (("how", here.how), ("whence", here.whence)):
            for column in self.heads.columns:
                text = self._text(texts, column.at) if column.role == role else ""
                if text:
                    into.append(text)
        for column in self.heads.of("office"):
            here.office = self._text(texts, column.at) or here.office

    def _opened(self, row: int, texts: list[str]) -> list[tuple[Column, Line]]:
        """Open the items that a line begins, each with the column it stands in."""
        opened: list[tuple[Column, Line]] = []
        for column in self.ranks:
            text = self._text(texts, column.at)
            if not text:
                continue
            held = self.held.get(column.rank)
            if self.outline:
                opened.append((column, self._outlined(row, column, text, texts)))
            elif held is None or held.term != _named(text):
                number = self._number(texts, column)
                opened.append((column, self._open(row, column.at, column.rank, text, number)))
        numbers = self.heads.of("number")
        if opened and not opened[-1][1].number and len(numbers) == 1:
            # One column of numbers in front of all ranks numbers the item that a line begins.
            opened[-1][1].number = self._text(texts, numbers[0].at)
        return opened

    def _last(self) -> Line | None:
        return self.held[max(self.held)] if self.held else None

    def _points(
        self, row: int, texts: list[str], opened: list[tuple[Column, Line]], here: Line
    ) -> None:
        columns = self.heads.of("points")
        for column in columns:
            said = self._text(texts, column.at)
            if not said:
                continue
            if said.replace("分", "").replace("%", "").strip() in {"—", "-", "/", "无", "另加"}:
                continue
            whose = self._whose(row, column, opened, here, alone=len(columns) == 1)
            whose.said.append(said)

    def _whose(
        self,
        row: int,
        column: Column,
        opened: list[tuple[Column, Line]],
        here: Line,
        *,
        alone: bool,
    ) -> Line:
        """Say whose points a cell holds: the rank's it stands behind, or reaches as far down as."""
        if not alone:
            left = [one for one in self.ranks if one.at < column.at]
            later = [one for one in self.heads.of("points") if one.at < column.at]
            mine = [one for one in left if not later or one.at > later[-1].at] or left
            if mine and mine[-1].rank in self.held and not self.outline:
                return self.held[mine[-1].rank]
        down = self.sheet.down(row, column.at)
        if down > 1 and len(opened) > 1:
            fitting = [line for rank, line in opened if self.sheet.down(row, rank.at) == down]
            if fitting:
                return fitting[-1]
        return here

    def _number(self, texts: list[str], column: Column) -> str:
        """Give the number in the column in front of a rank, where each rank has one of its own."""
        columns = self.heads.of("number")
        if len(columns) == 1 and not self.outline:
            return ""
        left = [one.at for one in self.ranks if one.at < column.at]
        for one in columns:
            if one.at < column.at and (not left or one.at > left[-1]):
                return self._text(texts, one.at)
        return ""

    def _outlined(self, row: int, column: Column, text: str, texts: list[str]) -> Line:
        """Place a line by its numbering: a kind that has been is its rank, a new one is deeper."""
        kind, _, _ = numbered(text)
        number = self._number(texts, column)
        kind = kind or kind_alone(number)
        if kind in self.kinds:
            del self.kinds[self.kinds.index(kind) + 1 :]
        elif kind or not self.kinds:
            self.kinds.append(kind)
        return self._open(row, column.at, len(self.kinds), text, number)

    def _open(self, row: int, at: int, rank: int, text: str, number: str) -> Line:
        _, own, named = numbered(text)
        term, said = with_points(named)
        line = Line(
            sheet=self.sheet.name,
            cell=self.sheet.address(row, at),
            rank=rank,
            number=own or number,
            term=_glued(term),
            said=[said] if said else [],
        )
        for deeper in [one for one in self.held if one >= rank]:
            del self.held[deeper]
        self.held[rank] = line
        self.found.lines.append(line)
        return line

    def _text(self, texts: list[str], at: int) -> str:
        return texts[at] if at < len(texts) else ""

    def _leave(self, row: int, at: int, why: str) -> None:
        text = plain(self.sheet.at(row, at))
        cell = self.sheet.address(row, at)
        self.found.unread.append(Unread(self.sheet.name, cell, text, why))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _glued(term: str) -> str:
    """Take out spaces between Chinese characters: a line broken in a cell is none in a name."""
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", term).strip(" ,.。;:")


def _named(text: str) -> str:
    return _glued(with_points(numbered(text)[2])[0])


def leaves_of(lines: list[Line]) -> Iterator[Line]:
    """Go through the items that have none below."""
    for at, line in enumerate(lines):
        if at + 1 == len(lines) or lines[at + 1].rank <= line.rank:
            yield line
