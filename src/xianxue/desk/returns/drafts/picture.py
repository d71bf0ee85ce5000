"""A faithful picture of a workbook: its tabs, rows, columns and letters as they stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.files.opening import Book, open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import (
    BESIDE_TAB,
    CODES_TAB,
    RULES_TAB,
    SCHEMA_TAB,
    letters,
    plain,
    split_address,
)
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.returns.drafts.covering import COVER
from xianxue.desk.returns.drafts.groups import Group
from xianxue.desk.returns.drafts.kinds import Kinds

_OURS: Final = frozenset({SCHEMA_TAB, CODES_TAB, BESIDE_TAB})
MOST_ROWS: Final = 500
"""Rows of one tab that are shown: more than any school has classes."""
MOST_COLUMNS: Final = 80


class Spot(Record):
    """One cell as it is shown."""

    text: str
    kind: str = ""
    """number, text, head, need, hint, shut, total, last, item, or nothing."""
    name: str = ""
    """As drafts name it; empty where nothing is read."""
    address: str = ""
    across: int = 1
    down: int = 1
    grade: str = ""
    """The gravest complaint about it."""
    pins: tuple[int, ...] = ()
    """The numbers of the complaints about it; those whose own cell it is come first."""
    own: bool = False
    """Whether the first complaint stands at this very cell."""


class Line(Record):
    """One row as it is shown."""

    number: int
    """Counted as Excel does."""
    spots: tuple[Spot, ...]


class Tab(Record):
    """A tab, and how much is to be mended on it."""

    name: str
    sheet: str
    """The form's own sheet; empty for any other."""
    must_fix: int = 0
    explain: int = 0


class Leaf(Record):
    """One tab as it is shown."""

    tab: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: int = 0
    """Rows that are not shown, for there are too many."""


class Picture(Record, dict=True):
    """A workbook that is shown: what was understood of it, and what is complained of."""

    book: Book
    filed: Return | None
    form: Form | None
    groups: Sequence[Group] = ()
    masked: bool = False
    """Whether what is personal is covered."""

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs that a person sees, in order."""
        sheets = self._sheets
        counts: dict[str, list[int]] = {}
        for group in self.groups:
            count = counts.setdefault(group.issue.sheet, [0, 0])
            count[0] += group.severity is Severity.MUST_FIX
            count[1] += group.severity is Severity.EXPLAIN
        hidden = _OURS | self.book.hidden
        try:
            shown = [tab for tab in self.book.tabs if tab not in hidden]
        except RefusedError:
            return []
        return [Tab(tab, sheets.get(tab, ""), *counts.get(tab, (0, 0))) for tab in shown]

    @property
    def first(self) -> str:
        """The tab that is shown when nobody asks for another: that of the first complaint."""
        names = [tab.name for tab in self.tabs]
        wanted = [group.issue.sheet for group in self.groups if group.issue.sheet in names]
        data = [tab.name for tab in self.tabs if tab.sheet]
        return next(iter([*wanted, *data, *names]), "")

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """Tab to the form's sheet that was read there."""
        return {} if self.filed is None else {tab: name for name, tab in self.filed.tabs.items()}

    def leaf(self, tab: str) -> Leaf:
        """Show one tab."""
        try:
            grid = self.book.cells(tab)
        except RefusedError:
            return Leaf(tab, (), ())
        hidden = self.book.hidden_lines(tab)
        name = self._sheets.get(tab, "")
        declared = self.form.sheet(name) if self.form is not None and name else None
        kinds = Kinds(declared, self._places(name), grid)
        marks = self._marks(tab)
        rows = [at for at in range(_height(grid)) if at not in hidden.rows]
        columns = [at for at in range(min(_width(grid), MOST_COLUMNS)) if at not in hidden.columns]
        spans, covered = _spans(self.book.merged(tab), rows, columns)
        lines = tuple(
            Line(
                row + 1,
                tuple(
                    _spot(grid[row][column], (row, column), kinds, marks, spans)
                    for column in columns
                    if (row, column) not in covered
                ),
            )
            for row in rows[:MOST_ROWS]
        )
        if self.masked:
            lines = tuple(self._covered(line, tab, declared) for line in lines)
        heads = tuple(letters(column) for column in columns)
        return Leaf(tab, heads, lines, max(0, len(rows) - MOST_ROWS))

    def _covered(self, line: Line, tab: str, declared: Sheet | None) -> Line:
        """Cover what is personal: a field that is, and who filled in the form."""
        personal = {one.field for one in declared.fields if one.personal} if declared else set()
        foot = {item.term for item in self.form.foot if item.personal} if self.form else set()
        signed = plain(tab) == plain(RULES_TAB) and bool(line.spots) and line.spots[0].text in foot
        return replace(
            line,
            spots=tuple(
                replace(spot, text=COVER)
                if spot.text and (spot.name.rpartition(".")[2] in personal or (signed and at))
                else spot
                for at, spot in enumerate(line.spots)
            ),
        )

    def _places(self, sheet: str) -> dict[tuple[int, int], tuple[str, str]]:
        """Where the cells that were read stand: to their rows and fields."""
        tables = self.filed.tables.get(sheet, ()) if self.filed is not None else ()
        return {
            split_address(cell.address): (row.code, field)
            for row in tables
            for field, cell in row.cells.items()
            if cell.address
        }

    def _marks(self, tab: str) -> dict[str, list[tuple[bool, Group]]]:
        found: dict[str, list[tuple[bool, Group]]] = {}
        for group in self.groups:
            for sheet, cell in group.cells:
                if sheet == tab:
                    own = (group.issue.sheet, group.issue.cell) == (sheet, cell)
                    found.setdefault(cell, []).append((not own, group))
        return {cell: sorted(marks, key=lambda one: one[0]) for cell, marks in found.items()}


