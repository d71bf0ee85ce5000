"""Ways to read a column of a table: which others it is made of, by the words of all heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.binding.tables.grid import Grid
from xianxue.bureau.audit.binding.tables.words import Words
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.values.record import Record

_DERIVED: Final = frozenset({"share", "rate", "growth", "change", "ratio", "per"})
_FEW: Final = 60
"""Rows that are looked through for a change in points."""
_TWO: Final = 2
_ALL: Final = 100 * ONE
_NEARLY: Final = ONE // 2
"""Rounded shares add up to 99.9 or 100.1: they are shares of the total all the same."""
_OF_UNIT: Final = {"平方米": "面积", "㎡": "面积", "亩": "面积", "元": "经费", "册": "图书"}
"""What a unit says of a column that is called 校舍 only."""
_YEARLY: Final = re.compile("年均|年平均|平均每年|年递增")
_APART: Final = re.compile("差距|相差|差值|高出|极差|差额|分差")


class Way(Record):
    """A way to read a column: in each row, the columns that make it; or a row to hold against."""

    relation: str
    columns: tuple[int, ...]
    cues: tuple[str, ...]
    extra: int = 0
    row: int = -1
    """The row in which the last column is read; -1 for each row itself."""
    skip: int = -1
    """A row of which this is not said: a total of rounded shares."""
    named: bool = False
    """Whether both sides of a ratio are named: 1:n has the second of them first."""
    before: tuple[int, ...] = ()
    """By row, the row in which the last column is read; -1 where there is none."""


def counts(grid: Grid, column: int, kinds: Sequence[str] = ("count", "total")) -> list[int]:
    """Give the counting columns at the left of a column and of its group, the nearest last."""
    group = grid.columns[column].group
    some = [at for at in range(column) if grid.columns[at].kind in kinds]
    inside = [at for at in some if group and grid.columns[at].group == group]
    return inside if len(inside) >= _TWO else some


def total_row(grid: Grid) -> int:
    """Give the row that is the total of all, -1 where there is none."""
    ranks = [(head.rank, at) for at, head in enumerate(grid.rows) if head.rank > 1]
    return max(ranks)[1] if ranks else -1


def _block(grid: Grid, column: int, kinds: Sequence[str] = ("count", "total")) -> list[int]:
    """Give the counting columns right before a column, back to another that is worked out."""
    while column and grid.columns[column - 1].kind in _DERIVED - {*kinds}:
        column -= 1
    some = counts(grid, column, kinds)
    while some and any(
        grid.columns[at].kind in _DERIVED and grid.columns[at].kind not in kinds
        for at in range(some[0], column)
    ):
        some.pop(0)
    return some


def _rate(grid: Grid, column: int, words: Words) -> Iterator[Way]:
    """Read 到校率 as 实到 of 应到: by the words of both heads, else by their order."""
    some, block = counts(grid, column), _block(grid, column)
    stem = words.stem(grid.columns[column].name)
    names = [head.name for head in grid.columns]
    told = [at for at in block if akin(stem, names[at]) or stem == names[at]]
    told = [at for at in told if not words.whole(names[at])] or told
    parts = told or [at for at in block if words.done(names[at]) and not words.whole(names[at])]
    wholes = [at for at in block if words.whole(names[at]) and at not in parts]
    wholes = wholes or [at for at in some if words.whole(names[at]) and at not in parts]
    if len(parts) == len(wholes) == 1 and (told or wholes[0] < parts[0]):
        yield Way("rate", (parts[0], wholes[0]), ("table_rate",))
    elif len(block) == _TWO:
        first, second = block
        ahead = 1 + words.fits(stem, names[first], names[second])
        ahead -= words.fits(stem, names[second], names[first])
        cues = ("table_guess", "table_rate_likely", "table_rate")
        yield Way("rate", (second, first), (cues[min(_TWO, max(0, ahead))],))
        yield Way("rate", (first, second), (cues[min(_TWO, max(0, -ahead))],))
    elif len(parts) == 1 and len(some) > 1:
        at = some.index(parts[0])
        if at:
            yield Way("rate", (parts[0], some[at - 1]), ("table_guess",))
            yield Way("rate", (parts[0], some[0]), ("table_guess",))


def _share(grid: Grid, column: int, words: Words) -> Iterator[Way]:
    """Read 占比 as the row's part of the total row, or of another number of its row."""
    name = grid.columns[column].name
    some = counts(grid, column)
    if not some or words.outside(name):
        return
    part = some[-1]
    base = words.base(name)
    named = [at for at in some[:-1] if base and akin(base, grid.columns[at].name)]
    total = total_row(grid)
    whole = grid.at(total, column) if total >= 0 else None
    hundred = whole is not None and abs(whole.value - _ALL) <= _NEARLY
    if named and not hundred:
        yield Way("rate", (part, named[-1]), ("table_rate",))
        return
    across = len(some) > 1 and not hundred
    if total >= 0 and (hundred or whole is None):
        cue = "table_rate_likely" if across else "table_rate"
        skip = total if whole is not None and not whole.low <= _ALL <= whole.high else -1
        yield Way("rate", (part, part), (cue,), row=total, skip=skip)
    if across:
        cue = "table_rate_likely" if whole is None else "table_guess"
        yield Way("rate", (part, some[-2]), (cue,))


