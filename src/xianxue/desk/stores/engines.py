"""The engines that figures can be counted by."""

from __future__ import annotations

from typing import Final, cast

import polars as pl

from xianxue.bureau.indicators.engine import Engine, Lines, Words

POLARS: Final = Engine(
    words=Words.of(pl),
    # Polars' frames have the methods of Narwhals' that the bureau uses.
    opened=lambda table: cast("Lines", table),
    kept=lambda lines: lines.collect().lazy(),
)
"""Polars in its own words: nothing is translated."""
