"""Knowing our own workbooks again: the hidden sheet, and what it says of each visible one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.contents.strict import lookup_of, written
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import (
    ANSWER,
    GRID_DOWN,
    ITEM,
    RULES_TAB,
    SCHEMA_TAB,
    SCHEMA_VERSION,
    Laid,
    fingerprint,
    lay_out,
    letters,
    plain,
    tab_of,
)
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.returns.sheets.register_fields import SCHOOL_CODE
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

_NEW_TEMPLATE: Final = say("请向教育局索取本期的模板，把数据粘贴过去再交")
# The word «sheet», name, tab, layout, fields, rows: as the template writes the line.
_SHEET_LINE: Final = 6

Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Column:
    """How one field is read."""

    field: Field
    name: str
    everywhere: bool
    """Whether it is asked in every row."""
    letter: str
    """Of the column it stands in, in a workbook nobody has rearranged."""
    whole: bool
    """A plain whole number, by far the most frequent: read without further ado."""
    step: int
    """For a measure: how many smallest steps make one; else 0."""
    lookup: dict[str, str]
    """For a code: from what people write to the code."""
    seen: dict[tuple[Raw, str], Cell] = dataclass_field(
        default_factory=dict[tuple[Raw, str], Cell], compare=False, repr=False
    )
    """Cells that were read before: by content and address."""


Spot = tuple[int, str, Column, str, dict[Raw, Cell]]
"""Where a line's cell stands in it, its field, how it is read, its address, and what stood there
in other schools' workbooks."""


