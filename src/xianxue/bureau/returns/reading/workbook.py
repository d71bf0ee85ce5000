"""The workbook in: from bytes to a return, or to the one complaint that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.files.damage import with_damage
from xianxue.bureau.returns.files.opening import Book, open_book, refuse_text
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading.brought import read_brought
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.foot import Foot, read_foot
from xianxue.bureau.returns.reading.identification import NOTHING_TOLD, Told
from xianxue.bureau.returns.reading.schema import Schema, read_schema
from xianxue.bureau.returns.reading.schema_inferred import infer_text, infer_workbook, is_rules_text
from xianxue.bureau.returns.reading.tab_matching import match_tabs
from xianxue.bureau.returns.reading.tables import read_table
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import BESIDE_TAB, CODES_TAB, RULES_TAB, SCHEMA_TAB, plain
from xianxue.bureau.returns.sheets.own_marks import is_answers, is_summary, without_reasons
from xianxue.bureau.values.sentence import say

_OURS = frozenset({RULES_TAB, SCHEMA_TAB, CODES_TAB, BESIDE_TAB})


def read_workbook(
    data: bytes, file: str, shelf: Shelf, told: Told = NOTHING_TOLD
) -> tuple[Return | None, list[Issue]]:
    """Read a filled workbook (.xlsx, .xls) or the text of one sheet (.csv).

    ``file`` is its name, without a folder; ``told`` is what whoever hands it in says of it, for
    files that do not say it themselves.
    Gives the return and remarks on what was found where nothing is asked; or None and one
    complaint, for a file that cannot be taken. Never raises, whatever the bytes are.
    """
    schema: Schema | None = None
    try:
        book = open_book(data, file)
        # A folder of exported sheets brings its instructions along: these are no fault.
        if book.text and is_rules_text(book.cells(""), shelf):
            return None, [_no_data(file)]
        schema, where, grids, remarks = _recognise(book, file, shelf, told)
        tables, strays = _read_sheets(book, schema, where, grids)
        brought = read_brought(book, schema.form.form, schema.place)
        foot, unread = _read_foot(book, schema.form)
    except RefusedError as refused:
        # Refused after it was known whose it is: then the complaint says so.
        if schema is not None:
            refused.of(schema.form.form, schema.place)
        return None, [refused.issue(file)]
    returned = Return(
        form=schema.form.form,
        version=schema.form.version,
        period=schema.period.code,
        place=schema.place,
        tables=tables,
        file=file,
        digest=sha256(data).hexdigest(),
        brought=brought,
        tabs=where,
        foot=foot,
    )
    said = [*remarks, *strays, *unread]
    return returned, [_issue(stray, tab, file, schema) for tab, stray in said]


_Said = list[tuple[str, Stray]]
"""Remarks, each with the tab it is about."""


def _recognise(
    book: Book, file: str, shelf: Shelf, told: Told
) -> tuple[Schema, dict[str, str], dict[str, Grid], _Said]:
    """Find out what a file is: its schema, each sheet's tab, and the tabs' cells."""
    if SCHEMA_TAB in book.tabs:
        lines = tuple(tuple(map(str, line)) for line in book.cells(SCHEMA_TAB))
        schema = read_schema(lines, shelf)
        grids = _grids(book)
        return schema, match_tabs(list(grids), grids, schema.plans), grids, []
    if book.text:
        try:
            found, grid = infer_text(book.cells(""), file, shelf, told)
        except RefusedError as refused:
            if refused.code == "R-NOT-OURS":
                refuse_text(book)
            raise
        tab = found.schema.plans[0].laid.tab
        return found.schema, dict.fromkeys(found.where, tab), {tab: grid}, [("", found.remark)]
    grids = _grids(book, also=RULES_TAB)
    known = infer_workbook(grids, file, shelf, told)
    kept = {tab: grid for tab, grid in grids.items() if plain(tab) != plain(RULES_TAB)}
    return known.schema, known.where, kept, [("", known.remark)]


def _grids(book: Book, also: str = "") -> dict[str, Grid]:
    """Give the cells of each tab that may hold data, without what our checks wrote there."""
    grids = {
        tab: without_reasons(book.cells(tab))
        for tab in book.tabs
        if tab not in _OURS or tab == also
    }
    return {tab: grid for tab, grid in grids.items() if not (is_summary(grid) or is_answers(grid))}


def _read_sheets(
    book: Book, schema: Schema, where: Mapping[str, str], grids: Mapping[str, Grid]
) -> tuple[dict[str, tuple[Row, ...]], _Said]:
    tables: dict[str, tuple[Row, ...]] = {}
    said: _Said = []
    for plan in schema.plans:
        tab = where.get(plan.laid.name)
        if tab is not None:
            tables[plan.laid.name], strays = read_table(grids[tab], plan)
            said += [(tab, stray) for stray in strays]
    # After reading: only cells that were read are asked about.
    for name, damage in book.find_damage(where, tables).items():
        if damage:
            tables[name] = with_damage(tables[name], damage)
    used = set(where.values())
    for tab, grid in grids.items():
        # Blank extra tabs come with many programs, and say nothing.
        if tab not in used and any(raw != "" for row in grid for raw in row):
            saw = say("多出一张工作表，里面有内容")
            said.append((tab, Stray("R-SHEET-EXTRA", "", saw, say("这张表不在模板中，没有采用"))))
    return tables, said


def _read_foot(book: Book, form: Form) -> tuple[Foot, _Said]:
    """Read the foot; an older workbook has none, and one that was cut down has no page 说明."""
    tab = next((tab for tab in book.tabs if plain(tab) == plain(RULES_TAB)), None)
    if tab is None or not form.foot:
        return {}, []
    foot, strays = read_foot(book.cells(tab), form)
    return foot, [(tab, stray) for stray in strays]


def _issue(stray: Stray, tab: str, file: str, schema: Schema) -> Issue:
    return Issue(
        code=stray.code,
        severity=stray.severity,
        file=file,
        sheet=tab,
        cell=stray.cell,
        place=schema.place,
        form=schema.form.form,
        field=stray.field,
        saw=stray.saw,
        required=stray.required,
        do=stray.do,
    )


def _no_data(file: str) -> Issue:
    return Issue(
        code="R-NO-DATA",
        severity=Severity.NOTE,
        file=file,
        saw=say("这是模板的说明页，没有要报的数"),
        do=say("不必交这个文件"),
    )
