"""Totals of tables: rows that add up rows, columns that add up columns, on several levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.grid import Grid, grids, patterned
from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

_LEAST: Final = 2
"""Numbers that make a sum."""
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
        if len(there) < len(terms) or not _of_one_kind(stated, there):
            continue
        cues = plan.cues
        if not grid.across and not grid.columns[column].name:
            cues = (*cues, "table_unnamed")
        if stated.value < max(one.value for one in there) and min(one.value for one in there) >= 0:
            cues = (*cues, "table_below_part")
        found.append(Candidate("sum", stated, tuple(there), cues))
    scope = grid.rows[plan.total].scope
    yield from patterned(found, least=_DIGITS if scope else 0, doubt="table_other_sum_fails")


def _of_one_kind(stated: Quantity, terms: Sequence[Quantity]) -> bool:
    return all(one.dim == stated.dim and one.form == "cardinal" for one in (stated, *terms))


def plans(grid: Grid, lexicon: Lexicon) -> list[Plan]:
    """Say which rows are totals of which others, from their names and their order alone."""
    entries = [at for at, head in enumerate(grid.rows) if _adds(head)]
    if len(entries) <= _LEAST:
        return []
    inner = _inner(grid.rows, entries, lexicon)
    found = [
        Plan(parent, tuple(parts), ("table_children",))
        for parent, parts in inner.items()
        if len(parts) >= _LEAST
    ]
    inside = {part for parts in inner.values() for part in parts}
    outer = [at for at in entries if at not in inside]
    for group in _groups(grid, outer):
        found += _of_level(grid, group)
    return found


def _adds(head: Head) -> bool:
    return head.kind in ("count", "total")


def _groups(grid: Grid, entries: list[int]) -> list[list[int]]:
    """Part columns by what stands above them; rows are of one group."""
    if not grid.across:
        return [entries]
    groups: dict[str, list[int]] = {}
    for at in entries:
        groups.setdefault(grid.rows[at].group, []).append(at)
    return list(groups.values())


def _of_level(grid: Grid, entries: list[int]) -> Iterator[Plan]:
    rows = grid.rows
    ranked = [at for at in entries if rows[at].rank]
    entries = [at for at in entries if not rows[at].part]
    if not ranked or len(entries) <= _LEAST:
        return
    first, last = entries[0], entries[-1]
    if rows[first].rank:
        grand = rows[last].rank > rows[first].rank
        upward = entries[:-1] if grand else entries
        left: list[int] = []
        yield from _stacked(grid, upward[::-1], left)
        if grand and len(left) >= _LEAST:
            yield Plan(last, tuple(sorted(left)), _cues(grid, last, sorted(left), ends=True))
        return
    left = []
    yield from _stacked(grid, entries, left)
    if grid.across and len(ranked) == 1 and ranked[0] != last and rows[ranked[0]].rank:
        behind = entries[entries.index(ranked[0]) + 1 :]
        if len(behind) >= _LEAST:
            cues = (*_cues(grid, ranked[0], behind, ends=True), "table_side")
            yield Plan(ranked[0], tuple(behind), cues)


def _stacked(grid: Grid, entries: Sequence[int], left: list[int]) -> Iterator[Plan]:
    """Let each total add up what stands before it, back to a total as high as itself."""
    rows = grid.rows
    for place, at in enumerate(entries):
        rank = rows[at].rank
        if not rank:
            left.append(at)
            continue
        parts: list[int] = []
        while left and rows[left[-1]].rank < rank:
            if rank == 1 and rows[at].group and rows[left[-1]].group != rows[at].group:
                break
            parts.append(left.pop())
        left.append(at)
        parts.sort()
        ends = place == len(entries) - 1
        if len(parts) >= _LEAST:
            cues = _cues(grid, at, parts, ends=ends)
            middle = grid.across and not ends and at not in (entries[0], entries[-1])
            yield Plan(at, tuple(parts), (*cues, "table_side") if middle else cues)
            yield from _without_parts(grid, at, parts, cues)


def _without_parts(
    grid: Grid, total: int, parts: Sequence[int], cues: tuple[str, ...]
) -> Iterator[Plan]:
    """Give the rival where 其中 stands among the rows: what follows it may belong to it."""
    asides = [at for at in range(min(parts), max(parts)) if grid.rows[at].part]
    if asides:
        kept = tuple(at for at in parts if at < asides[0])
        for some in (kept, tuple(at for at in parts if at - 1 not in asides)):
            if len(some) >= _LEAST and len(some) < len(parts):
                yield Plan(total, some, (*cues, "table_after_part"))


def _cues(grid: Grid, total: int, parts: Sequence[int], *, ends: bool) -> tuple[str, ...]:
    head = grid.rows[total]
    if head.scope:
        return ("table_scope",)
    about = [grid.rows[at].name + grid.rows[at].group for at in parts]
    stem = head.name.rstrip("小合总共计")
    if stem and not ends and not any(akin(stem, one) for one in about):
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
    """Give wholes whose parts stand next to them: 义务教育 before 小学 and 初中."""
    found: dict[int, list[int]] = {}
    plain = [at for at in entries if not rows[at].rank]
    for place, at in enumerate(plain):
        for one in lexicon.compositions:
            if not {rows[at].name, rows[at].name.removesuffix("阶段")} & set(one.whole):
                continue
            size = len(one.parts)
            for some in (plain[place + 1 : place + 1 + size], plain[max(0, place - size) : place]):
                if len(some) == size and all(
                    any(rows[part].name.startswith(word) for word in words)
                    for part, words in zip(some, one.parts, strict=True)
                ):
                    found[at] = list(some)
    return found
