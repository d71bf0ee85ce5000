"""Sheets written downwards as they come back: lines found by item, answers by header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare, label_key
from xianxue.bureau.returns.contents.units import is_own_unit, is_unit
from xianxue.bureau.returns.reading.across_rearranged import find_head
from xianxue.bureau.returns.reading.cell import Stray, is_shown, read_cell, unasked
from xianxue.bureau.returns.reading.headers import Matched, match_heads, words_of_plan
from xianxue.bureau.returns.reading.schema import Plan
from xianxue.bureau.returns.reading.unread import (
    above,
    extra_cells,
    extra_row,
    filled,
    is_empty,
    misplaced,
    other_unit,
    short,
    twice,
    without_head,
)
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import (
    ANSWER,
    ITEM,
    RECORD_HEADS,
    address,
    letters,
    stands_in,
)
from xianxue.bureau.returns.sheets.two_languages import OwnTexts
from xianxue.bureau.values.sentence import say

# The template has its items in the first column; a school that puts columns before them puts few.
_WITHIN: Final = 30
"""Columns in which the items are looked for."""
# As for headers: one matching word may stand there by chance.
_FEWEST: Final = 2
_ANSWERS: Final = frozenset(
    bare(text)
    # What schools write over the column of answers when they lay a record out anew.
    for text in (RECORD_HEADS[ANSWER], "填报", "填写内容", "填报内容", "填报数", "数据", "数值")
)


@dataclass
class _Sheet:
    """A sheet being read: where its parts stand, and what is to be said of it."""

    grid: Grid
    plan: Plan
    item: int
    matched: Matched
    """Fields to rows."""
    head: int = -1
    answers: dict[str, int] = field(default_factory=dict[str, int])
    """Row code to column."""
    shown: set[int] = field(default_factory=set[int])
    strays: list[Stray] = field(default_factory=list[Stray])


def read_down(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read the rows of a sheet written downwards, and name every cell that was not read."""
    item, matched = find_items(grid, plan)
    # A record turned on its side is one line below its fields: read so where more of it is found
    # so.
    if plan.laid.layout == "record":
        head, heads = find_head(grid, plan)
        if len(heads.fields) > len(matched.fields):
            return _read_turned(grid, plan, head, heads)
    if item < 0:
        cells = [(row, at) for row, raws in enumerate(grid) for at in filled(raws)]
        terms = [column.field.term for column in plan.columns]
        return (), [without_head(terms, cells)] if cells else []
    sheet = _Sheet(grid, plan, item, matched)
    _find_answers(sheet)
    _choose_among_twice(sheet)
    rows = _read_rows(sheet)
    _name_the_rest(sheet)
    _name_units(sheet)
    return rows, sheet.strays


def find_items(grid: Grid, plan: Plan) -> tuple[int, Matched]:
    """Find the column of items: the one that holds most of the fields; -1 where there is none."""
    words = words_of_plan(Same(plan))
    nowhere = (-1, Matched())
    width = min(len(grid[0]), _WITHIN) if grid else 0
    tried = [
        (at, match_heads([raw if isinstance(raw := row[at], str) else "" for row in grid], words))
        for at in range(width)
    ]
    # Of equal columns the first, as in the template.
    best, found = max(tried, key=lambda each: len(each[1].fields), default=nowhere)
    most = len(found.fields)
    enough = most * 2 >= len(plan.columns) or (
        most >= _FEWEST and most * 2 >= sum(1 for row in grid if not is_empty(row[best]))
    )
    return (best, found) if enough else nowhere


# ── where the answers stand ─────────────────────────────────────────────────


def _find_answers(sheet: _Sheet) -> None:
    """Find the line of headers and, by it, the column of each answer."""
    laid = sheet.plan.laid
    # Headers stand above the first item; the same word below it is an answer.
    first = min(sheet.matched.fields.values())
    labels = {label_key(label): code for code, label in laid.answers}
    record = laid.layout == "record"
    for number in range(first):
        found: dict[str, int] = {}
        for at, raw in enumerate(sheet.grid[number]):
            text = written(raw)
            code = "" if record and bare(text) in _ANSWERS else labels.get(label_key(text))
            # The first of two such headers: a second one is last year's, or a copy.
            if text and code is not None and at != sheet.item:
                found.setdefault(code, at)
        if len(found) > len(sheet.answers):
            sheet.head, sheet.answers = number, found
    if sheet.head < 0:
        item = bare(RECORD_HEADS[ITEM])
        items = (bare(written(row[sheet.item])) for row in sheet.grid[:first])
        # No answer's header was found, but the one over the items tells which line is the headers'.
        found_at = (number for number, text in enumerate(items) if text == item)
        sheet.head = next(found_at, sheet.head)
    if sheet.head >= 0:
        heads = sheet.grid[sheet.head]
        sheet.shown = {
            at
            for at, raw in enumerate(heads)
            if is_shown(raw, laid, head=True) and at != sheet.item
        }
    if not sheet.answers:
        sheet.answers = _answers_by_contents(sheet)


