"""Totals of tables: rows that add up rows, columns that add up columns, on several levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.binding.tables.grid import Grid, grids, patterned
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record, replace

_LEAST: Final = 2
"""Numbers that make a sum."""
_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
"""A row of these without numbers heads those below it: «一、收入||»."""
_BEHIND: Final = 8
"""Rows behind a whole in which its parts are looked for."""
_NEAREST: Final = 6
"""Columns beside a total that are tried for its parts where it is not all of them."""
_DIGITS: Final = 100 * ONE
"""From here on that a sum fits is no chance, and says that the rows are all of it."""


class Plan(Record):
    """Which rows add up to which."""

    total: int
    parts: tuple[int, ...]
    cues: tuple[str, ...]


def bind_tables(reading: Reading) -> Iterator[Candidate]:
    """Give every total of every table."""
    for grid in grids(reading.tables):
        for plan in plans(grid, reading.lexicon):
            yield from _candidates(grid, plan)


def _candidates(grid: Grid, plan: Plan) -> Iterator[Candidate]:
    found: list[Candidate] = []
    for column in range(len(grid.columns)):
        stated = grid.counts(plan.total, column)
        terms = [grid.counts(row, column) for row in plan.parts]
        if stated is None or grid.columns[column].kind == "text":
            continue
        there = [one for one in terms if one is not None]
        nils = sum(1 for row in plan.parts if grid.is_nil(row, column))
        if len(there) + nils < len(terms) or len(there) < _LEAST or not _of_one_kind(stated, there):
            continue
        cues = (*plan.cues, "table_nil") if nils else plan.cues
        if not grid.across and not grid.columns[column].name:
            cues = (*cues, "table_unnamed")
        if stated.value < max(one.value for one in there) and min(one.value for one in there) >= 0:
            cues = (*cues, "table_below_part")
        found.append(Candidate("sum", stated, tuple(there), cues))
    # One column that closes may do so by chance; several rows that do are no chance.
    scope = grid.rows[plan.total].scope and not grid.across
    yield from patterned(found, least=_DIGITS if scope else 0, doubt="table_other_sum_fails")


def _of_one_kind(stated: Quantity, terms: Sequence[Quantity]) -> bool:
    every = (stated, *terms)
    return len({one.dim for one in every if one.dim}) <= 1 and all(
        one.form == "cardinal" for one in every
    )


def plans(grid: Grid, lexicon: Lexicon) -> list[Plan]:
    """Say which rows are totals of which others, from their names and their order alone."""
    entries = [
        at
        for at, head in enumerate(grid.rows)
        if head.kind in ("count", "total")
        and (grid.has_numbers(at) or not _HEADING.match(head.name))
    ]
    if len(entries) <= _LEAST:
        return []
    ranks = {at: grid.rows[at].rank for at in entries}
    if grid.across:
        return list(_of_columns(grid, entries, ranks))
    inner = _inner(grid.rows, entries, lexicon)
    found = [
        Plan(parent, tuple(parts), ("table_children",))
        for parent, parts in inner.items()
        if len(parts) >= _LEAST
    ]
    inside = {part for parts in inner.values() for part in parts}
    found += _of_level(grid, [at for at in entries if at not in inside], ranks)
    return found


def _of_columns(grid: Grid, entries: Sequence[int], ranks: dict[int, int]) -> Iterator[Plan]:
    """Read columns: those under one head first, then the total of each head beside the others."""
    outer: list[int] = []
    for group, some in groupby(entries, key=lambda at: grid.rows[at].group):
        inside = list(some)
        totals = [at for at in inside if ranks[at]]
        if group and totals:
            yield from _of_level(grid, inside, ranks)
            outer.append(totals[0])
            ranks = {**ranks, totals[0]: 0}
        else:
            outer += inside
    yield from _of_level(grid, outer, ranks)


def _of_level(grid: Grid, entries: Sequence[int], ranks: dict[int, int]) -> Iterator[Plan]:
    rows = grid.rows
    if len(entries) > _LEAST and ranks[entries[0]] and rows[entries[1]].part:
        # 合计, 其中 …: what follows is all parts of the total, complete or not.
        parts = [at for at in entries[1:] if not ranks[at]]
        if len(parts) >= _LEAST and not any(ranks[at] for at in entries[1:]):
            yield Plan(entries[0], tuple(parts), ("table_sum", "table_open"))
        return
    entries = [at for at in entries if not rows[at].part]
    totals = [at for at in entries if ranks[at]]
    if not totals or len(entries) <= _LEAST:
        return
    if not ranks[entries[0]]:
        yield from _stacked(grid, entries, ranks)
        if grid.across and len(totals) == 1 and totals[0] != entries[-1]:
            yield from _beside(totals[0], entries[entries.index(totals[0]) + 1 :], ())
        return
    loose = len(totals) > 1 and not any(rows[at].group for at in entries)
    for plan in _stacked(grid, entries[::-1], ranks):
        yield replace(plan, cues=(*plan.cues, "table_loose")) if loose else plan


def _stacked(grid: Grid, entries: Sequence[int], ranks: dict[int, int]) -> Iterator[Plan]:
    """Let each total add up what stands before it, back to a total as high as itself."""
    rows, left = grid.rows, list[int]()
    for place, at in enumerate(entries):
        parts: list[int] = []
        while ranks[at] and left and ranks[left[-1]] < ranks[at]:
            apart = rows[at].group and rows[left[-1]].group != rows[at].group
            if ranks[at] == 1 and apart and not grid.across:
                break
            parts.append(left.pop())
        left.append(at)
        if grid.across and rows[at].unit:
            parts = [one for one in parts if rows[one].unit in ("", rows[at].unit)]
        if len(parts) >= _LEAST:
            ends = place == len(entries) - 1
            middle = grid.across and not ends and len(entries) > len(parts) + 1
            cues = _cues(grid, at, parts, ends=ends)
            yield Plan(at, tuple(sorted(parts)), (*cues, "table_side") if middle else cues)
            if grid.across:
                yield from _beside(at, parts, parts)


def _beside(total: int, parts: Sequence[int], known: Sequence[int]) -> Iterator[Plan]:
    """Give the nearest columns of a total, so many as there may be: rivals of all of them."""
    for many in range(_LEAST, min(_NEAREST, len(parts)) + 1):
        some = sorted(parts[:many])
        if some != sorted(known):
            yield Plan(total, tuple(some), ("table_sum", "table_side"))


def _cues(grid: Grid, total: int, parts: Sequence[int], *, ends: bool) -> tuple[str, ...]:
    head = grid.rows[total]
    if head.scope:
        return ("table_scope",)
    named = head.stem and not (ends and not grid.across)
    about = [grid.rows[at].name + grid.rows[at].group for at in parts]
    if named and not any(akin(head.stem, one) for one in about):
        return "table_sum", "table_named_total"
    return ("table_sum",)


def _inner(rows: Sequence[Head], entries: Sequence[int], lexicon: Lexicon) -> dict[int, list[int]]:
    """Give the rows that stand one level below another: by depth, or as its known parts."""
    found: dict[int, list[int]] = {}
    above: list[int] = []
    for at in entries:
        head = rows[at]
        if head.rank or head.part:
            if head.rank:
                above.clear()
            continue
        while above and rows[above[-1]].depth >= head.depth:
            above.pop()
        if above:
            found.setdefault(above[-1], []).append(at)
        above.append(at)
    if not found:
        found = _composed(rows, entries, lexicon)
    return found


def _composed(
    rows: Sequence[Head], entries: Sequence[int], lexicon: Lexicon
) -> dict[int, list[int]]:
    """Give wholes whose parts follow them, or stand right before them: 义务教育, 小学, 初中."""
    found: dict[int, list[int]] = {}
    plain = [at for at in entries if not rows[at].rank]
    for place, at in enumerate(plain):
        for one in lexicon.compositions:
            if not {rows[at].name, rows[at].name.removesuffix("阶段")} & set(one.whole):
                continue
            size = len(one.parts)
            behind = plain[place + 1 : place + 1 + _BEHIND]
            for some in (behind, plain[max(0, place - size) : place]):
                parts = [
                    next((part for part in some if rows[part].name.startswith(tuple(words))), -1)
                    for words in one.parts
                ]
                if at not in found and min(parts) >= 0 and parts == sorted(parts):
                    found[at] = parts
                    for first, second in pairwise(parts):
                        # What stands between two parts of a whole are parts of the first.
                        found[first] = [row for row in plain if first < row < second]
    return found
