"""Tables: lines of cells, read into rows and columns whose heads say what their numbers are.

The numbers of a table are quantities like all others, marked as cells: no sentence sees them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from xianxue.bureau.audit.reading.blocks import Draft, blocks
from xianxue.bureau.audit.reading.cells import Cells
from xianxue.bureau.audit.reading.columns import understood
from xianxue.bureau.audit.reading.dumps import dumps
from xianxue.bureau.audit.reading.heads import Head, Heads
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.token import Token
from xianxue.bureau.values.record import Record


class Table(Record):
    """One table, as it was read."""

    start: int
    end: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: dict[tuple[int, int], Quantity]
    """By row and column; only cells that hold one number with a value."""
    nils: frozenset[tuple[int, int]] = frozenset()
    """Cells in which a dash says that there is nothing; a blank says nothing."""


def find_tables(norm: str, lexicon: Lexicon) -> list[Draft]:
    """Find every table, read its heads and make the tokens of its cells; and every dump."""
    cells, heads = lexicon.made(Cells), lexicon.made(Heads)
    found = [
        one for one in blocks(norm, cells) if not one.lines or understood(norm, one, cells, heads)
    ]
    starts = [one.start for one in found]
    for begin, end in dumps(norm):
        at = bisect_right(starts, begin) - 1
        if at < 0 or found[at].end <= begin:
            tokens = cells.names(norm[begin:end], begin)
            found.append(Draft(begin, end, cells={(0, n): one for n, one in enumerate(tokens)}))
    return sorted(found, key=lambda one: one.start)


def without_cells(norm: str, drafts: Sequence[Draft]) -> str:
    """Blank the cells that are numbers already: nobody need read them twice."""
    pieces: list[str] = []
    at = 0
    every = (cell for draft in drafts for cell in draft.cells.values())
    for cell in sorted(every, key=lambda one: one.start):
        pieces += (norm[at : cell.start], " " * (cell.end - cell.start))
        at = cell.end
    pieces.append(norm[at:])
    return "".join(pieces)


def with_cells(tokens: Sequence[Token], drafts: Sequence[Draft]) -> list[Token]:
    """Put the tokens of cells in the place of what was read there, and mark all of a table."""
    if not drafts:
        return list(tokens)
    made: list[Token] = []
    at = 0
    for _, some in groupby(drafts, key=lambda one: one.start):
        halves = list(some)
        draft = halves[0]
        while at < len(tokens) and tokens[at].start < draft.start:
            made.append(tokens[at])
            at += 1
        inside = [token for half in halves for token in half.cells.values()]
        inside.sort(key=lambda one: one.start)
        for cell in inside:
            while at < len(tokens) and tokens[at].start < cell.end:
                if tokens[at].end <= cell.start:
                    tokens[at].cell = True
                    made.append(tokens[at])
                at += 1
            made.append(cell)
        while at < len(tokens) and tokens[at].start < draft.end:
            tokens[at].cell = True
            made.append(tokens[at])
            at += 1
    made += tokens[at:]
    return made


def tables_of(drafts: Sequence[Draft], quantities: Sequence[Quantity]) -> tuple[Table, ...]:
    """Freeze tables, with the quantities that their tokens became."""
    if not drafts:
        return ()
    by_start = {one.start: one for one in quantities if one.cell}
    return tuple(
        Table(
            one.start, one.end, one.rows, one.columns,
            {place: by_start[token.start] for place, token in one.cells.items()},
            frozenset(one.nils),
        )
        for one in drafts
        if one.rows
    )  # fmt: skip
