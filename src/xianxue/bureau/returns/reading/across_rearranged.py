"""Grids and lists as they come back: columns found by header, rows by label, the rest named.

Whatever was inserted, moved, renamed a little or written around the table: a cell is read where
it is asked, or it belongs to the template, or it is named in a remark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare, is_note, is_total, label_key
from xianxue.bureau.returns.contents.units import is_own_unit, is_unit
from xianxue.bureau.returns.reading.cell import Stray, is_shown, read_cell, unasked
from xianxue.bureau.returns.reading.headers import Matched, match_heads, near_term, words_of_plan
from xianxue.bureau.returns.reading.schema import Column, Plan
from xianxue.bureau.returns.reading.unread import (
    above,
    extra_cells,
    extra_column,
    extra_row,
    filled,
    is_empty,
    other_unit,
    twice,
    without_head,
)
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import TOTAL, address, letters, stands_in
from xianxue.bureau.returns.sheets.two_languages import OwnTexts
from xianxue.bureau.values.sentence import say

# Below any title, note or stamp above a table; further down, a line of data could be taken for
# headers.
_HEAD_WITHIN: Final = 40
"""Rows in which the line of headers is looked for."""
# One matching word may stand in any sheet by chance; two in one line hardly do.
_FEWEST: Final = 2


@dataclass
class _Table:
    """A sheet being read: where its parts stand, and what is to be said of it."""

    grid: Grid
    plan: Plan
    head: int
    matched: Matched
    columns: list[tuple[int, Column]]
    label_at: int | None = None
    """The column of a grid's labels; None in a list, and where no label was found."""
    shown: set[int] = field(default_factory=set[int])
    """Columns that the template shows and nobody reads."""
    data: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Rows that are read, with their codes."""
    strays: list[Stray] = field(default_factory=list[Stray])


def find_head(grid: Grid, plan: Plan) -> tuple[int, Matched]:
    """Find the line of headers: the one that holds most of the fields; -1 where there is none."""
    words = words_of_plan(Same(plan))
    nowhere = (-1, Matched())
    tried = enumerate(
        match_heads([raw if isinstance(raw, str) else "" for raw in row], words)
        for row in grid[:_HEAD_WITHIN]
    )
    # Of equal lines the first: an example below repeats the headers now and then.
    best, found = max(tried, key=lambda each: len(each[1].fields), default=nowhere)
    most = len(found.fields)
    # Half of the sheet's fields, or half of what the line holds: a school may have cut off the
    # columns it need not fill in, or added many of its own.
    enough = most * 2 >= len(plan.columns) or (
        most >= _FEWEST and most * 2 >= len(filled(grid[best]))
    )
    return (best, found) if enough else nowhere


def read_across(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read a grid's or list's rows, and name every cell that was not read."""
    head, matched = find_head(grid, plan)
    # Without headers no column means anything: all that stands here is named, and nothing is
    # guessed from the order.
    if head < 0:
        cells = [(row, at) for row, raws in enumerate(grid) for at in filled(raws)]
        terms = [column.field.term for column in plan.columns]
        return (), [without_head(terms, cells)] if cells else []
    columns = [(matched.fields[c.name], c) for c in plan.columns if c.name in matched.fields]
    table = _Table(grid, plan, head, matched, columns)
    table.shown = {at for at, raw in enumerate(grid[head]) if is_shown(raw, plan.laid, head=True)}
    if plan.laid.layout == "grid":
        # A grid's rows are known by their labels alone, so where these stand is asked first.
        table.label_at = _label_column(table)
    _name_above(table)
    _sort_rows(table)
    # Only when the rows are known: which of two columns is filled is seen in the rows that are
    # read.
    _choose_among_twice(table)
    rows = _read_rows(table)
    _name_columns(table)
    _name_units(table)
    return rows, table.strays


# ── rows ────────────────────────────────────────────────────────────────────


def _label_column(table: _Table) -> int | None:
    """Find the column that holds most of the rows' labels, or else of their codes."""
    terms = {label_key(label) for _, label in table.plan.laid.rows}
    codes = {label_key(code) for code, _ in table.plan.laid.rows}
    taken = set(table.matched.fields.values()) | table.shown
    counts: dict[int, tuple[int, int]] = {}
    for at in range(len(table.grid[table.head])):
        if at not in taken:
            found = {label_key(written(row[at])) for row in table.grid[table.head + 1 :]}
            counts[at] = len(terms & found), len(codes & found)
    # Of equal columns the leftmost, where labels usually stand.
    best = max(counts, key=lambda at: counts[at], default=None)
    return best if best is not None and any(counts[best]) else None