def _answers_by_contents(sheet: _Sheet) -> dict[str, int]:
    """Take the columns behind the explanations for the answers, where no header names them."""
    ours = _own_texts(sheet.plan)
    lines = [sheet.grid[row] for row in sheet.matched.fields.values()]
    free: list[int] = []
    for at in range(sheet.item + 1, len(sheet.grid[0])):
        texts = [written(line[at]) for line in lines if not is_empty(line[at])]
        # Explanations and examples of the template are no answers, wherever they were moved.
        if at in sheet.shown or (texts and all(bare(text) in ours for text in texts)):
            continue
        # A blank column may be the answers' own, or one inserted before them.
        if texts:
            free.append(at)
    codes = [code for code, _ in sheet.plan.laid.answers]
    # In order: which stands first is the first answer, as in the template.
    if len(free) >= len(codes):
        return dict(zip(codes, free, strict=False))
    # Nothing was filled in at all, so nothing can be taken wrongly: complaints get the cells where
    # the answers belong.
    width = len(sheet.grid[0])
    return {code: at for at, code in enumerate(codes, sheet.item + ANSWER) if at < width}


def _own_texts(plan: Plan) -> OwnTexts:
    laid = plan.laid
    return OwnTexts(bare(text) for text in (*laid.helps, *laid.examples, *laid.heads) if text)


def _choose_among_twice(sheet: _Sheet) -> None:
    """Of two lines for one field take the one that is filled; both filled is a complaint."""
    columns = list(sheet.answers.values())
    again: dict[str, list[int]] = {}
    for row, name in sheet.matched.again.items():
        again.setdefault(name, []).append(row)
    for name, others in again.items():
        kept = sheet.matched.fields[name]
        full = [
            row
            for row in (kept, *others)
            if not all(is_empty(sheet.grid[row][at]) for at in columns)
        ]
        # A clerk who copied a line to fill it in further down leaves the first one blank.
        if len(full) == 1 and full[0] != kept:
            sheet.matched.again[kept] = name
            sheet.matched.fields[name] = kept = full[0]
        for row in full:
            if row == kept:
                continue
            cells = [(row, at) for at in columns if not is_empty(sheet.grid[row][at])]
            same = all(
                written(sheet.grid[row][at]) == written(sheet.grid[kept][at]) for at in columns
            )
            label = written(sheet.grid[row][sheet.item])
            kept_at = say("第 {n} 行", n=kept + 1)
            sheet.strays.append(twice(say("行"), label, kept_at, cells[0], cells, same=same))


# ── cells ───────────────────────────────────────────────────────────────────


def _read_rows(sheet: _Sheet) -> tuple[Row, ...]:
    rows: list[Row] = []
    fields = sheet.matched.fields
    for code, label in sheet.plan.laid.answers:
        at = sheet.answers.get(code, -1)
        if at < 0:
            continue
        cells: dict[str, Cell] = {}
        letter = letters(at)
        for column in sheet.plan.columns:
            number = fields.get(column.name, -1)
            if number < 0:
                continue
            raw, where = sheet.grid[number][at], f"{letter}{number + 1}"
            if column.everywhere or stands_in(column.field, code):
                cells[column.name] = read_cell(raw, column, where)
            elif not is_empty(raw):
                sheet.strays.append(unasked(label, column, raw, where))
        rows.append(Row(code, cells))
    return tuple(rows)


