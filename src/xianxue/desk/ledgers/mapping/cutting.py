"""Where the tables of a sheet lie: below each other, beside each other, or both.

A table keeps its own lines and columns, so that every cell has the address of the sheet: of what
stands beside it, blanks are left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare, readings
from xianxue.bureau.returns.files.opening import Merged
from xianxue.bureau.returns.reading.unread import filled, is_empty
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.values.record import Record

_FEWEST: Final = 3
"""Known names that make a line the headers of a table."""
_SHARE: Final = 0.6
"""Of a line's texts: what else stands among headers are columns nobody knows."""

_Area = tuple[tuple[int, int], tuple[int, int]]


class Cut(Record, kw_only=True):
    """One table, cut out of its sheet."""

    first: int
    """The line of the sheet with which it begins, counted from 0."""
    grid: Grid
    merged: Merged
    above: str = ""
    """What is written over this table and those beside it."""


def cuts_of(grid: Grid, merged: Merged, names: Collection[str]) -> Iterator[Cut]:
    """Cut a sheet into its tables; ``names`` are the names of fields, reduced with ``bare``."""
    for start, end in _stretches(grid, names):
        part = [list(row) for row in grid[start:end]]
        inside = _shifted(merged, start, end)
        sides = _sides(part, names)
        if len(sides) == 1:
            yield Cut(first=start, grid=part, merged=inside)
            continue
        above = " ".join(
            written(part[top][left])
            for (top, left), (_, right) in inside
            if left < len(part[top]) and not any({left, right} <= set(side) for side in sides)
        )
        for side in sides:
            own = [[raw if at in side else "" for at, raw in enumerate(row)] for row in part]
            mine = [area for area in inside if area[0][1] in side]
            for low, high in _stretches(own, names):
                yield Cut(
                    first=start + low,
                    grid=own[low:high],
                    merged=_shifted(mine, low, high),
                    above=above,
                )


# ── below each other ────────────────────────────────────────────────────────


def _stretches(grid: Grid, names: Collection[str]) -> Iterator[tuple[int, int]]:
    yield from pairwise([0, *_further(grid, names), len(grid)])


def _further(grid: Grid, names: Collection[str]) -> Iterator[int]:
    """Go through the lines with which a further table of a sheet begins: its title, if it has one.

    Headers that are printed anew on each page begin no table.
    """
    heads: set[str] = set()
    for number, row in enumerate(grid):
        if not _are_heads(row, names):
            continue
        texts = set(_texts(row))
        if heads and texts != heads:
            start = number
            while start and len(filled(grid[start - 1])) == 1:
                start -= 1
            yield start
        heads = texts


def _shifted(merged: Merged, start: int, end: int) -> list[_Area]:
    return [
        ((top - start, left), (bottom - start, right))
        for (top, left), (bottom, right) in merged
        if start <= top and bottom < end
    ]


# ── beside each other ───────────────────────────────────────────────────────


def _sides(part: Grid, names: Collection[str]) -> list[range]:
    """Give the columns of each table; most often there is one."""
    width = max(map(len, part), default=0)
    line = next((at for at, row in enumerate(part) if _are_heads(row, names)), None)
    if line is None:
        return [range(width)]
    edges = [0, *(_again(part, line, names) or _apart(part, names)), width]
    return [range(low, high) for low, high in pairwise(edges)]


def _again(part: Grid, line: int, names: Collection[str]) -> list[int]:
    """Find where the headers begin anew: 序号 学校 … 序号 学校 …"""
    row = part[line]
    cells = filled(row)
    # Below headers of groups, other columns stand before it.
    if any(below[: cells[0]] and filled(below[: cells[0]]) for below in part[line + 1 :]):
        return []
    first = bare(written(row[cells[0]]))
    edges = [at for at in cells[1:] if bare(written(row[at])) == first]
    sides = pairwise([cells[0], *edges, len(row)])
    return edges if all(_are_heads(row[low:high], names) for low, high in sides) else []


def _apart(part: Grid, names: Collection[str]) -> list[int]:
    """Find tables between which a column is blank, each with headers and a title of its own."""
    width = max(map(len, part), default=0)
    blank = [all(at >= len(row) or is_empty(row[at]) for row in part) for at in range(width)]
    edges = [
        at for at in range(1, width) if blank[at - 1] and not blank[at] and not all(blank[:at])
    ]
    sides = [range(low, high) for low, high in pairwise([0, *edges, width])]
    return edges if all(_stands_alone(part, side, names) for side in sides) else []


def _stands_alone(part: Grid, side: range, names: Collection[str]) -> bool:
    lines = [row[side.start : side.stop] for row in part]
    heads = next((at for at, row in enumerate(lines) if _are_heads(row, names)), 0)
    return any(filled(row) for row in lines[:heads])


# ── headers ─────────────────────────────────────────────────────────────────


def _texts(row: Sequence[Raw]) -> list[str]:
    return [bare(written(row[at])) for at in filled(row)]


def _are_heads(row: Sequence[Raw], names: Collection[str]) -> bool:
    texts = _texts(row)
    known = sum(any(core in names for core, _ in readings(text)) for text in texts)
    return known >= _FEWEST and known >= _SHARE * len(texts)
