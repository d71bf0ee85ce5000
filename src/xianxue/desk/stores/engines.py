"""The engines that figures can be counted by: each reads the cabinet's Parquet files itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import polars as pl

from xianxue.bureau.records.engine import NARWHALS, Engine, Expr, Lines, Words
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMES: Final = ("polars", "duckdb")
"""The engines by name; the first is the one that is used unless another is asked for."""


class NoEngineError(RuntimeError):
    """An engine that is not installed; the message is Chinese."""


def _scan(table: Path | pl.LazyFrame) -> Lines:
    # Polars' frames have the methods of Narwhals' that the bureau uses.
    return cast("Lines", pl.scan_parquet(table) if isinstance(table, Path) else table)


def _beside(lines: Lines, columns: Sequence[Expr]) -> Lines:
    # What is worked out already is handed over as it lies there; the streaming engine would copy
    # all of it once more.
    held = cast("pl.LazyFrame", lines).collect(engine="in-memory")
    new = cast("Sequence[pl.Expr]", columns)
    # Picked out afterwards: a constant is as long as the lines, however few these are.
    made = held.lazy().with_columns(new).select(one.meta.output_name() for one in new).collect()
    return cast("Lines", held.hstack(made).lazy())


_POLARS: Final = Words.of(pl)
# An expression never changes, and a few constants are said a thousand times: each is made once.
# ``typed``: 1 and True are equal, and not the same constant.
_ONCE: Final = replace(_POLARS, lit=lru_cache(maxsize=1024, typed=True)(_POLARS.lit))
POLARS: Final = Engine(
    words=_ONCE,
    opened=_scan,
    kept=lambda lines: lines.collect().lazy(),
    beside=_beside,
    made=lambda columns: cast("Lines", pl.LazyFrame(columns)),
    coded=lambda text: text.cast(cast("Any", pl.Categorical)),
    # To set up a stream of a thousand columns takes longer than to count a county's few lines.
    few=lambda lines: cast("Lines", cast("Any", lines).collect(engine="in-memory").lazy()),
)
"""Polars in its own words: nothing is translated."""


def engine_of(name: str) -> Engine:
    """Give an engine by name; NoEngineError where it is not installed."""
    return POLARS if name == NAMES[0] else duckdb_engine()


def duckdb_engine() -> Engine:
    """Start DuckDB in memory, spoken to through Narwhals.

    It opens Parquet files, and Polars' frames. NoEngineError where it is not installed.
    """
    # Narwhals hands DuckDB's results over as Arrow tables, so both are needed.
    lacking = next((name for name in ("duckdb", "pyarrow") if find_spec(name) is None), "")
    if lacking:
        message = say(
            "没有安装 {lacking}，不能用 DuckDB 计算："
            "请运行 pip install 'xianxue[duckdb]'，或去掉 --engine duckdb",
            lacking=lacking,
        )
        raise NoEngineError(message)
    import duckdb  # noqa: PLC0415 - an extra, loaded by those who ask for it

    connection = duckdb.connect()
    names = (f"kept{number}" for number in count())

    def kept(lines: Lines) -> Lines:
        name = next(names)
        # A table of its own stays inside DuckDB, which can move it to disk; nothing comes here.
        lines.to_native().create(name)
        return NARWHALS.opened(connection.table(name))

    return Engine(
        NARWHALS.words,
        opened=lambda table: _told_to(connection, table),
        kept=kept,
        beside=lambda lines, columns: kept(lines.with_columns(*columns)),
        made=lambda columns: _told_to(connection, pl.LazyFrame(columns)),
        coded=NARWHALS.coded,
    )


def _told_to(connection: DuckDBPyConnection, table: Path | pl.LazyFrame) -> Lines:
    if isinstance(table, Path):
        return NARWHALS.opened(connection.read_parquet(str(table)))
    # Where pyarrow has no types, what is made of it has none either.
    frame = cast("Any", table.collect())
    return NARWHALS.opened(connection.from_arrow(frame.to_arrow()))
