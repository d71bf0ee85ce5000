"""The sheets of a workbook as texts, with what is merged; sheets that are hidden are left out."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.appraisal.importing.cells import SheetCells
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.files.opening import Book


def sheets_of(book: Book) -> Iterator[SheetCells]:
    """Give the sheets that are shown, in order."""
    for tab in book.tabs:
        if tab in book.hidden:
            continue
        reach = {
            (top, left): (bottom - top + 1, right - left + 1)
            for (top, left), (bottom, right) in book.merged(tab)
        }
        rows = [[written(raw) for raw in row] for row in book.cells(tab)]
        yield SheetCells(name=tab, rows=rows, reach=reach)
