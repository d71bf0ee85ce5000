"""Finding the table in a sheet that nobody here made: its headers, its rows, what stands around.

Headers may be several lines with merged groups; titles stand above, notes below; a line of
column numbers (L1, L2 … or 1, 2 …) may follow. In a form of two dimensions the first columns
have no header: they hold the rows' labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import bare, is_note, is_total, readings
from xianxue.bureau.returns.contents.units import unit_behind
from xianxue.bureau.returns.files.opening import Merged
from xianxue.bureau.returns.mapping.lines import heads_in, is_footer, is_unit_line
from xianxue.bureau.returns.reading.unread import filled, is_empty
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import address, letters
from xianxue.bureau.values.record import Record, replace

JOINT: Final = "·"
_WITHIN: Final = 40
"""Rows in which the headers are looked for."""
# Official headers are long; a line of instructions is longer still.
_LONGEST_HEAD: Final = 60
"""Characters; what is longer is a sentence."""
# Deeper headers than three lines are rare; five leaves room for a line of numbers.
_MOST_LINES: Final = 5
# A single text is a title.
_FEWEST: Final = 2
_SENTENCE = re.compile(r"[；;。]$|.{8}\.$")
"""How a sentence ends; a header does not."""
_NUMBERED = re.compile(r"(?:[lL第]?\d{1,3}|[甲乙丙丁戊己庚辛壬癸]|[a-zA-Z]|\(\d{1,3}\)|[①-⑳])列?")


class Head(Record):
    """One column's header."""

    at: int
    levels: tuple[str, ...]
    """From the top; a level that only repeats the one above is left out."""
    code: str = ""
    """The column's number, where there is a line of them."""
    below: str = ""
    """The unit that a line of units below the headers gives."""

    @property
    def text(self) -> str:
        """The levels as one text; empty where there is no header."""
        return JOINT.join(self.levels)

    @property
    def core(self) -> str:
        """The lowest level without ornaments."""
        return readings(self.levels[-1])[-1][0] if self.levels else ""

    @property
    def unit(self) -> str:
        """The unit that some level names, the lowest first; empty where none does."""
        for level in reversed(self.levels):
            for _, unit in (*readings(level), unit_behind(level)):
                if unit:
                    return unit
        return self.below


@dataclass
class Table:
    """A table found in a sheet."""

    heads: tuple[Head, ...]
    head_rows: tuple[int, int]
    """The first and last line of headers."""
    rows: list[int] = field(default_factory=list[int])
    """The lines of data."""
    labels: tuple[int, ...] = ()
    """In a form of two dimensions: the columns of the rows' labels."""
    around: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Filled cells above, between and below that are no data: titles, numbers, notes."""
    row_labels: dict[int, str] = field(default_factory=dict[int, str])
    """In a form of two dimensions: each row's labels as one text."""

    down: bool = False
    """Whether it has one item a row: then the grid it was found in is the sheet's, turned."""

    def cell(self, row: int, at: int) -> str:
        """Give a cell's address in the sheet."""
        return address(at, row) if self.down else address(row, at)

    def column(self, at: int) -> str:
        """Name a column as the sheet does: by its letter, or by its row's number."""
        return str(at + 1) if self.down else letters(at)

    @property
    def named(self) -> tuple[Head, ...]:
        """The columns with a header that is not one of labels."""
        return tuple(head for head in self.heads if head.levels and head.at not in self.labels)


def find_table(grid: Grid, merged: Merged = ()) -> Table | None:
    """Find the table of a sheet; None where nothing is like one."""
    full = spread(grid, merged)
    first = _first_head(grid, full)
    if first < 0:
        return None
    last = _last_head(grid, full, first, merged)
    width = max((at + 1 for row in grid for at in filled(row)), default=0)
    heads = tuple(Head(at, _levels(full, first, last, at)) for at in range(width))
    table = Table(heads, (first, last))
    start = last + 1
    # Units and numbers of columns, in either order, each once: rows may be 1, 2, 3 as well.
    kinds: set[bool] = set()
    while start < len(grid):
        line = grid[start]
        units = is_unit_line(line)
        if units in kinds or not (units or _is_numbering(line, heads)):
            break
        kinds.add(units)
        table.heads = tuple(
            _told_below(each, written(line[each.at]), units=units) for each in table.heads
        )
        table.around += [(start, at) for at in filled(line)]
        start += 1
    table.around[:0] = [(row, at) for row in range(first) for at in filled(grid[row])]
    _sort_rows(grid, table, start)
    _find_labels(grid, full, table)
    return table


