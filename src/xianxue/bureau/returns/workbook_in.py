"""The workbook in: from bytes to a return, or to the one complaint that says why not."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO

import python_calamine

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.returned import Return, Row
from xianxue.bureau.returns.cells import Grid
from xianxue.bureau.returns.cells_in import Stray
from xianxue.bureau.returns.formulas import refuse_damage
from xianxue.bureau.returns.guard import Package, RefusedError, unpack
from xianxue.bureau.returns.layout import CODES_TAB, RULES_TAB, SCHEMA_TAB, plain
from xianxue.bureau.returns.marking.ours import is_summary, without_reasons
from xianxue.bureau.returns.schema_in import Plan, Schema, read_schema, without_schema
from xianxue.bureau.returns.tables_in import header_row, read_table

_OURS = frozenset({RULES_TAB, SCHEMA_TAB, CODES_TAB})


def read_workbook(data: bytes, file: str, shelf: Shelf) -> tuple[Return | None, list[Issue]]:
    """Read a filled workbook; ``file`` is its name, without a folder.

    Gives the return and remarks on what was found where nothing is asked; or None and one
    complaint, for a file that cannot be taken. Never raises, whatever the bytes are.
    """
    schema: Schema | None = None
    try:
        package = unpack(data)
        book = _open(data)
        schema = read_schema(_schema_lines(book, shelf), shelf)
        tables, issues = _read_sheets(book, package, schema, file)
    except RefusedError as refused:
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
    )
    return returned, issues


def _open(data: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError:
        do = "请取消打开密码，保存后再交"
        raise RefusedError(
            "R-PASSWORD", "文件加了打开密码，读不了", "不加密码的 .xlsx 工作簿", do
        ) from None
    except BaseException as error:  # noqa: BLE001 - a fault in the reader's Rust is no Exception
        raise _unreadable(error) from None


def _cells(book: python_calamine.CalamineWorkbook, tab: str) -> Grid:
    try:
        return book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    except BaseException as error:  # noqa: BLE001 - as in _open
        raise _unreadable(error, tab) from None


def _unreadable(error: BaseException, tab: str = "") -> BaseException:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return RefusedError(
        "R-BROKEN",
        "文件内容已损坏，读不出来",
        "完整的 .xlsx 工作簿",
        "请在电脑上打开确认后重新保存，再交上来",
        sheet=tab,
    )


def _schema_lines(
    book: python_calamine.CalamineWorkbook, shelf: Shelf
) -> tuple[tuple[str, ...], ...]:
    if SCHEMA_TAB not in book.sheet_names:
        raise without_schema(book.sheet_names, lambda tab: _cells(book, tab), shelf)
    return tuple(tuple(map(str, line)) for line in _cells(book, SCHEMA_TAB))


def _read_sheets(
    book: python_calamine.CalamineWorkbook, package: Package, schema: Schema, file: str
) -> tuple[dict[str, tuple[Row, ...]], list[Issue]]:
    tabs = [tab for tab in book.sheet_names if tab not in _OURS]
    grids: dict[str, Grid] = {tab: without_reasons(_cells(book, tab)) for tab in tabs}
    tabs = [tab for tab in tabs if not is_summary(grids[tab])]
    where = _match_tabs(tabs, grids, schema.plans)
    tables: dict[str, tuple[Row, ...]] = {}
    issues: list[Issue] = []
    for plan in schema.plans:
        tab = where.get(plan.laid.name)
        if tab is None:
            continue
        tables[plan.laid.name], strays = read_table(grids[tab], plan)
        issues.extend(_notes(strays, tab, file, schema))
    refuse_damage(package, where, tables)
    used = set(where.values())
    for tab in tabs:
        if tab not in used and any(raw != "" for row in grids[tab] for raw in row):
            saw = "多出一张工作表，里面有内容"
            stray = Stray("R-SHEET-EXTRA", "", saw, "这张表不在模板中，没有采用")
            issues.extend(_notes([stray], tab, file, schema))
    return tables, issues


def _match_tabs(tabs: list[str], grids: dict[str, Grid], plans: Iterable[Plan]) -> dict[str, str]:
    """Find each sheet by its tab; a renamed one by its headers."""
    where: dict[str, str] = {}
    left = {plain(tab): tab for tab in tabs}
    missing: list[Plan] = []
    for plan in plans:
        tab = left.pop(plain(plan.laid.tab), None)
        if tab is None:
            missing.append(plan)
        else:
            where[plan.laid.name] = tab
    for plan in missing:
        for key, tab in left.items():
            if _has_terms(grids[tab], plan):
                where[plan.laid.name] = tab
                del left[key]
                break
    return where


def _has_terms(grid: Grid, plan: Plan) -> bool:
    if not plan.laid.down:
        return header_row(grid, plan) >= 0
    wanted = {plain(column.field.term) for column in plan.columns}
    present = {plain(raw) for row in grid for raw in row[:2] if isinstance(raw, str)}
    return len(wanted & present) * 2 >= len(wanted)


def _notes(strays: list[Stray], tab: str, file: str, schema: Schema) -> Iterable[Issue]:
    for stray in strays:
        yield Issue(
            code=stray.code,
            severity=Severity.NOTE,
            file=file,
            sheet=tab,
            cell=stray.cell,
            place=schema.place,
            form=schema.form.form,
            saw=stray.saw,
            do=stray.do,
        )