def _sort_rows(table: _Table) -> None:
    """Go through the rows below the headers: data, the template's own, or to be named."""
    laid = table.plan.laid
    codes = {label_key(label): code for code, label in laid.rows}
    # Some export programs write the code of a row in place of its term.
    codes |= {label_key(code): code for code, _ in laid.rows}
    seen: dict[str, int] = {}
    strangers: list[tuple[int, list[int], str]] = []
    totals: list[tuple[int, list[int], str]] = []
    for number in range(table.head + 1, len(table.grid)):
        row = table.grid[number]
        # Last year's values alone do not make a row.
        cells = [at for at in filled(row) if at not in table.shown]
        if not cells or _is_ours(table, number, cells):
            continue
        if laid.layout == "list":
            _sort_line(table, number, cells)
            continue
        label = "" if table.label_at is None else written(row[table.label_at])
        code = codes.get(label_key(label)) if label else None
        if code is not None and code not in seen:
            seen[code] = number
            table.data.append((number, code))
        elif code is not None:
            _name_second(table, number, seen[code], label, cells)
        elif not is_shown(label, laid, head=False):
            # Put aside, not named yet: whether a total is the template's own shows only at the end.
            strangers.append((number, cells, label))
        elif label == TOTAL:
            totals.append((number, cells, label))
    # The template's own total is the one below all data.
    last = max(seen.values(), default=table.head)
    below = [total for total in totals if total[0] > last]
    if below and (len(below) == 1 or len(seen) == len(laid.rows)):
        totals.remove(below[0])
    for number, cells, label in sorted(strangers + totals):
        named = [(number, at) for at in cells]
        table.strays.append(extra_row(table.grid, number, named, label))


def _sort_line(table: _Table, number: int, cells: Sequence[int]) -> None:
    """Tell a line of a list from a sum or a note below it."""
    first = written(table.grid[number][cells[0]])
    fields = {at for at, _ in table.columns}
    named = [(number, at) for at in cells]
    # A note is one cell, or a line of signatures; a line of data may begin with the same word.
    if is_total(first) or all(is_note(written(table.grid[number][at])) for at in cells):
        table.strays.append(extra_row(table.grid, number, named, first))
    elif fields & set(cells):
        table.data.append((number, ""))
    else:
        # Its cells are named with their columns, or beside the table.
        _name_beside(table, named)


def _is_ours(table: _Table, number: int, cells: Sequence[int]) -> bool:
    """Whether a row is the template's own: help, examples, headers; what else it holds is named."""
    row, heads = table.grid[number], table.grid[table.head]
    ours = _own_texts(Same(table.plan))
    # Some put a line of units below the headers.
    units = {at: column.field for at, column in table.columns}

    def kind(at: int) -> str:
        text = written(row[at])
        if bare(text) in ours:
            return "ours"
        # Headers repeated, as programs do at the top of each printed page.
        if text == written(heads[at]) and (at in units or at == table.label_at):
            return "head"
        return "unit" if at in units and is_unit(text, units[at]) else ""

    kinds = {at: kind(at) for at in cells}
    asked = {kinds[at] for at in cells if at in units} or set(kinds.values())
    if "" in asked or not (len(asked) == 1 or asked == {"ours", "unit"}):
        return False
    beside = [(number, at) for at in cells if not kinds[at]]
    if beside:
        table.strays.append(extra_cells(table.grid, beside))
    return True


@lru_cache(maxsize=1024)
def _own_texts(plan: Same[Plan]) -> OwnTexts:
    laid = plan.it.laid
    return OwnTexts(bare(text) for text in (*laid.helps, *laid.examples) if text)


def _name_second(
    table: _Table, number: int, earlier: int, label: str, cells: Sequence[int]
) -> None:
    """Name a row whose label stood before; blank in one of the two, nothing is doubtful."""
    fields = [at for at, _ in table.columns]
    one, two = table.grid[earlier], table.grid[number]
    # A label without numbers behind it says nothing that could be lost.
    numbers = [at for at in cells if at != table.label_at]
    if numbers and all(is_empty(one[at]) for at in fields):
        at = next(n for n, (row, _) in enumerate(table.data) if row == earlier)
        table.data[at] = (number, table.data[at][1])
        return
    same = not numbers or all(written(one[at]) == written(two[at]) for at in fields)
    named = [(number, at) for at in cells]
    kept = say("第 {n} 行", n=earlier + 1)
    first = (number, (numbers or cells)[0])
    table.strays.append(twice(say("行"), label, kept, first, named, same=same))


# ── columns ─────────────────────────────────────────────────────────────────