def _read_turned(
    grid: Grid, plan: Plan, head: int, matched: Matched
) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read a record that was written as a line below its headers."""
    ours = _own_texts(plan)
    strays: list[Stray] = []
    over = [(row, at) for row in range(head) for at in filled(grid[row])]
    if over:
        strays.append(above(grid, over))
    lines = [
        number
        for number in range(head + 1, len(grid))
        if any(bare(written(grid[number][at])) not in ours for at in filled(grid[number]))
    ]
    known = set(matched.fields.values())
    # A record has one answer to each question: only the first line counts, the others are named.
    line = next((n for n in lines if known & set(filled(grid[n]))), None)
    rows = () if line is None else (_turned_row(grid[line], line, plan, matched),)
    for number in lines:
        rest = [(number, at) for at in filled(grid[number]) if number != line or at not in known]
        if rest:
            label = "" if number == line else short(grid[number][rest[0][1]])
            stray = extra_cells(grid, rest) if not label else extra_row(grid, number, rest, label)
            strays.append(stray)
    rest = [(head, at) for at in filled(grid[head]) if at not in known]
    if rest:
        strays.append(extra_cells(grid, rest))
    return rows, strays


def _turned_row(raws: Sequence[Raw], line: int, plan: Plan, matched: Matched) -> Row:
    cells = {
        column.name: read_cell(raws[at], column, address(line, at))
        for column in plan.columns
        if (at := matched.fields.get(column.name)) is not None
    }
    return Row("", cells)


# ── what was not read ───────────────────────────────────────────────────────


def _name_the_rest(sheet: _Sheet) -> None:
    """Name every cell that is neither read nor the template's own."""
    ours = _own_texts(sheet.plan)
    items = {row: name for name, row in sheet.matched.fields.items()}
    answers = set(sheet.answers.values())
    first = min(items)
    over: list[tuple[int, int]] = []
    beside: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(sheet.grid):
        # Columns shown and never read are passed by, but not what was written above their header.
        cells = [at for at in filled(row) if at not in sheet.shown or number < sheet.head]
        if number in sheet.matched.again and number not in items:
            cells = [at for at in cells if at != sheet.item and at not in answers]
        elif number in items:
            cells = [at for at in cells if at != sheet.item and at not in answers]
            # Where the explanation or the example stood, clerks write their answer: that is worth a
            # word of its own.
            for at in [at for at in cells if _is_explanation(sheet, at)]:
                cells.remove(at)
                _name_explained(sheet, number, at, ours)
        elif number < first:
            over.extend((number, at) for at in cells if not _is_head(sheet, written(row[at])))
            continue
        elif cells:
            _name_row(sheet, number, cells, ours)
            continue
        for at in cells:
            if bare(written(row[at])) not in ours:
                beside.setdefault(at, []).append((number, at))
    if over:
        sheet.strays.append(above(sheet.grid, over))
    sheet.strays.extend(extra_cells(sheet.grid, cells) for cells in beside.values())


def _is_head(sheet: _Sheet, text: str) -> bool:
    """Whether a text is a header as the template or schools write it."""
    laid = sheet.plan.laid
    labels = {label_key(label) for _, label in laid.answers}
    heads = {bare(head) for head in laid.heads} | _ANSWERS
    return bare(text) in heads or label_key(text) in labels


def _is_explanation(sheet: _Sheet, at: int) -> bool:
    if sheet.head < 0:
        return False
    head = bare(written(sheet.grid[sheet.head][at]))
    return head in {bare(text) for text in RECORD_HEADS[1:ANSWER]}


def _name_explained(sheet: _Sheet, number: int, at: int, ours: OwnTexts) -> None:
    raw = sheet.grid[number][at]
    if bare(written(raw)) not in ours:
        item = written(sheet.grid[number][sheet.item])
        head = written(sheet.grid[sheet.head][at])
        sheet.strays.append(misplaced(head, item, raw, (number, at)))


def _name_row(sheet: _Sheet, number: int, cells: Sequence[int], ours: OwnTexts) -> None:
    """Name a line whose item the form does not have."""
    row = sheet.grid[number]
    label = written(row[sheet.item])
    # Totals and last year's values are the template's own lines.
    if is_shown(label, sheet.plan.laid, head=False):
        return
    foreign = [at for at in cells if bare(written(row[at])) not in ours]
    if not foreign:
        return
    named = [(number, at) for at in foreign]
    sheet.strays.append(extra_row(sheet.grid, number, named, label, say("项")))


def _name_units(sheet: _Sheet) -> None:
    """Name the items that give another unit than the form's."""
    for column in sheet.plan.columns:
        unit, asked = sheet.matched.units.get(column.name, ""), column.field
        if asked.type not in {"integer", "measure"} or not unit:
            continue
        # Brackets hold remarks as well; only what is a unit is spoken of.
        if is_own_unit(unit, asked) or not is_unit(unit, asked):
            continue
        row = sheet.matched.fields[column.name]
        full = [at for at in sheet.answers.values() if not is_empty(sheet.grid[row][at])]
        if full:
            raw, where = sheet.grid[row][full[0]], address(row, full[0])
            reference = f"{sheet.plan.laid.name}.{column.name}"
            head = address(row, sheet.item)
            stray = other_unit(reference, asked, unit, head, raw, len(full), where)
            sheet.strays.append(stray)
