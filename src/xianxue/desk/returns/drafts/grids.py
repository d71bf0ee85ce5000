"""A draft as tables that are typed into: what is asked, where, with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.asked import AskedSheet
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.sheets import totals
from xianxue.bureau.returns.sheets.layout import (
    ANSWER,
    FIRST,
    FIRST_ITEM,
    NO,
    RULES_TAB,
    TOTAL,
    YES,
    Laid,
    address,
    help_of,
    lay_out_asked,
    split_address,
    stands_in,
)
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.typed import (
    FOOT,
    MOST_LINES,
    Blank,
    Cells,
    lines_of,
    name_of,
    parts_of,
)

SPARE: Final = 6
"""Blank lines below those of a list."""
_NUMBERS: Final = frozenset({"integer", "measure", "year"})


class Head(Record):
    """A column or a line: what it is called, and what to enter there."""

    term: str
    help: str = ""
    need: bool = False


class Box(Record):
    """One cell: typed into, or shut, or worked out."""

    name: str = ""
    """Empty where nothing can be typed."""
    text: str = ""
    kind: str = "text"
    """number, text, choice, shut, total."""
    options: str = ""
    """Which list of words it is chosen from."""
    last: str = ""
    """Last year's."""
    before: str = ""
    """What was handed in last."""
    at: str = ""
    """Its address in the workbook."""
    term: str = ""
    """What it is called, for those who cannot see the table."""
    grade: str = ""
    number: int = 0
    """Of the complaint about it."""


class Grid(Record):
    """One sheet to be typed into."""

    sheet: str
    tab: str
    help: str
    corner: str
    columns: tuple[Head, ...]
    lines: tuple[tuple[Head, tuple[Box, ...]], ...]
    grows: bool = False
    """Whether lines may be added: a list."""


class Beside(Record):
    """What stands beside the cells of a draft."""

    checked: Checked | None = None
    last: Mapping[str, str] = {}
    before: Mapping[str, str] = {}


def sheets_of(blank: Blank) -> list[tuple[str, str]]:
    """Give the sheets of a return, and the page of who has filled it in: name and tab."""
    laid = [lay_out_asked(one, blank.shelf.codes) for one in blank.asked]
    foot = [(FOOT, RULES_TAB)] if blank.form.foot else []
    return [*((one.name, one.tab) for one in laid), *foot]


def grid_of(blank: Blank, sheet: str, cells: Cells, beside: Beside) -> Grid | None:
    """Give one sheet to be typed into; None where it is not asked."""
    if sheet == FOOT:
        return _foot(blank, cells)
    one = next((one for one in blank.asked if one.sheet.sheet == sheet), None)
    return None if one is None else _Making(blank, one, cells, beside).grid()


def options_of(blank: Blank) -> dict[str, list[str]]:
    """Give the words that cells are chosen from, by the name of their list."""
    found: dict[str, list[str]] = {"": [YES, NO]}
    for one in blank.asked:
        for field in one.sheet.fields:
            if field.codes:
                entries = blank.shelf.codes[field.codes].entries
                found[field.codes] = [entry.term for entry in entries]
    return found


def typable(blank: Blank, names: Iterable[str]) -> set[str]:
    """Give those of some names that may be typed into; a list may grow."""
    fields = {
        (one.sheet.sheet, row.code): {field.field for field in row.fields}
        for one in blank.asked
        if one.sheet.layout != "list"
        for row in one.rows
    }
    lists = {
        one.sheet.sheet: {field.field for field in one.rows[0].fields}
        for one in blank.asked
        if one.sheet.layout == "list"
    }
    foot = {item.item for item in blank.form.foot}
    found: set[str] = set()
    for name in names:
        try:
            sheet, row, field = parts_of(name)
        except ValueError:
            continue
        line = int(row) if row.isdecimal() and len(row) < len("10000") else 0
        if (
            field in fields.get((sheet, row), ())
            or (field in lists.get(sheet, ()) and 1 <= line <= MOST_LINES)
            or ((sheet, row) == (FOOT, "") and field in foot)
        ):
            found.add(name)
    return found


def marks_of(blank: Blank, checked: Checked) -> dict[str, tuple[str, int]]:
    """Give the gravest complaint about each cell: its grade and number, by the draft's name."""
    places = places_of(blank, checked)
    found: dict[str, tuple[str, int]] = {}
    # The gravest come first, and of a complaint its own cell.
    for group in checked.groups:
        for sheet, cell in group.cells:
            name = places.get((sheet, cell))
            if name is not None:
                found.setdefault(name, (group.severity.value, group.number))
    return found


def places_of(blank: Blank, checked: Checked) -> dict[tuple[str, str], str]:
    """Say which cell of the draft stands at each address of its workbook."""
    filed = checked.filed
    if filed is None:
        return {}
    lists = {one.sheet.sheet for one in blank.asked if one.sheet.layout == "list"}
    found: dict[tuple[str, str], str] = {}
    for sheet, rows in filed.tables.items():
        tab = filed.tabs.get(sheet, "")
        for row in rows:
            for field, cell in row.cells.items():
                # A reader numbers lines anew where blank ones stand between; the draft does not.
                line = str(split_address(cell.address)[0] - FIRST + 1)
                code = line if sheet in lists else row.code
                found[tab, cell.address] = name_of(sheet, code, field)
    return found