def _choose_among_twice(table: _Table) -> None:
    """Of two columns for one field take the one that is filled; both filled is a complaint."""
    again: dict[str, list[int]] = {}
    for at, name in table.matched.again.items():
        again.setdefault(name, []).append(at)
    for name, others in again.items():
        kept = table.matched.fields[name]
        # A clerk who adds a column of the same name, to fill it in more easily, leaves the first
        # one blank.
        full = [at for at in (kept, *others) if _cells_below(table, at)]
        if len(full) == 1 and full[0] != kept:
            table.matched.again[kept] = name
            table.matched.fields[name] = kept = full[0]
            table.columns = [
                (kept if column.name == name else at, column) for at, column in table.columns
            ]
        for at in full:
            if at == kept:
                continue
            cells = _cells_below(table, at)
            same = all(
                written(table.grid[row][at]) == written(table.grid[row][kept])
                for row, _ in table.data
            )
            head = (table.head, at)
            label = written(table.grid[table.head][at])
            kept_at = address(table.head, kept)
            table.strays.append(twice(say("列"), label, kept_at, head, cells, same=same))


def _cells_below(table: _Table, at: int) -> list[tuple[int, int]]:
    return [(row, at) for row, _ in table.data if not is_empty(table.grid[row][at])]


def _name_columns(table: _Table) -> None:
    """Name the columns that nobody asked for, and a label over the labels that is none."""
    # What stands over the labels may be a date or a remark, which would be lost with the header.
    if table.label_at is not None:
        over = written(table.grid[table.head][table.label_at])
        if over and label_key(over) != label_key(table.plan.laid.heads[0]):
            table.strays.append(extra_cells(table.grid, [(table.head, table.label_at)]))
    used = {at for at, _ in table.columns} | table.shown | {table.label_at}
    used |= set(table.matched.again)
    found = set(table.matched.fields)
    # Only a field that has no column can be the one a strange header means.
    missing = [column.field for column in table.plan.columns if column.name not in found]
    for at, raw in enumerate(table.grid[table.head]):
        if at in used:
            continue
        cells = _cells_below(table, at)
        name = written(raw)
        if name and (cells or not _is_label_head(table, name)):
            if cells:
                like = near_term(name, missing)
                stray = extra_column(name, (table.head, at), cells, like)
                table.strays.append(stray)
            else:
                table.strays.append(extra_cells(table.grid, [(table.head, at)]))
        elif cells:
            table.strays.append(extra_cells(table.grid, cells))


def _is_label_head(table: _Table, name: str) -> bool:
    laid = table.plan.laid
    return laid.layout == "grid" and bare(name) == bare(laid.heads[0])


def _name_units(table: _Table) -> None:
    """Name the headers that give another unit than the form's."""
    for at, column in table.columns:
        unit = table.matched.units.get(column.name, "")
        asked = column.field
        if asked.type not in {"integer", "measure"} or not unit:
            continue
        # Brackets hold remarks as well; only what is a unit is spoken of.
        if is_own_unit(unit, asked) or not is_unit(unit, asked):
            continue
        cells = _cells_below(table, at)
        if cells:
            row = cells[0][0]
            raw, where = table.grid[row][at], address(row, at)
            head = address(table.head, at)
            reference = f"{table.plan.laid.name}.{column.name}"
            stray = other_unit(reference, asked, unit, head, raw, len(cells), where)
            table.strays.append(stray)


# ── around the table ────────────────────────────────────────────────────────


def _name_above(table: _Table) -> None:
    ours = {bare(head) for head in table.plan.laid.heads}
    cells = [
        (row, at)
        for row in range(table.head)
        for at in filled(table.grid[row])
        # Headers over the headers are merged ones that were split.
        if bare(written(table.grid[row][at])) not in ours
    ]
    if cells:
        table.strays.append(above(table.grid, cells))


def _name_beside(table: _Table, cells: Sequence[tuple[int, int]]) -> None:
    table.strays.append(extra_cells(table.grid, cells))


# ── cells ───────────────────────────────────────────────────────────────────


def _read_rows(table: _Table) -> tuple[Row, ...]:
    rows: list[Row] = []
    labels = dict(table.plan.laid.rows)
    listed = table.plan.laid.layout == "list"
    columns = [(at, letters(at), column) for at, column in table.columns]
    for number, code in table.data:
        cells: dict[str, Cell] = {}
        raws, line = table.grid[number], str(number + 1)
        for at, letter, column in columns:
            raw = raws[at]
            if listed or column.everywhere or stands_in(column.field, code):
                cells[column.name] = read_cell(raw, column, letter + line)
            # A grid asks some fields only in some of its rows.
            elif not is_empty(raw):
                table.strays.append(unasked(labels[code], column, raw, letter + line))
        # Numbered anew: a list's lines have no code, and blank ones between them must not count.
        rows.append(Row(str(len(rows) + 1) if listed else code, cells))
    if not listed:
        order = {code: at for at, (code, _) in enumerate(table.plan.laid.rows)}
        # In the form's order: what follows compares rows, and a sorted sheet is the same sheet.
        rows.sort(key=lambda row: order[row.code])
    return tuple(rows)
