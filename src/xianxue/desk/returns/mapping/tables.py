"""Tables from elsewhere: opened, looked at, and what was decided of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.texts import places
from xianxue.bureau.returns.files.opening import Book, open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.mapping.decisions import decided, from_card, known_again
from xianxue.bureau.returns.mapping.downwards import (
    find_downwards,
    names_asked,
    turned,
)
from xianxue.bureau.returns.mapping.proposal import Proposals
from xianxue.bureau.returns.mapping.proposing import propose
from xianxue.bureau.returns.mapping.rows_known import (
    Known,
    asked_among,
    kinds_of,
    named_by_values,
)
from xianxue.bureau.returns.mapping.sentences import Asked, blanks_asked
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.mapping.table import Table, find_table, spread
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.returns.reading.unread import filled, short
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import SCHEMA_TAB, address
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.returns.intake import file_names
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import MisusedError

_WHOSE_WORTH = 0.5
"""What a column of codes or names is worth beside one of values, when forms are compared."""


class Wanted(Record):
    """What the caller has said beforehand."""

    form: str = ""
    only: str = ""
    """The sheet of the form that the table is for."""
    tab: str = ""
    place: str = ""
    """Whose the table is, where no column says so."""


class Looked(Record):
    """One table, and what its columns may hold."""

    file: str
    tab: str
    book: Book
    grid: Grid
    full: Grid
    """The same with merged cells filled."""
    table: Table
    form: Form
    proposals: Proposals
    card: Mapping | None = None
    """The kept mapping by which it was known again."""
    blanks: tuple[Asked, ...] = ()
    """What its sentences ask for; shown, and not read."""
    known: Known | None = None
    """The register's schools, where there is a register."""
    only: str = ""
    """The sheet of the form that it is for, where the caller has said so."""

    @property
    def named(self) -> str:
        """File and tab; a text has no tab."""
        return say("{file}〔{tab}〕", file=self.file, tab=self.tab) if self.tab else self.file

    @property
    def open_columns(self) -> int:
        """How many columns somebody has to say something of."""
        return sum(each.is_open for each in self.proposals.columns)

    @property
    def source(self) -> Source:
        """The table, ready to be read."""
        values = [each.head.at for each in self.proposals.values]
        cells = [
            Row(str(row), {str(at): Cell(0, self.table.cell(row, at)) for at in values})
            for row in self.table.rows
        ]
        damage = self.book.find_damage({self.tab: self.tab}, {self.tab: cells})
        return Source(
            self.file,
            self.tab,
            self.grid,
            self.full,
            self.table,
            self.form,
            self.proposals,
            damage.get(self.tab, {}),
        )

    def having(self, proposals: Proposals) -> Looked:
        """Give the same table with other proposals."""
        return replace(self, proposals=proposals)


class Written(Record):
    """One workbook that was written."""

    place: str
    name: str
    file: Path
    cells: int
    """How many values of the tables stand in it."""


@dataclass
class Applied:
    """What came of it."""

    written: list[Written] = field(default_factory=list[Written])
    issues: list[Issue] = field(default_factory=list[Issue])


def look_at(
    files: Sequence[Path], shelf: Shelf, wanted: Wanted, known: Known | None = None
) -> tuple[list[Looked], list[Issue]]:
    """Look at every table of every file; what is no table is named among the issues.

    Raises MisusedError where a form, a sheet of it or a tab is asked for that is not there.
    """
    forms = _forms(shelf, wanted)
    found: list[Looked] = []
    issues: list[Issue] = []
    tabs: set[str] = set()
    for path, name in zip(files, file_names(files), strict=True):
        try:
            book = open_book(read_file(path), name)
            tabs |= set(book.tabs)
            # Read column by column, one of ours could only be read worse than by its own schema.
            if SCHEMA_TAB in book.tabs:
                issues.append(_is_ours(name))
                continue
            for tab in book.tabs:
                if wanted.tab in {"", tab}:
                    looked = _look(book, name, tab, shelf, forms, wanted, known)
                    if isinstance(looked, Issue):
                        issues.append(looked)
                    else:
                        found.append(looked)
        except RefusedError as refused:
            issues.append(refused.issue(name))
    # A file that was refused may have had that tab.
    if wanted.tab and wanted.tab not in tabs and not issues:
        message = say(
            "没有工作表“{tab}”；现有：{known}", tab=wanted.tab, known=joined("、", sorted(tabs))
        )
        raise MisusedError(message)
    return found, issues