class Line(Record, dict=True):
    """How one line of a sheet is read."""

    asked: tuple[Spot, ...]
    unasked: tuple[Spot, ...]
    """Cells of the table that this line is not asked for."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The asked fields."""
        return tuple(name for _, name, _, _, _ in self.asked)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where their cells stand in the line."""
        return tuple(at for at, _, _, _, _ in self.asked)

    @cached_property
    def lookups(self) -> tuple[Callable[[Raw], Cell | None], ...]:
        """How each is looked up among what stood there before."""
        return tuple(known.get for _, _, _, _, known in self.asked)


@dataclass(frozen=True)
class Plan:
    """How one sheet is read."""

    laid: Laid
    columns: tuple[Column, ...]
    lines: dict[int, Line] = dataclass_field(
        default_factory=dict[int, "Line"], compare=False, repr=False
    )
    """Of a sheet that nobody has rearranged: each line that was read before, by its number."""


class Schema(Record):
    """What the hidden sheet says."""

    form: Form
    period: Period
    place: str
    plans: tuple[Plan, ...]


def read_schema(lines: Lines, shelf: Shelf) -> Schema:
    """Understand the hidden sheet, or raise the refusal that says what is wrong with it."""
    # Hundreds of schools of one type have the same hidden sheet but for their code.
    return _read_schema(lines, Same(shelf))


@lru_cache(maxsize=1024)
def _read_schema(lines: Lines, of: Same[Shelf]) -> Schema:
    shelf = of.it
    said = {line[0]: line[1] for line in lines if len(line) > 1}
    # First of all: in another version of the hidden sheet the other words may mean something else.
    if said.get(SCHEMA_TAB) != SCHEMA_VERSION:
        saw = say("隐藏的模板信息看不懂")
        raise RefusedError("R-SCHEMA", saw, say("未改动过的模板"), _NEW_TEMPLATE, sheet=SCHEMA_TAB)
    form = shelf.forms.get(said.get("form", ""))
    if form is None:
        known = joined("、", (form.term for form in shelf.forms.values()))
        saw = say("模板的表式是“{form}”，这里没有这种表", form=said.get("form", ""))
        raise RefusedError("R-FORM", saw, say("下列表式之一：{known}", known=known), _NEW_TEMPLATE)
    form = _of_period(form, said.get("period", ""))
    version = said.get("version", "")
    # Before the structure: a clerk is told to use the new template, not that something was changed.
    if version != form.version:
        saw = (
            say("这是《{term}》{version} 版的模板", term=form.term, version=version)
            if version
            else say("这是《{term}》的模板，看不出是哪一版", term=form.term)
        )
        raise RefusedError(
            "R-VERSION", saw, say("现行的 {version} 版", version=form.version), _NEW_TEMPLATE
        )
    # The same version, but of a card that somebody edited: its cells may mean other things.
    if said.get("fingerprint") != _fingerprint(Same(form)):
        saw = say(
            "模板的结构与现行《{term}》{version} 版不一致", term=form.term, version=form.version
        )
        if form.added and said.get("fingerprint") == _fingerprint(Same(form.before_added)):
            terms = joined("、", (field.term for field in form.added))
            saw = say("模板是《{term}》加栏以前的，没有“{terms}”", term=form.term, terms=terms)
        raise RefusedError("R-STRUCTURE", saw, say("项目、单位与现行表式一致"), _NEW_TEMPLATE)
    try:
        period = Period.parse(said.get("period", ""))
    except ValueError as error:
        raise RefusedError(
            "R-SCHEMA", error.args[0], say("未改动过的模板"), _NEW_TEMPLATE
        ) from None
    if period.kind != form.period:
        saw = say("时期“{code}”不合《{term}》", code=period.code, term=form.term)
        raise RefusedError("R-SCHEMA", saw, say("未改动过的模板"), _NEW_TEMPLATE, sheet=SCHEMA_TAB)
    plans = tuple(_plan(line, form, shelf) for line in lines if line[0] == "sheet")
    return Schema(form, period, said.get("place", ""), plans)


def _of_period(form: Form, period: str) -> Form:
    """Give the form as it is asked in a period; what is no period is told of later."""
    try:
        return form.at(Period.parse(period).reference_day)
    except ValueError:
        return form.at(date.max)


@lru_cache(maxsize=64)
def _fingerprint(form: Same[Form]) -> str:
    return fingerprint(form.it)


def _plan(line: tuple[str, ...], form: Form, shelf: Shelf) -> Plan:
    # A program that saves the workbook again may leave out the last cell where it is empty.
    padded = (*line, *[""] * _SHEET_LINE)
    _, name, _, way, fields, rows = padded[:_SHEET_LINE]
    return _plan_of(Same(form), Same(shelf), name, fields, rows, down=way == GRID_DOWN)


@lru_cache(maxsize=256)
def _plan_of(  # noqa: PLR0913 - the parts of a line
    of: Same[Form], within: Same[Shelf], name: str, fields: str, rows: str, *, down: bool
) -> Plan:
    form, codes = of.it, within.it.codes
    sheet = form.sheet(name)
    found = [sheet.field(field) for field in fields.split()] if sheet else []
    # The fingerprint holds, so only a hand in the hidden sheet can have done this.
    if sheet is None or not found or None in found:
        saw = say("隐藏的模板信息里，工作表“{name}”的项目不认识", name=name)
        raise RefusedError("R-SCHEMA", saw, say("未改动过的模板"), _NEW_TEMPLATE, sheet=SCHEMA_TAB)
    laid = lay_out(sheet, [field for field in found if field], rows.split(), codes, down=down)
    columns = tuple(
        Column(
            field,
            field.field,
            not field.rows,
            letters(number),
            field.type == "integer",
            10 ** decimals_of(field) if field.type == "measure" else 0,
            lookup_of(codes[field.codes]) if field.type == "code" else {},
        )
        for number, field in enumerate(laid.fields, laid.first_column)
    )
    return Plan(laid, columns)


def full_plan(form: Form, sheet: Sheet, shelf: Shelf, *, down: bool) -> Plan:
    """Plan the reading of a whole sheet: all its fields and rows, for whoever filled it in."""
    names = " ".join(field.field for field in sheet.fields)
    rows = [entry.code for entry in row_entries(sheet, shelf.codes)] if sheet.rows else []
    return _plan_of(Same(form), Same(shelf), sheet.sheet, names, " ".join(rows), down=down)


def without_schema(tabs: Sequence[str], cells: Callable[[str], Grid], shelf: Shelf) -> RefusedError:
    """Say what a workbook without a hidden sheet looks like: one of ours, or a stranger's.

    ``cells`` gives the cells of a tab; in one of ours the school's code is looked up there.
    """
    present = {plain(tab): tab for tab in tabs}
    for form in shelf.forms.values():
        found = [sheet for sheet in form.sheets if plain(tab_of(sheet)) in present]
        if found and (len(found) * 2 >= len(form.sheets) or plain(RULES_TAB) in present):
            lost = say("隐藏的模板信息（{tab}）不见了，无法确认版本和时期", tab=SCHEMA_TAB)
            saw = say("像是《{term}》，但{lost}", term=form.term, lost=lost)
            place = ""
            for sheet in found:
                field = sheet.field(SCHOOL_CODE)
                if field is not None and sheet.layout == "record":
                    place = _answer(cells(present[plain(tab_of(sheet))]), field)
            refused = RefusedError("R-NO-SCHEMA", saw, say("未删除隐藏工作表的模板"), _NEW_TEMPLATE)
            return refused.of(form.form, place)
    saw = say("这个工作簿不是本系统的模板")
    return RefusedError("R-NOT-OURS", saw, say("由教育局发放的填报模板"), _NEW_TEMPLATE)


def _answer(grid: Grid, field: Field) -> str:
    term = plain(field.term)
    for row in grid:
        if len(row) > ANSWER and plain(written(row[ITEM])) == term:
            return written(row[ANSWER])
    return ""
