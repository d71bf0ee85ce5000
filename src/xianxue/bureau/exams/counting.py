"""How many pupils have each mark: what scales, ranks, percentiles and bands are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from xianxue.bureau.records.engine import Engine, Expr, Lines

Counts = Mapping[int, int]
"""Pupils by mark, in hundredths of a point."""

_MARK, _MANY = "mark", "many"


def counts_of(engine: Engine, lines: Lines, column: str) -> dict[int, int]:
    """Count the pupils by mark; who has none is in no count."""
    return counts_by(engine, lines, column, ()).get((), {})


def counts_by(
    engine: Engine, lines: Lines, column: str, keys: Sequence[str]
) -> dict[tuple[str, ...], dict[int, int]]:
    """Count the pupils by mark within each group; groups without any mark are not there."""
    col = engine.words.col
    # Grouped by a name without a dot: DuckDB would look for a table before it.
    marks = lines.filter(~col(column).is_null()).select(*keys, col(column).alias(_MARK))
    known = marks.group_by(*keys, _MARK)
    found: dict[tuple[str, ...], dict[int, int]] = {}
    for row in rows_of(known.agg(engine.words.len().alias(_MANY))):
        group = tuple(cast("str", row[key]) for key in keys)
        found.setdefault(group, {})[int(row[_MARK])] = int(row[_MANY])
    return dict(sorted(found.items()))


def rows_of(lines: Lines) -> list[dict[str, Any]]:
    """Work lines out and give them one by one."""
    return lines.collect().rows(named=True)


def looked_up(engine: Engine, column: str, values: Mapping[int, int]) -> Expr:
    """Put in place of each mark what was found out for it; exact, for marks are whole numbers."""
    words = engine.words
    if not values:
        return words.lit(None, dtype=words.Int32)
    old, new = list(values), list(values.values())
    return words.col(column).replace_strict(old, new, default=None, return_dtype=words.Int32)