def picture_of(  # noqa: PLR0913 - a workbook, and what is known of it
    data: bytes,
    file: str,
    filed: Return | None,
    form: Form | None,
    groups: Sequence[Group] = (),
    *,
    masked: bool = False,
) -> Picture | None:
    """Give the picture of a workbook; None of what cannot be opened."""
    try:
        book = open_book(data, file)
        names = book.tabs
    except RefusedError:
        return None
    if not names:
        return None
    return Picture(book, filed, form, groups, masked)


def _spot(
    raw: Raw,
    place: tuple[int, int],
    kinds: Kinds,
    marks: Mapping[str, Sequence[tuple[bool, Group]]],
    spans: Mapping[tuple[int, int], tuple[int, int]],
) -> Spot:
    row, column = place
    address = f"{letters(column)}{row + 1}"
    about = marks.get(address, ())
    across, down = spans.get(place, (1, 1))
    kind = kinds.kind(place)
    if not kind and isinstance(raw, float):
        kind = "number"
    return Spot(
        written(raw),
        kind,
        kinds.name(place),
        address,
        across,
        down,
        about[0][1].severity.value if about else "",
        tuple(group.number for _, group in about),
        bool(about) and not about[0][0],
    )


def _height(grid: Sequence[Sequence[Raw]]) -> int:
    filled = (at for at in range(len(grid), 0, -1) if any(raw != "" for raw in grid[at - 1]))
    return next(filled, 0)


def _width(grid: Sequence[Sequence[Raw]]) -> int:
    return max(
        (at for row in grid[:MOST_ROWS] for at in range(len(row), 0, -1) if row[at - 1] != ""),
        default=0,
    )


def _spans(
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]],
    rows: Sequence[int],
    columns: Sequence[int],
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Give how far merged cells reach, and the cells that they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merged:
        down = [row for row in rows[:MOST_ROWS] if top <= row <= bottom]
        across = [column for column in columns if left <= column <= right]
        if not down or not across:
            continue
        spans[down[0], across[0]] = (len(across), len(down))
        covered |= {(row, column) for row in down for column in across}
        covered.discard((down[0], across[0]))
    return spans, covered