def _is_ours(file: str) -> Issue:
    return Issue(
        code="R-MAP-OWN",
        severity=Severity.MUST_FIX,
        file=file,
        saw=say("这是本系统生成的工作簿，每一格是什么已经写明"),
        do=say("不必对应：请用 xianxue returns check 校验，再报送"),
    )


def _forms(shelf: Shelf, wanted: Wanted) -> list[Form]:
    if wanted.form and wanted.form not in shelf.forms:
        message = say(
            "没有报表“{form}”；现有：{known}", form=wanted.form, known=joined("、", shelf.forms)
        )
        raise MisusedError(message)
    forms = [form for form in shelf.forms.values() if wanted.form in {"", form.form}]
    # A table is a school's before it is the county's, where it could be either.
    forms.sort(key=lambda form: form.filed_by != "school")
    if wanted.only:
        fitting = [form for form in forms if form.sheet(wanted.only) is not None]
        if not fitting:
            known = joined("、", (sheet.sheet for form in forms for sheet in form.sheets))
            message = say("没有分表“{only}”；现有：{known}", only=wanted.only, known=known)
            raise MisusedError(message)
        return fitting
    return forms


def _look(  # noqa: PLR0913, PLR0917 - a tab, and all it may be
    book: Book,
    file: str,
    tab: str,
    shelf: Shelf,
    forms: Sequence[Form],
    wanted: Wanted,
    known: Known | None,
) -> Looked | Issue:
    grid, merged = book.cells(tab), book.merged(tab)
    across = find_table(grid, merged)
    found = [(across, grid, spread(grid, merged))] if across is not None else []
    down = find_downwards(turned(spread(grid, merged)), names_asked(forms, shelf.codes))
    if down is not None:
        found.append((down, turned(grid), turned(spread(grid, merged))))
    if not found:
        cells = [(row, at) for row, line in enumerate(grid) for at in filled(line)]
        saw = say("没有认出表格，{n} 格没有读", n=len(cells)) if cells else say("是空的")
        return Issue(
            code="R-MAP-TABLE",
            severity=Severity.NOTE,
            file=file,
            sheet=tab,
            cell=address(*cells[0]) if cells else "",
            saw=say("工作表“{tab}”{saw}", tab=tab, saw=saw),
            do=say("表头要有两列以上；不是要报的数就不必管") if cells else "",
        )
    for table, plain, full in found:
        # An office's own ledger is known again where ledgers are, and is no form here.
        cards = (one for one in shelf.mappings.values() if one.form in shelf.forms)
        card = known_again(cards, table, wanted.form)
        # What somebody has decided once comes before any guess, unless the caller says otherwise
        # now.
        if card is not None and not wanted.only:
            form = shelf.forms[card.form]
            said = from_card(card, table, full, form, shelf.codes)
            return Looked(file, tab, book, plain, full, table, form, said, card)
    readings = [
        Looked(
            file,
            tab,
            book,
            plain,
            full,
            table,
            form,
            propose(table, full, form, shelf.codes, only=wanted.only, tab=tab),
            blanks=tuple(blanks_asked(table, plain, form, shelf.codes)),
            known=known,
            only=wanted.only,
        )
        for table, plain, full in found
        for form in forms
    ]
    # Rounded, so that tiny differences do not outweigh the order: of equals the first is taken, and
    # schools' forms stand first.
    return reread(max(readings, key=lambda each: round(_worth(each), 1)), shelf, {})