def _told_below(head: Head, text: str, *, units: bool) -> Head:
    """Give a header what stands below it: its unit, or its number."""
    if not units:
        return replace(head, code=text)
    return replace(head, below=bare(text).strip("()[]")) if is_unit_line([text]) else head


def spread(grid: Grid, merged: Merged) -> Grid:
    """Write what a merged range holds into all of its cells."""
    full = [list(row) for row in grid]
    for (top, left), (bottom, right) in merged:
        if top >= len(full) or left >= len(full[top]):
            continue
        raw = full[top][left]
        for row in range(top, min(bottom, len(full) - 1) + 1):
            for at in range(left, min(right, len(full[row]) - 1) + 1):
                full[row][at] = raw
    return full


# ── headers ─────────────────────────────────────────────────────────────────


def _first_head(grid: Grid, full: Grid) -> int:
    """Find the first line of headers: several short different texts, and few numbers."""
    width = max((len(filled(row)) for row in full[:_WITHIN]), default=0)
    best, most = -1, 0.0
    for number, row in enumerate(full[:_WITHIN]):
        texts = {bare(written(raw)) for raw in row if isinstance(raw, str) and not is_empty(raw)}
        # «填报单位：…» beside «填报日期：…» is above the headers, and has short texts as they have.
        texts &= set(heads_in(row))
        own = filled(grid[number])
        # Instructions above a table may fill as many cells as headers do.
        if any(_SENTENCE.search(text) for text in texts):
            continue
        short = [text for text in texts if len(text) <= _LONGEST_HEAD and number_of(text) is None]
        numbers = sum(not isinstance(row[at], str) for at in own)
        if len(short) < _FEWEST or len(short) * 2 < width * 0.5 or _is_numbering(row, ()):
            continue
        # A third of numbers: a line of data; a few of them may be years in the headers.
        if numbers * 3 > len(own) or is_note(written(row[own[0]]) if own else ""):
            continue
        # The first such line is the headers' unless a later one is much richer.
        score = len(short) - number * 0.01
        # Half as many again: lines of data have as many texts as the headers, not many more.
        if score > most * 1.5 and (best < 0 or not _covers(full, best, number)):
            best, most = number, score
            # Two thirds of the width are covered: nothing richer can follow.
            if len(short) * 3 >= width * 2:
                break
    return best


def _covers(full: Grid, above: int, below: int) -> bool:
    """Whether a line of groups stands above another: then it is the first of the headers."""
    return below - above < _MOST_LINES and all(
        any(not is_empty(row[at]) for row in full[above : below + 1]) for at in filled(full[below])
    )


def _last_head(grid: Grid, full: Grid, first: int, merged: Merged) -> int:
    """Find the last line of headers: as long as groups are divided or cells reach down."""
    last = first
    while last + 1 < min(len(grid), first + _MOST_LINES):
        if _is_numbering(grid[last + 1], ()) or is_unit_line(grid[last + 1]):
            break
        reaches = any(
            top <= last < bottom and top >= first and right > left - 1
            for (top, left), (bottom, right) in merged
            if bottom < first + _MOST_LINES
        )
        if not reaches and not _divides(grid, full, last, merged):
            break
        below = full[last + 1]
        # Numbers begin: that is data, even below a header that reaches down to it.
        if any(not isinstance(raw, str) for raw in below if not is_empty(raw)):
            break
        last += 1
    return last


