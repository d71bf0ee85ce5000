"""What is not shown of a table from elsewhere: named, and read only where somebody has said so."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.mapping.proposal import Proposals
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.returns.mapping.tables import Looked

Answer = Literal["read", "skip"] | None


class Unseen(Record):
    """The hidden parts of one table that hold something to read."""

    tab: bool = False
    rows: tuple[int, ...] = ()
    """Rows of the table, counted from 0 as they are read."""
    columns: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is hidden."""
        return self.tab or bool(self.rows) or bool(self.columns)


def unseen_of(looked: Looked) -> Unseen:
    """Find what of a table is not shown; what nobody would read does not count."""
    # Nothing of it would be read anyway: hidden notes are nobody's concern.
    if not looked.proposals.values:
        return Unseen()
    rows, columns = looked.book.hidden_lines(looked.tab)
    # A table with one item a row was turned before it was read.
    if looked.table.down:
        rows, columns = columns, rows
    held = [each.head.at for each in looked.proposals.columns if each.target is not None]
    return Unseen(
        looked.tab in looked.book.hidden,
        tuple(row for row in looked.table.rows if row in rows),
        tuple(at for at in held if at in columns),
    )


def without(looked: Looked, unseen: Unseen) -> Looked:
    """Give a table without what is not shown of it."""
    table = replace(looked.table)
    table.rows = [] if unseen.tab else [row for row in table.rows if row not in unseen.rows]
    columns = tuple(
        # Decided, so that nobody is asked again about what was left out on purpose.
        replace(each, target=None, doubt="", decided=True)
        if unseen.tab or each.head.at in unseen.columns
        else each
        for each in looked.proposals.columns
    )
    proposals: Proposals = replace(looked.proposals, columns=columns)
    return replace(looked, table=table, proposals=proposals)


def issue_of(looked: Looked, unseen: Unseen, answer: Answer) -> Issue:
    """Name what is hidden, and ask whether it is meant."""
    table = looked.table
    at = table.head_rows[0]
    rows = joined("、", (_row(looked, row) for row in unseen.rows))
    columns = joined("、", (table.column(each) for each in unseen.columns))
    parts = [
        say("整张工作表") if unseen.tab else "",
        _named(rows, lines=not table.down) if rows else "",
        _named(columns, lines=table.down) if columns else "",
    ]
    hidden = joined("、", filter(None, parts))
    done = {"read": say("照样读"), "skip": say("没有读"), None: say("读不读还没有定")}[answer]
    spot = (unseen.rows or table.rows or [at])[0]
    return Issue(
        code="R-MAP-HIDDEN",
        severity=Severity.NOTE if answer else Severity.MUST_FIX,
        file=looked.file,
        sheet=looked.tab,
        cell=table.cell(spot, unseen.columns[0] if unseen.columns else 0),
        form=looked.form.form,
        saw=say("{hidden}是隐藏的（或筛选掉的），{done}", hidden=hidden, done=done),
        required="" if answer else say("看不见的数，要有人说过才读"),
        do="" if answer else say("请取消隐藏看一看：要读加 --hidden read，不要读加 --hidden skip"),
    )


def _named(listed: str, *, lines: bool) -> str:
    return say("第 {listed} 行", listed=listed) if lines else say("{listed} 列", listed=listed)


def _row(looked: Looked, row: int) -> str:
    # Of a turned table a row is a column of the sheet.
    return looked.table.cell(row, 0).rstrip("0123456789") if looked.table.down else str(row + 1)
