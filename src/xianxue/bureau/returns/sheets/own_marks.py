"""How a reader knows what we wrote into a workbook, so that it is not taken for data.

It is written by a check, or by the bureau when it sends a return back; either is taken off alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.values.record import Record

SIGN: Final = "xianxue-marks"
"""Stands in the summary's hidden columns, and in nobody else's sheet."""
ANSWERS: Final = "经验校验说明"
"""The tab on which a clerk explains what is unusual."""
ANSWERS_SIGN: Final = "xianxue-answers"
"""Stands in that sheet's hidden columns."""


class Voice(Record):
    """Who speaks in the marks, and in which words."""

    summary: str
    """The tab of the summary sheet."""
    reason: str
    """The header of the last column."""
    comment: str
    """How a comment of ours begins."""
    grades: Mapping[Severity, tuple[str, str]]
    """What each grade is called, and what a clerk has to do about it."""
    heads: tuple[str, ...]
    """The summary's columns."""

    @property
    def required(self) -> str:
        """What stands before the part of a complaint that says what is asked."""
        return self.heads[5]

    @property
    def citation(self) -> str:
        """What stands before the part of a complaint that says who asks for it."""
        return self.heads[7]


CHECK: Final = Voice(
    "校验结果",
    "错误原因",
    "【校验】",
    {
        Severity.MUST_FIX: (Severity.MUST_FIX.term, "必须改正"),
        Severity.EXPLAIN: (Severity.EXPLAIN.term, "请改正，或者说明原因"),
        Severity.NOTE: (Severity.NOTE.term, "供参考，不必改"),
    },
    ("序号", "级别", "工作表", "单元格", "发现的问题", "要求", "怎样改", "依据"),
)
REVIEW: Final = Voice(
    "审核意见",
    "教育局审核意见",
    "【审核】",
    dict.fromkeys(Severity, ("审核意见", "请核对，有误的改正")),
    ("序号", "类别", "工作表", "单元格", "审核意见", "报的是", "怎样办", "审核人"),
)
VOICES: Final = (CHECK, REVIEW)
_REASONS: Final = frozenset(one.reason for one in VOICES)
# As far down as marking looks for the row that is headed.
_HEADS_WITHIN: Final = 20


def is_summary(grid: Grid) -> bool:
    """Whether a sheet is the summary of a check."""
    return bool(grid) and SIGN in grid[0]


def is_answers(grid: Grid) -> bool:
    """Whether a sheet is the one for explanations."""
    return bool(grid) and ANSWERS_SIGN in grid[0]


def said_on(grid: Sequence[Sequence[Raw]]) -> tuple[Said, ...]:
    """Give what a clerk wrote on the sheet for explanations, line by line.

    Four hidden columns say what a line is about, and in which column the clerk was to write.
    Lines may be sorted, put in or taken out.
    """
    if not grid or ANSWERS_SIGN not in grid[0]:
        return ()
    at = grid[0].index(ANSWERS_SIGN)
    found: list[Said] = []
    for row in grid[1:]:
        rule, about, value, column = (str(raw) for raw in [*row[at : at + 4], "", "", "", ""][:4])
        # A line that a clerk put in himself has nothing in the hidden columns.
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
    # Only the last column: a form may ask for 错误原因 itself.
    last = {row[-1] for row in grid[:_HEADS_WITHIN] if row}
    if any(isinstance(raw, str) and raw.partition("：")[0] in _REASONS for raw in last):
        return [row[:-1] for row in grid]
    return grid
