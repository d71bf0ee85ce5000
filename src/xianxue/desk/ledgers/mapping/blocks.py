"""The tables of an office's workbook: several sheets, and several below each other in one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from xianxue.bureau.returns.contents.ledger_days import told_until, told_year
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import is_total
from xianxue.bureau.returns.files.fills import Colour, Fills
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.mapping.proposal import name_of
from xianxue.bureau.returns.mapping.table import Table, find_table, spread
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.record import Record, field
from xianxue.desk.ledgers.mapping.cutting import cuts_of

_BEFORE_SUM: Final = 3
"""Cells at the beginning of a line in which a sum says that it is one."""


class Block(Record, kw_only=True):
    """One table, cut out of its sheet."""

    file: str
    tab: str
    first: int
    """The line of the sheet with which it begins, counted from 0."""
    grid: Grid
    full: Grid
    """The same with merged cells filled."""
    table: Table
    above: str = ""
    """What is written over this table and those beside it."""
    fills: Fills = field(default_factory=dict[tuple[int, int], Colour])
    """Of the sheet, by its own lines."""
    colourless: bool = False
    """Whether the workbook's colours cannot be read."""
    group: dict[int, str] = field(default_factory=dict[int, str])
    """For a line below one that only names a group: that name."""
    nth: int = 1
    """Which table of its sheet it is."""

    def cell(self, row: int, at: int) -> str:
        """Give the address in the sheet of a cell of the table."""
        return address(row + self.first, at)

    def filled(self, row: int) -> list[int]:
        """Give the columns of a line in which something stands, what is merged once."""
        return list(filled(self.grid[row]))

    def text(self, row: int, at: int) -> str:
        """Give what stands in a cell, also in one that is merged with others."""
        line = self.full[row]
        return written(line[at]) if at < len(line) else ""

    def head(self, at: int) -> str:
        """Give the header of a column; empty for none."""
        return next((name_of(one) for one in self.table.heads if one.at == at and one.levels), "")

    def colour(self, row: int, at: int | None) -> Colour | None:
        """Give the colour of a cell; without a column that of most of the line's filled cells."""
        if at is not None:
            return self.fills.get((row + self.first, at))
        cells = filled(self.grid[row])
        found: list[Colour] = [
            c for at in cells if (c := self.fills.get((row + self.first, at))) is not None
        ]
        # More than half of them: a single coloured cell marks something else.
        return next((one for one in found if found.count(one) * 2 > len(cells)), None)

    @property
    def title(self) -> str:
        """What is written above the headers, with the names of file and tab."""
        lines = self.grid[: self.table.head_rows[0]]
        above = [written(row[at]) for row in lines for at in filled(row)]
        return " ".join([*above, self.above, self.tab, self.file])

    def until(self, today: date) -> date:
        """Give the day up to which it tells."""
        return min(told_until(self.title) or today, today)

    def year(self, today: date) -> int:
        """Give the year it is of, for days that are written without one."""
        return told_year(self.title) or self.until(today).year


def blocks_of(
    book: Book, file: str, tab: str, fills: Fills | None, names: Collection[str]
) -> list[Block]:
    """Cut a sheet into its tables; ``names`` are the names of fields, reduced with ``bare``."""
    found: list[Block] = []
    for cut in cuts_of(book.cells(tab), book.merged(tab), names):
        table = find_table(cut.grid, cut.merged)
        if table is None or not table.rows:
            continue
        block = Block(
            file=file,
            tab=tab,
            first=cut.first,
            grid=cut.grid,
            full=spread(cut.grid, cut.merged),
            table=table,
            above=cut.above,
            fills=fills or {},
            colourless=fills is None,
            nth=len(found) + 1,
        )
        _without_groups(block)
        found.append(block)
    return found


def _without_groups(block: Block) -> None:
    """Take lines that only name a group, and sums, out of the data; keep the group's name."""
    table, kept, group = block.table, list[int](), ""
    for row in table.rows:
        cells = filled(block.grid[row])
        said = [written(block.grid[row][at]) for at in cells]
        if any(is_total(text) for text in said[:_BEFORE_SUM]):
            table.around += [(row, at) for at in cells]
        elif len(cells) == 1:
            group = said[0]
            table.around.append((row, cells[0]))
        else:
            block.group[row] = group
            kept.append(row)
    table.rows = kept