def reread(looked: Looked, shelf: Shelf, chosen: dict[int, Target]) -> Looked:
    """Read a table again by what is known of its rows: who they are, and what they are asked.

    ``chosen`` are the columns somebody has decided.
    """
    if looked.card is not None or looked.form.filed_by != "school":
        return looked
    table, full, form, codes = looked.table, looked.full, looked.form, shelf.codes
    whose = {at: target for at, target in chosen.items() if target.sheet is None}
    found = decided(looked.proposals, whose) if whose else looked.proposals
    if looked.known is not None:
        found = named_by_values(found, table, full, form, codes, looked.known)
    kinds = kinds_of(found, table, full, codes, looked.known)
    if not kinds:
        return looked.having(found)
    kept = asked_among(form, kinds, codes)
    again = propose(table, full, form, codes, only=looked.only, tab=looked.tab, kept=kept)
    if looked.known is not None:
        again = named_by_values(again, table, full, form, codes, looked.known)
    return looked.having(again)


def _worth(looked: Looked) -> float:
    """Say how much of a table a form explains."""
    found = looked.proposals
    asked = sum(each.target is not None for each in looked.blanks)
    whose = sum(found.holding(holds) is not None for holds in ("code", "name"))
    return sum(each.score for each in found.values) + asked + whose * _WHOSE_WORTH


def issues_of(looked: Looked, wanted: Wanted) -> list[Issue]:
    """Complain of what keeps a table from being read."""
    found, form = looked.proposals, looked.form
    issues: list[Issue] = []

    def complain(  # noqa: PLR0913, PLR0917 - the parts of a complaint
        code: str, severity: Severity, saw: str, required: str, do: str, at: str = ""
    ) -> None:
        at = at or looked.table.cell(looked.table.head_rows[0], 0)
        issues.append(
            Issue(
                code=code, severity=severity, saw=saw, required=required, do=do,
                file=looked.file, sheet=looked.tab, cell=at, form=form.form, place=wanted.place,
            )
        )  # fmt: skip

    left = _left_out(looked)
    if left:
        row, at = left[0]
        saw = say(
            "表格以外有 {n} 格没有读（{places}），如“{short}”",
            n=len(left),
            places=places((at, row) if looked.table.down else (row, at) for row, at in left),
            short=short(looked.grid[row][at]),
        )
        do = say("标题、合计、附注和没有表头的列都不读；请核对其中没有要报的数")
        complain("R-MAP-AROUND", Severity.NOTE, saw, "", do, looked.table.cell(row, at))
    if looked.blanks:
        saw = say("有 {n} 处空格写在句子里，不能自动读", n=len(looked.blanks))
        do = say("请把这些数填到模板里，或者请对方改成一列一项的表；空格对应的项目列在上面")
        complain("R-MAP-BLANKS", Severity.NOTE, saw, "", do, looked.blanks[0].cell)
    if not found.values:
        saw = say("没有一列是《{term}》要报的数", term=form.term)
        do = say("要读的列请用 --set 列=项目 指定；不是要报的数就不必管")
        complain("R-MAP-NOTHING", Severity.NOTE, saw, "", do)
        return issues
    if form.filed_by == "school" and not (
        found.holding("code") or found.holding("name") or wanted.place
    ):
        complain(
            "R-MAP-WHOSE",
            Severity.MUST_FIX,
            say("没有学校代码或学校名称一列，分不出是哪所学校的数"),
            say("每行看得出是哪所学校"),
            say(
                "全县合计的表不能分到各校；是一所学校的表请用 --place 写明代码，有这样一列的"
                "请用 --set 列=school_code 或 --set 列=name 指定"
            ),
        )
    if found.others:
        ways = joined("、", (_way(form, way) for way in found.others))
        do = say("请用 --sheet-of 写明；现按{way}", way=_way(form, found.way))
        complain(
            "R-MAP-WAY",
            Severity.EXPLAIN,
            say("这张表也可以读作{ways}", ways=ways),
            say("只有一种读法"),
            do,
        )
    return issues


def _left_out(looked: Looked) -> list[tuple[int, int]]:
    """Give the filled cells that belong to no row or no column of the table."""
    table = looked.table
    bare = {head.at for head in table.heads if not head.levels} - set(table.labels)
    below = [(row, at) for row in table.rows for at in filled(looked.grid[row]) if at in bare]
    return sorted({*table.around, *below})


def _way(form: Form, way: str) -> str:
    sheet = form.sheet(way)
    return say("〔{term}〕一校几行", term=sheet.term) if sheet else say("一校一行")
