"""Columns of a table somebody brings: found by their names, each cell with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import ComplaintsError

ABSENT: Final = frozenset({"", "缺考", "缺", "免考", "免试", "未选", "-", "—", "/", "NA", "null"})
"""What stands where there is no mark: none of them is a 0."""
CHEATED: Final = frozenset({"作弊", "违纪"})
_WITHIN: Final = 20
"""Rows in which the names of the columns are looked for."""
_MOST: Final = Decimal(10) ** 6


class Found(Record):
    """A table with some of its columns found."""

    file: str
    tab: str
    first: int
    """The number of its first row of data, as a spreadsheet counts."""
    rows: Sequence[Sequence[str]]
    """The cells of the columns that were asked for, in their order."""
    at: Sequence[int]
    """Which column of the sheet each is, counted from 1."""

    def complain(  # noqa: PLR0913, PLR0917 - the parts of a complaint
        self, row: int, column: int, code: str, saw: str, required: str, do: str = ""
    ) -> Issue:
        """Complain of one cell; rows and columns of what was found, counted from 0."""
        return Issue(
            code=code,
            severity=Severity.MUST_FIX,
            file=self.file,
            sheet=self.tab,
            cell=address(self.first + row - 1, self.at[column] - 1),
            saw=saw,
            required=required,
            do=do,
        )


def find_columns(path: Path, names: Sequence[str]) -> Found:
    """Find columns by name in the first sheet that has them all; ComplaintsError where none has.

    Rows that are empty in all of them are left out at the end alone: counts of rows stay true.
    """
    try:
        book = open_book(read_file(path), path.name)
        for tab in book.tabs:
            if tab in book.hidden:
                continue
            found = _in_grid(path.name, tab, book.cells(tab), names)
            if found is not None:
                return found
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(path.name)]) from None
    issue = Issue(
        code="X-COLUMNS",
        severity=Severity.MUST_FIX,
        file=path.name,
        saw=say("没有一张表同时有这些列：{names}", names=joined("、", names)),
        required=say("前 {n} 行里有一行列名", n=_WITHIN),
        do=say("请核对列名，或用选项写明"),
    )
    raise ComplaintsError([issue])


def _in_grid(file: str, tab: str, grid: Grid, names: Sequence[str]) -> Found | None:
    for number, row in enumerate(grid[:_WITHIN]):
        said = ["".join(written(raw).split()) for raw in row]
        if all(name in said for name in names):
            at = [said.index(name) + 1 for name in names]
            rows = [[written(line[one - 1]) for one in at] for line in grid[number + 1 :]]
            while rows and not any(rows[-1]):
                rows.pop()
            return Found(file, tab, number + 2, rows, at)
    return None


def marks_of(found: Found, column: int, issues: list[Issue]) -> Iterator[Decimal | None]:
    """Go through the marks of a column: None where somebody was absent.

    What is no mark at all is complained of, and given as None.
    """
    for row, cells in enumerate(found.rows):
        text = cells[column].strip()
        if text in ABSENT or text in CHEATED:
            yield None
            continue
        try:
            mark = Decimal(text)
        except InvalidOperation:
            mark = None
        if mark is None or not mark.is_finite() or abs(mark) > _MOST:
            saw = say("成绩填了“{text}”", text=text)
            required = say("数字；没有成绩的写缺考、免考，或空着")
            issues.append(found.complain(row, column, "X-MARK", saw, required))
            yield None
        else:
            yield mark
