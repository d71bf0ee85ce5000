"""How a reader knows what the checks wrote into a workbook, so that it is not taken for data."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.returns.cells import Grid, Raw

SUMMARY: Final = "校验结果"
"""The tab of the summary sheet."""
SIGN: Final = "xianxue-marks"
"""Stands in the summary's hidden columns, and in nobody else's sheet."""
REASON: Final = "错误原因"
"""The header of the last column."""
COMMENT: Final = "【校验】"
"""How a comment of ours begins."""
_HEADS_WITHIN: Final = 20


def is_summary(grid: Grid) -> bool:
    """Whether a sheet is the summary of a check."""
    return bool(grid) and SIGN in grid[0]


def without_reasons(grid: Grid) -> Grid:
    """Give a sheet without the last column, if it is the one of reasons.

    >>> without_reasons([["年级", "错误原因"], ["一年级", "没有填"]])
    [['年级'], ['一年级']]
    """
    if any(row and _heads_reasons(row[-1]) for row in grid[:_HEADS_WITHIN]):
        return [row[:-1] for row in grid]
    return grid


def _heads_reasons(raw: Raw) -> bool:
    return isinstance(raw, str) and raw.startswith(REASON) and raw[len(REASON) :][:1] in {"", "："}
