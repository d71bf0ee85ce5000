"""How a reader knows what the checks wrote into a workbook, so that it is not taken for data."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.cells import Grid, Raw

SUMMARY: Final = "校验结果"
"""The tab of the summary sheet."""
SIGN: Final = "xianxue-marks"
"""Stands in the summary's hidden columns, and in nobody else's sheet."""
ANSWERS: Final = "经验校验说明"
"""The tab on which a clerk explains what is unusual."""
ANSWERS_SIGN: Final = "xianxue-answers"
"""Stands in that sheet's hidden columns."""
REASON: Final = "错误原因"
"""The header of the last column."""
COMMENT: Final = "【校验】"
"""How a comment of ours begins."""
_HEADS_WITHIN: Final = 20


def is_summary(grid: Grid) -> bool:
    """Whether a sheet is the summary of a check."""
    return bool(grid) and SIGN in grid[0]


def is_answers(grid: Grid) -> bool:
    """Whether a sheet is the one for explanations."""
    return bool(grid) and ANSWERS_SIGN in grid[0]


def said_on(grid: Grid) -> tuple[Said, ...]:
    """Give what a clerk wrote on the sheet for explanations, line by line.

    Four hidden columns say what a line is about, and in which column the clerk was to write.
    Lines may be sorted, put in or taken out.
    """
    if not is_answers(grid):
        return ()
    at = grid[0].index(ANSWERS_SIGN)
    found: list[Said] = []
    for row in grid[1:]:
        rule, about, value, column = (str(raw) for raw in [*row[at : at + 4], "", "", "", ""][:4])
        if not rule or not column.isdigit() or int(column) >= at:
            continue
        text = str(row[int(column)]).strip()
        if text:
            found.append(Said(rule, about, value, text))
    return tuple(found)


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