def _divides(grid: Grid, full: Grid, upper: int, merged: Merged) -> bool:
    """Whether the next line divides groups of the upper one: texts below a wide header."""
    below = grid[upper + 1]
    own = filled(below)
    if not own or _is_numbering(below, ()):
        return False
    wide = {
        at
        for (top, left), (bottom, right) in merged
        if top <= upper <= bottom and right > left and not is_empty(full[upper][left])
        for at in range(left, right + 1)
    }
    if wide & set(own):
        return all(isinstance(below[at], str) for at in own)
    # Without merged cells a group's text stands over its first column, blanks over the others.
    blanks = [at for at in own if is_empty(full[upper][at])]
    behind = [at for at in blanks if any(not is_empty(raw) for raw in full[upper][:at])]
    texts = {bare(written(below[at])) for at in own}
    return (
        bool(behind)
        and len(behind) * 3 >= len(own)
        and len(texts) >= _FEWEST
        and all(isinstance(below[at], str) and number_of(written(below[at])) is None for at in own)
        and not is_empty(below[behind[0]])
        and len(own) < len(filled(full[upper])) + len(behind)
    )


def _levels(full: Grid, first: int, last: int, at: int) -> tuple[str, ...]:
    levels: list[str] = []
    for row in range(first, last + 1):
        if at >= len(full[row]):
            continue
        text = written(full[row][at])
        if not text and row < last and row == first:
            text = _group_left(full, row, at, last)
        # A header merged over two lines is written in both once merging is spread out.
        if text and (not levels or bare(levels[-1]) != bare(text)):
            levels.append(text)
    return tuple(levels)


def _group_left(full: Grid, row: int, at: int, last: int) -> str:
    """Give the group whose text stands further left, over columns that have their own below."""
    if is_empty(full[last][at]):
        return ""
    for left in range(at - 1, -1, -1):
        if not is_empty(full[row][left]):
            return written(full[row][left]) if not is_empty(full[last][left]) else ""
    return ""


def _is_numbering(row: Sequence[Raw], heads: Sequence[Head]) -> bool:
    """Whether a line numbers the columns: L1, L2 … or 1, 2 … or 甲, 乙, 1 …"""
    texts = [written(raw) for raw in row if not is_empty(raw)]
    if len(texts) < _FEWEST or not all(_NUMBERED.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    # One after another: a line of years or of grades also consists of numbers.
    rising = all(two == one + 1 for one, two in pairwise(numbers))
    filled_heads = sum(bool(head.levels) for head in heads)
    return rising and len(numbers) >= _FEWEST and len(texts) * 2 >= filled_heads


# ── rows ────────────────────────────────────────────────────────────────────


def _sort_rows(grid: Grid, table: Table, start: int) -> None:
    """Divide what is below the headers into data and what is written around it."""
    heads = {head.at: bare(head.levels[-1]) for head in table.heads if head.levels}
    for number in range(start, len(grid)):
        row = grid[number]
        cells = filled(row)
        if not cells:
            continue
        alike = sum(bare(written(row[at])) == heads.get(at) for at in cells)
        # Two thirds: repeated headers at the top of each printed page may be abridged.
        repeated = alike * 3 >= len(cells) * 2
        # Forms print a line of dots where more lines may follow.
        dots = all(set(written(row[at])) <= set("….·") for at in cells)
        if repeated or dots or is_footer(row):
            table.around += [(number, at) for at in cells]
        else:
            table.rows.append(number)


def _find_labels(grid: Grid, full: Grid, table: Table) -> None:
    """Find the columns without a header that label the rows of a form of two dimensions."""
    labels: list[int] = []
    for head in table.heads:
        texts = [written(full[row][head.at]) for row in table.rows if head.at < len(full[row])]
        said = [text for text in texts if text]
        # The labels stand before the first column with a header, and are words.
        if head.levels or not said or any(number_of(text) is not None for text in said):
            break
        labels.append(head.at)
    table.labels = tuple(labels)
    if not labels:
        # Only where rows have labels is a sum one of them.
        totals = [row for row in table.rows if is_total(written(grid[row][filled(grid[row])[0]]))]
        table.rows = [row for row in table.rows if row not in totals]
        table.around += [(row, at) for row in totals for at in filled(grid[row])]
        return
    kept: list[str] = [""] * len(labels)
    for row in table.rows:
        own = [written(full[row][at]) for at in labels]
        for level, text in enumerate(own):
            if text:
                kept[level] = text
                # A new group begins: what was below the former one no longer holds.
                kept[level + 1 :] = [""] * (len(kept) - level - 1)
        table.row_labels[row] = JOINT.join(text for text in kept if text)
