"""Text exports divided into cells.

Between the cells stand commas, semicolons, tabs, full-width commas or bars.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import Final

from xianxue.bureau.returns.files.bounds import MOST_CELLS
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.sentence import say

# In the order of preference where two divide the lines equally well.
_DELIMITERS: Final = (",", ";", "\t", "，", "|")
_SAMPLE: Final = 60
"""Lines by which the delimiter is recognised."""


def grid_of(text: str) -> Grid:
    """Divide a text into cells, all rows equally long; raise the refusal of one too large."""
    delimiter = ""
    head, _, rest = text.partition("\n")
    # Excel's own first line, by which a text says its delimiter; which may be a tab.
    head = head.strip(" \r")
    if head.lower().startswith("sep=") and len(head) == len("sep=,"):
        delimiter, text = head[-1], rest
    rows = _rows(text, delimiter or _delimiter(text))
    width = max(map(len, rows), default=0)
    # Programs export hundreds of rows of nothing but delimiters.
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) * width > MOST_CELLS:
        raise _too_big(say("有 {n} 行、{width} 列", n=len(rows), width=width))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    # Counted while they are read: what is too large is never held as a whole.
    lines = text.count("\n") + text.count("\r")
    if lines > MOST_CELLS:
        raise _too_big(say("有 {lines} 行", lines=lines))
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            cells += len(row)
            if cells > MOST_CELLS:
                raise _too_big(say("到第 {n} 行已有 {cells} 格", n=len(rows) + 1, cells=cells))
            rows.append(row)
    except csv.Error:
        raise RefusedError(
            "R-BROKEN",
            say("文本的引号不成对，分不出格子"),
            say("完整的 CSV 文件"),
            say("请重新从表格软件导出，或直接交 .xlsx 工作簿"),
        ) from None
    return rows


def _too_big(saw: str) -> RefusedError:
    return RefusedError("R-TOO-BIG", saw, say("只含要报的表"), say("请删去数据以外的行和列，再交"))


def _delimiter(text: str) -> str:
    """Take the sign that divides most lines into equally many cells."""
    sample = text.splitlines(keepends=True)[:_SAMPLE]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if row)
        except csv.Error:
            continue
        # A line that is not divided at all speaks for no delimiter.
        widths.pop(1, None)
        cells = max((width * often for width, often in widths.items()), default=0)
        if cells > most:
            best, most = delimiter, cells
    return best
