"""Blocks of a text that may be tables: runs of lines with cells, parted into single tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.reading.cells import Cells, Piece
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.token import Token

_RULE: Final = frozenset("|:-+= \t—")
_NOTE = re.compile(r"[ |\t]*(?:注|备注|说明|附注|资料来源|数据来源)[:0-9]")
REGISTER: Final = 400
"""Lines from which on a table is a register: its numbers are passed over like names. What is told
of so many rows would be a page."""
_LEAST: Final = 2
"""Lines that make a table: one line with a bar in it is anything."""


@dataclass(slots=True)
class Draft:
    """A table while it is read: the pieces of its lines."""

    start: int
    end: int
    lines: list[list[Piece]] = field(default_factory=list[list[Piece]])
    ruled: int = 0
    """How many lines stand above the line that parts head and body; 0 without one."""
    rows: tuple[Head, ...] = ()
    columns: tuple[Head, ...] = ()
    nils: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    cells: dict[tuple[int, int], Token] = field(default_factory=dict[tuple[int, int], Token])


def blocks(norm: str, cells: Cells) -> Iterator[Draft]:
    """Give every table that a text may have; of registers only where their numbers stand."""
    if "\t" not in norm and "|" not in norm:
        return
    for block in _blocks(norm, cells):
        if not block.lines:
            yield block
        for part in _parted(block):
            yield from _halves(part)


def _blocks(norm: str, cells: Cells) -> Iterator[Draft]:
    """Give every run of lines with cells, as pieces."""
    lines: list[tuple[int, str]] = []
    mark = ""
    begin = 0
    for line in norm.split("\n"):
        here = "\t" if "\t" in line.rstrip() else "|" if "|" in line else ""
        if not here and lines and line[:1] == "\t":
            here = "\t"
        if here and _NOTE.match(line):
            here = ""
        inline = here == "|" and ";" in line and line[0] != "|"
        ruled = mark == "|" and line[:1] == "+" and _RULE.issuperset(line)
        if (here != mark or inline) and not ruled:
            if lines:
                yield from _block(lines, mark, cells)
            lines, mark = [], here
        if inline:
            yield Draft(begin, begin + len(line), cells.inline(line, begin))
            mark = ""
        elif here:
            lines.append((begin, line))
        begin += len(line) + 1
    if lines:
        yield from _block(lines, mark, cells)


def _block(lines: Sequence[tuple[int, str]], mark: str, cells: Cells) -> Iterator[Draft]:
    """Give the pieces of a run of lines; of a register only where its numbers stand."""
    begin, (last, line) = lines[0][0], lines[-1]
    block = Draft(begin, last + len(line))
    if len(lines) > REGISTER:
        numbers = (one for at, line in lines for one in cells.names(line, at))
        block.cells = {(at, 0): token for at, token in enumerate(numbers)}
        yield block
        return
    for at, line in lines:
        if mark == "|" and "-" in line and _RULE.issuperset(line):
            block.ruled = block.ruled or len(block.lines)
        else:
            block.lines.append(cells.pieces(line, at, mark))
    if len(block.lines) >= _LEAST:
        yield block


def _parted(block: Draft) -> Iterator[Draft]:
    """Part a block where a new head stands in it: a line of words only, in columns of numbers."""
    if len(block.lines) < _LEAST:
        return
    numbered = False
    begin = 0
    for at, line in enumerate(block.lines):
        words = sum(1 for one in line[1:] if one.what == "text")
        numbers = sum(1 for one in line if one.what == "number")
        if numbered and not numbers and words >= _LEAST and words * 2 > len(line) - 1:
            following = block.lines[at + 1 : at + 2]
            if following and any(one.what == "number" for one in following[0]):
                yield _slice(block, begin, at)
                begin, numbered = at, False
        numbered = numbered or numbers > 0
    yield _slice(block, begin, len(block.lines)) if begin else block


def _halves(draft: Draft) -> list[Draft]:
    """Part tables that stand side by side under one head: 项目|金额|项目|金额."""
    top = next((line for line in draft.lines if filled(line) > 1), draft.lines[0])
    names = [one.text for one in top]
    middle = len(names) // 2
    if middle < _LEAST or len(names) % 2 or names[:middle] != names[middle:]:
        return [draft]
    return [
        Draft(draft.start, draft.end, [line[some] for line in draft.lines], draft.ruled)
        for some in (slice(0, middle), slice(middle, None))
    ]


def _slice(block: Draft, begin: int, end: int) -> Draft:
    lines = block.lines[begin:end]
    first = block.start if not begin else lines[0][0].start
    last = block.end if end == len(block.lines) else lines[-1][-1].end
    return Draft(first, last, lines, 0 if begin else block.ruled)


def filled(line: Sequence[Piece]) -> int:
    """Count the cells of a line in which something stands."""
    return sum(1 for one in line if one.text)