def _growth(grid: Grid, column: int, words: Words) -> Iterator[Way]:
    """Read 增长 from two columns of two times, or from two rows of two years."""
    points = any(
        one is not None and one.form == "points"
        for one in (grid.at(row, column) for row in range(min(_FEW, len(grid.rows))))
    )
    name = grid.columns[column].name
    apart = _APART.search(name) is not None
    kinds = ("count", "total", *(("rate", "share") if points else ()))
    block = _block(grid, column, (*kinds, "mean", "never") if apart else kinds)
    if apart and len(block) == _TWO:
        yield from _apart(grid, column, block)
        return
    whose = words.grown(name)
    told = [words.grown(grid.columns[at].name + grid.columns[at].group) for at in block]
    if len(whose) >= _TWO and any(len(one) >= _TWO and not akin(whose, one) for one in told):
        return
    times = [at for at in block if grid.columns[at].year or grid.columns[at].time]
    if len(times) == 1 and grid.columns[times[0]].year:
        # 2022|2023|增长|2024|增长: the year before stands further to the left.
        year = grid.columns[times[0]].year - 1
        times = [at for at in counts(grid, column) if grid.columns[at].year == year][:1] + times
    if len(times) >= _TWO:
        yield from _of_times(grid, times, name)
    elif len(block) == _TWO:
        new, old = block[1], block[0]
        said = any(grid.columns[at].time for at in block)
        if grid.columns[old].time > 0 or grid.columns[new].time < 0:
            new, old = old, new
        yield Way("growth", (new, old), ("table_rate_likely" if said else "table_guess",))
        yield Way("growth", (old, new), ("table_guess",))
    years = [head.year for head in grid.rows]
    told = [one for one in years if one]
    if block and len(told) >= _TWO and len(set(told)) == len(told):
        by_year = {year: at for at, year in enumerate(years) if year}
        before = tuple(by_year.get(year - 1, -1) if year else -1 for year in years)
        yield Way("growth", (block[-1], block[-1]), ("table_rate",), before=before)


def _apart(grid: Grid, column: int, block: Sequence[int]) -> Iterator[Way]:
    """Read 差距 as how far two columns are apart; with a sign, as one of them less the other."""
    told = [grid.at(row, column) for row in range(min(_FEW, len(grid.rows)))]
    first, second = block
    if any(one is not None and one.value < 0 for one in told):
        yield Way("growth", (first, second), ("table_guess",))
        yield Way("growth", (second, first), ("table_guess",))
    else:
        yield Way("apart", (first, second), ("table_rate_likely",))


def _of_times(grid: Grid, times: Sequence[int], name: str) -> Iterator[Way]:
    heads = grid.columns
    later = sorted(times, key=lambda at: (heads[at].time, heads[at].year))
    old, new = later[-2], later[-1]
    if (heads[old].time, heads[old].year) == (heads[new].time, heads[new].year):
        return
    if _YEARLY.search(name):
        span = heads[new].year - heads[later[0]].year
        if span > 1 and heads[later[0]].year:
            yield Way("yearly", (new, later[0]), ("table_rate",), extra=span)
    elif len(times) == _TWO:
        yield Way("growth", (new, old), ("table_rate",))
    else:
        yield Way("growth", (new, old), ("table_rate_likely",))
        yield Way("growth", (new, later[0]), ("table_guess",))


def _ratio(grid: Grid, column: int, words: Words) -> Iterator[Way]:
    """Read 生师比 as pupils by teachers, 甲与乙比 as one by the other."""
    names = {at: grid.columns[at].name for at in _all_counts(grid)}
    name = grid.columns[column].name
    first, second = words.sides(name, names)
    cue = "table_rate" if len(first) == len(second) == 1 else "table_guess"
    for one in first[:_TWO]:
        for other in second[:_TWO]:
            if one != other:
                yield Way("per", (one, other), (cue,), named=words.named(name))


def _per(grid: Grid, column: int, words: Words) -> Iterator[Way]:
    """Read 生均图书 as books by pupils, 每百名学生电脑数 as computers by hundreds of pupils."""
    heads = grid.columns
    names = {at: heads[at].name + _OF_UNIT.get(heads[at].unit, "") for at in _all_counts(grid)}
    totals, persons, many = words.per(heads[column].name, names)
    cue = "table_rate" if len(totals) == len(persons) == 1 else "table_guess"
    for one in totals[:_TWO]:
        for other in persons[:_TWO]:
            if one != other:
                relation = "per_many" if many > 1 else "per"
                yield Way(relation, (one, other), (cue,), extra=many if many > 1 else 0)


def _all_counts(grid: Grid) -> list[int]:
    return [at for at, head in enumerate(grid.columns) if head.kind in ("count", "total")]


MAKERS: Final[dict[str, Callable[[Grid, int, Words], Iterator[Way]]]] = {
    "rate": _rate, "share": _share, "growth": _growth, "change": _growth, "ratio": _ratio,
    "per": _per,
}  # fmt: skip
"""By what a column is, who reads it."""