class _Making:
    """Makes one sheet's table."""

    def __init__(self, blank: Blank, one: AskedSheet, cells: Cells, beside: Beside) -> None:
        self.blank = blank
        self.one = one
        self.cells = cells
        self.beside = beside
        self.laid: Laid = lay_out_asked(one, blank.shelf.codes)
        self.marks = {} if beside.checked is None else marks_of(blank, beside.checked)

    def grid(self) -> Grid:
        laid, sheet = self.laid, self.one.sheet
        if laid.layout == "list":
            return self._list()
        columns = [(code, label) for code, label in laid.answers]
        if laid.down:
            heads = [Head(label if laid.layout == "grid" else "") for _, label in columns]
            lines = [
                (
                    _head(field),
                    [self._box(code, field, at, n) for n, (code, _) in enumerate(columns)],
                )
                for at, field in enumerate(laid.fields)
            ]
            if totals.has_totals(laid):
                heads.append(Head(TOTAL))
                for (_, boxes), field in zip(lines, laid.fields, strict=True):
                    boxes.append(self._total(field))
        else:
            heads = [_head(field) for field in laid.fields]
            lines = [
                (
                    Head(label),
                    [self._box(code, field, n, at) for n, field in enumerate(laid.fields)],
                )
                for at, (code, label) in enumerate(laid.rows)
            ]
            if totals.has_totals(laid):
                lines.append((Head(TOTAL), [self._total(field) for field in laid.fields]))
        return Grid(
            laid.name,
            laid.tab,
            sheet.help,
            "" if laid.down else laid.heads[0],
            tuple(heads),
            tuple((head, tuple(boxes)) for head, boxes in lines),
        )

    def _list(self) -> Grid:
        laid = self.laid
        last = lines_of(laid.name, self.cells)
        lines = [
            (
                Head(str(line)),
                tuple(
                    self._box(str(line), field, n, line - 1) for n, field in enumerate(laid.fields)
                ),
            )
            for line in range(1, min(last + SPARE, MOST_LINES) + 1)
        ]
        heads = tuple(_head(field) for field in laid.fields)
        return Grid(laid.name, laid.tab, self.one.sheet.help, "", heads, tuple(lines), grows=True)

    def _box(self, code: str, field: Field, across: int, down: int) -> Box:
        laid = self.laid
        if laid.layout == "grid" and not stands_in(field, code):
            return Box(kind="shut")
        name = name_of(laid.name, code, field.field)
        if laid.down:
            at = address(FIRST_ITEM + across, ANSWER + down)
        else:
            at = address(FIRST + down, laid.first_column + across)
        grade, number = self.marks.get(name, ("", 0))
        choice = field.type in {"code", "yes_no"}
        label = dict(laid.rows).get(code, code if laid.layout == "list" else "")
        return Box(
            name,
            self.cells.get(name, ""),
            "choice" if choice else "number" if field.type in _NUMBERS else "text",
            field.codes if choice else "",
            self.beside.last.get(name, ""),
            self.beside.before.get(name, ""),
            at,
            say("{label}·{term}", label=label, term=field.term) if label else field.term,
            grade,
            number,
        )

    def _total(self, field: Field) -> Box:
        if not totals.adds(field):
            return Box(kind="shut")
        checked = self.beside.checked
        filed = checked.filed if checked is not None else None
        rows = (
            {row.code: row.cells for row in filed.tables.get(self.laid.name, ())} if filed else {}
        )
        parts: Sequence[Cell | None] = [
            rows.get(code, {}).get(field.field) for code in totals.parts_of(self.laid, field)
        ]
        amount = totals.result(parts)
        text = "" if amount is None else shown_amount(amount, decimals_of(field))
        return Box(text=text, kind="total", at=f"{self.laid.name}.{field.field}", term=field.term)


def _head(field: Field) -> Head:
    return Head(field.term, help_of(field), field.required)


def _foot(blank: Blank, cells: Cells) -> Grid:
    lines: list[tuple[Head, tuple[Box, ...]]] = []
    for item in blank.form.foot:
        name = name_of(FOOT, "", item.item)
        help_: Sentence | str = say("填日期，如 2025-09-01") if item.type == "date" else ""
        lines.append((Head(item.term, help_), (Box(name, cells.get(name, ""), term=item.term),)))
    words = say("随报表留存，不公开，不计入报的数。")
    return Grid(FOOT, RULES_TAB, words, "", (Head(""),), tuple(lines))


def gravest(checked: Checked, tab: str) -> str:
    """Give the gravest grade of the complaints on a tab; empty where nothing is open."""
    grades = {group.severity for group in checked.groups if group.issue.sheet == tab}
    order = (Severity.MUST_FIX, Severity.EXPLAIN)
    return next((grade.value for grade in order if grade in grades), "")
