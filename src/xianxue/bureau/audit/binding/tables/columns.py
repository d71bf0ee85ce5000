"""Columns of tables that are worked out from others: rates, shares, changes, ratios, means.

What a column is made of is read from the heads. A way to read it is put to every row; where the
heads leave a doubt, the other rows of the table say which way is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.tables.grid import Grid, grids, patterned
from xianxue.bureau.audit.binding.tables.totals import plans
from xianxue.bureau.audit.binding.tables.ways import MAKERS, Way, counts, total_row
from xianxue.bureau.audit.binding.tables.words import Words
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.heads import MEAN, Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_MEASURED: Final = frozenset({"share", "rate", "ratio", "per", "mean"})
"""Rows of these are told for two years as well."""
_FEW: Final = 60
"""Rows of which each share is held against all: more would take the square of their number."""
_TWO: Final = 2
_SO_MANY: Final = re.compile("[二两三四五六七八九十0-9]{1,2}(?:科|门|年|个?月|季|次|轮|项)")
"""Of these a mean is taken whatever they are, also of means: 三科平均."""


def bind_table_columns(reading: Reading) -> Iterator[Candidate]:
    """Give every number of a table that others in its row or column make."""
    words = reading.lexicon.made(Words)
    for grid in grids(reading.tables):
        for column, head in enumerate(grid.columns):
            make = MAKERS.get(head.kind)
            if make is not None:
                for way in make(grid, column, words):
                    yield from patterned(list(_rows(grid, column, way, words.real)))
        yield from _parts(grid)
        yield from _shares_of_all(grid, words)
        yield from _means(grid, words)
        yield from _weighted(grid, words, reading.lexicon)


def _rows(grid: Grid, column: int, way: Way, real: re.Pattern[str]) -> Iterator[Candidate]:
    for row, head in enumerate(grid.rows):
        stated = grid.at(row, column)
        plain = head.kind in ("count", "total")
        changes = way.relation in ("growth", "yearly") and head.kind in _MEASURED
        if stated is None or row == way.skip or not (plain or changes):
            continue
        *first, last = way.columns
        at = way.before[row] if way.before else row if way.row < 0 else way.row
        terms = [grid.at(row, one) for one in first]
        terms.append(grid.at(at, last) if at >= 0 else None)
        there = tuple(one for one in terms if one is not None)
        if len(there) < len(terms) or not _fitting(way.relation, stated, there):
            continue
        relation = way.relation
        if relation == "apart" and stated.form != "points":
            relation = "apart_by"
        if relation == "growth" and stated.form == "points":
            relation = "points"
        elif relation == "growth" and stated.form == "cardinal":
            relation = "change"
        if relation == "per" and stated.form == "ratio" and stated.sign < 0 and way.named:
            there = there[::-1]
        if relation == "growth" and real.search(head.name + grid.columns[column].name):
            continue  # told after prices: the printed amounts do not make it
        yield Candidate(relation, stated, there, way.cues, way.extra)


def _fitting(relation: str, stated: Quantity, terms: Sequence[Quantity]) -> bool:
    """Whether units and forms go together."""
    if relation in ("per", "per_many"):
        return stated.form in ("cardinal", "ratio") and all(one.form == "cardinal" for one in terms)
    alike = len({one.dim for one in terms if one.dim}) <= 1 and len({o.form for o in terms}) == 1
    if relation in ("rate", "share_of_sum"):
        return stated.form == "percent" and terms[0].form == "cardinal" and alike
    if stated.form == "points":
        return alike and terms[0].form == "percent"
    return alike and terms[0].form == "cardinal" and stated.form in ("percent", "cardinal")


def _parts(grid: Grid) -> Iterator[Candidate]:
    """Give what is told as a part of the column before it: no part is more than its whole."""
    for column, head in enumerate(grid.columns):
        wholes = [at for at in counts(grid, column) if not grid.columns[at].part]
        if not head.part or head.kind not in ("count", "total") or not wholes:
            continue
        for row in range(len(grid.rows)):
            part, whole = grid.counts(row, column), grid.counts(row, wholes[-1])
            if part and whole and (part.dim == whole.dim or not part.dim):
                yield Candidate("at_most", part, (whole,), ("table_part",))


def _is_plain(head: Head) -> bool:
    return head.kind == "count" and not head.rank and not head.part


def _shares_of_all(grid: Grid, words: Words) -> Iterator[Candidate]:
    """Give shares of rows without a total: each is held against the sum of all."""
    rows = [at for at, head in enumerate(grid.rows) if _is_plain(head)]
    if total_row(grid) >= 0 or not _TWO <= len(rows) <= _FEW:
        return
    if len(rows) == _TWO and not words.opposed(*(grid.rows[at].name for at in rows)):
        return
    for column, head in enumerate(grid.columns):
        some = counts(grid, column)
        if head.kind != "share" or len(some) != 1 or words.base(head.name):
            continue
        parts = [grid.counts(row, some[0]) for row in rows]
        there = [one for one in parts if one is not None]
        if len(there) < len(rows):
            continue
        found = [
            Candidate(
                "share_of_sum", stated, (there[at], *there[:at], *there[at + 1 :]),
                ("table_rate_likely",),
            )
            for at, row in enumerate(rows)
            if (stated := grid.at(row, column)) is not None and stated.form == "percent"
        ]  # fmt: skip
        yield from patterned(found)


def _means(grid: Grid, words: Words) -> Iterator[Candidate]:
    """Give rows that are the mean of the others."""
    for at, rows in _meant(grid, words):
        if len(rows) < _TWO or len({grid.rows[row].depth for row in rows}) > 1:
            continue
        found: list[Candidate] = []
        for column in range(len(grid.columns)):
            stated = grid.at(at, column)
            cell = grid.at if _SO_MANY.match(grid.rows[at].name) else grid.counts
            terms = [cell(row, column) for row in rows]
            there = [one for one in terms if one is not None]
            if stated is None or len(there) < len(terms) or len({one.dim for one in there}) > 1:
                continue
            found.append(Candidate("mean", stated, tuple(there), ("table_mean",), len(there)))
        yield from patterned(found)


def _meant(grid: Grid, words: Words) -> Iterator[tuple[int, list[int]]]:
    """Give each row that is a mean with the rows it is of: those since the mean before it."""
    rows: list[int] = []
    for at, head in enumerate(grid.rows):
        if head.kind == "mean" and head.stem == MEAN:
            if rows:
                yield at, rows
            rows = []
        elif _is_plain(head) and not (grid.across and words.amount(head.name)):
            rows.append(at)


def _weighted(grid: Grid, words: Words, lexicon: Lexicon) -> Iterator[Candidate]:
    """Give means in total rows, weighted by those whose means they are."""
    columns = [at for at, head in enumerate(grid.columns) if head.kind == "mean"]
    if not columns:
        return
    for plan in plans(grid, lexicon):
        for column in columns:
            weights = [at for at in counts(grid, column) if words.weight(grid.columns[at].name)]
            stated = grid.at(plan.total, column)
            if len(weights) != 1 or stated is None:
                continue
            pairs = [(grid.at(row, weights[0]), grid.at(row, column)) for row in plan.parts]
            terms = [one for pair in pairs for one in pair if one is not None]
            total = grid.at(plan.total, weights[0])
            if total is None or len(terms) < _TWO * len(pairs):
                continue
            if total.value != sum(one.value for one in terms[::2]):
                continue  # the rows are not all of it: their mean is another
            yield Candidate("weighted", stated, tuple(terms), ("table_weighted",))
