"""Files without the hidden sheet: what they are, if that is beyond doubt, or why it is not.

The form is told by its headers; the school by its code in the file, the page 说明, the file's name
or whoever hands it in; the period by the last three. Nothing is assumed: what is told twice and
differently, or not at all, is a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import is_note, is_total
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading.across_rearranged import find_head
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.headers import words_of
from xianxue.bureau.returns.reading.identification import Told, told_by_name, told_by_rules
from xianxue.bureau.returns.reading.schema import Plan, Schema, full_plan, without_schema
from xianxue.bureau.returns.reading.tab_matching import (
    NONE,
    Likeness,
    likeness,
    match_tabs,
    shown_fields,
)
from xianxue.bureau.returns.reading.tables import read_table
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import RULES_TAB, SCHEMA_TAB, is_down, plain
from xianxue.bureau.returns.sheets.register_fields import CODE_SYNONYMS, SCHOOL_CODE
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

_NEW_TEMPLATE: Final = say("请向教育局索取本期的模板，把数据粘贴过去再交")
_NAMED: Final = say("文件名里有学校代码和时期，如 2100000000_学生_2025-2026.csv")
_SAY: Final = say("请这样改文件名，或由收表人用 --place、--period 指明；也可以直接交 .xlsx 工作簿")


class Inferred(Record):
    """What a file without a hidden sheet turned out to be."""

    schema: Schema
    where: dict[str, str]
    """Sheet name to tab."""
    remark: Stray


class _Candidate(Record):
    form: Form
    plans: tuple[Plan, ...]
    where: dict[str, str]
    likeness: Likeness


def infer_workbook(grids: Mapping[str, Grid], file: str, shelf: Shelf, told: Told) -> Inferred:
    """Recognise a workbook by its headers, or raise the refusal that says what is missing."""
    # The page 说明 often survives where the hidden sheet does not: copied sheets take it along.
    rules = next((tab for tab in grids if plain(tab) == plain(RULES_TAB)), "")
    said = told_by_rules(grids[rules], shelf.forms.values()) if rules else Told()
    named = told_by_name(file, shelf.forms.values())
    shelf = _of_period(shelf, told.over(said).over(named))
    tabs = [tab for tab in grids if tab != rules]
    found = _candidates(tabs, grids, shelf, told.form or said.form)
    # Made beforehand: whichever doubt comes first, the reader hears what the file looks like.
    refused = without_schema(list(grids), lambda tab: grids[tab], shelf)
    if not found or not (told.form or said.form or _is_most_of(found[0])):
        raise refused
    # Two forms that are equally alike: taking one would be a guess.
    if len(found) > 1 and found[0].likeness == found[1].likeness:
        raise refused
    best = found[0]
    code = _code_in(best, grids)
    refused = refused.of(best.form.form, code)
    # The page may be last year's, or the name may be: only a person can say which.
    if said.period and named.period and said.period != named.period and not told.period:
        saw = say(
            "像是《{term}》，但“说明”里是 {period}，文件名里是 {named}",
            term=best.form.term,
            period=said.period,
            named=named.period,
        )
        raise _refusal(saw, best.form, code)
    # Who hands it in knows best, then what is written inside, then its name; a code among the
    # answers may be a slip of the finger, and comes last.
    known = told.over(said).over(named).over(Told(place=code))
    lacking = [
        name
        for name, value in ((say("学校代码"), known.place), (say("时期"), known.period))
        if not value
    ]
    # A form that lacks a field everybody is asked may be an older version of it.
    if not known.version and _is_incomplete(best, grids):
        lacking.append(say("版本"))
    if lacking:
        lost = say(
            "隐藏的模板信息（{tab}）不见了，无法确认{what}",
            tab=SCHEMA_TAB,
            what=joined("、", lacking),
        )
        raise _refusal(
            say("像是《{term}》，但{lost}", term=best.form.term, lost=lost), best.form, code
        )
    schema = _schema(best, known, code)
    return Inferred(schema, best.where, _remark(schema))


def infer_text(grid: Grid, file: str, shelf: Shelf, told: Told) -> tuple[Inferred, Grid]:
    """Recognise the text of one sheet; give it with its cells, without a column of school codes."""
    named = told_by_name(file, shelf.forms.values())
    shelf = _of_period(shelf, told.over(named))
    found = _candidates([""], {"": grid}, shelf, told.form or named.form, single=True)
    if len(found) > 1 and found[0].likeness == found[1].likeness:
        # Two sheets with the same headers: the file's name may say which.
        found = [each for each in found if each.plans[0].laid.tab in file]
    if not found:
        raise RefusedError(
            "R-NOT-OURS",
            say("认不出这是哪一张表"),
            say("表头与模板一致的表"),
            say("请用模板里的表导出；外来的表请用 xianxue returns map 对应后再读"),
        )
    best = found[0]
    # An export of a whole system's table names the school in each line; the form does not ask for
    # it there.
    code, grid = _take_code_column(best, grid)
    code = code or _code_in(best, {"": grid})
    # Here the code stands in the data itself, in every line, and is surer than a file's name.
    known = told.over(Told(place=code)).over(named)
    lacking = [
        name
        for name, value in ((say("哪所学校"), known.place), (say("哪个时期"), known.period))
        if not value
    ]
    if lacking:
        what = say("《{term}》的“{tab}”", term=best.form.term, tab=best.plans[0].laid.tab)
        saw = say("看得出是{what}，但不知道是{lacking}的", what=what, lacking=joined("、", lacking))
        raise RefusedError("R-WHOSE", saw, _NAMED, _SAY).of(best.form.form, code)
    schema = _schema(best, known, code)
    return Inferred(schema, best.where, _remark(schema, best.plans[0].laid.tab)), grid


def _of_period(shelf: Shelf, told: Told) -> Shelf:
    """Give the forms as they are asked in the period that is told, else as they are last."""
    try:
        return shelf.at(Period.parse(told.period).reference_day)
    except ValueError:
        return shelf.at(date.max)


def is_rules_text(grid: Grid, shelf: Shelf) -> bool:
    """Whether a text is the export of a sheet that holds no data: 说明 or the hidden ones."""
    if not grid or not grid[0]:
        return False
    return grid[0][0] == SCHEMA_TAB or bool(told_by_rules(grid, shelf.forms.values()).version)


# ── which form ──────────────────────────────────────────────────────────────


def _candidates(
    tabs: Sequence[str],
    grids: Mapping[str, Grid],
    shelf: Shelf,
    only: str,
    *,
    single: bool = False,
) -> list[_Candidate]:
    """Give the forms (of a single text: the sheets) that the headers are like, likest first."""
    found: list[_Candidate] = []
    for form in shelf.forms.values():
        if only and form.form != only:
            continue
        plans = [_plan_like(tabs, grids, form, sheet, shelf) for sheet in form.sheets]
        if single:
            for plan in plans:
                like = likeness(grids[""], plan)
                if like:
                    found.append(_Candidate(form, (plan,), {plan.laid.name: ""}, like))
            continue
        where = match_tabs(tabs, grids, plans)
        likes = [likeness(grids[tab], plan) for plan in plans if (tab := where.get(plan.laid.name))]
        total = Likeness(sum(each.hits for each in likes), sum(each.missing for each in likes))
        if total:
            found.append(_Candidate(form, tuple(plans), where, total))
    return sorted(found, key=lambda each: each.likeness, reverse=True)


def _plan_like(
    tabs: Sequence[str], grids: Mapping[str, Grid], form: Form, sheet: Sheet, shelf: Shelf
) -> Plan:
    """Plan a sheet; a grid in the direction in which some tab shows more of it."""
    # The hidden sheet would say which way it lies; here the better match does.
    usual = is_down(sheet, shelf.codes)
    plan = full_plan(form, sheet, shelf, down=usual)
    if sheet.layout != "grid":
        return plan
    other = full_plan(form, sheet, shelf, down=not usual)
    one = max((likeness(grids[tab], plan) for tab in tabs), default=NONE)
    two = max((likeness(grids[tab], other) for tab in tabs), default=NONE)
    return other if two > one else plan


def _is_most_of(candidate: _Candidate) -> bool:
    # Half of a form's sheets: a school that has no classes of a kind often deletes that sheet.
    return len(candidate.where) * 2 >= len(candidate.form.sheets)


def _is_incomplete(candidate: _Candidate, grids: Mapping[str, Grid]) -> bool:
    """Whether a field that every school is asked has no header: then it may be another version."""
    for plan in candidate.plans:
        if plan.laid.name in candidate.where:
            found = shown_fields(grids[candidate.where[plan.laid.name]], plan)
            # What only some types of schools are asked is missing from the template of the others.
            asked = (field for field in plan.laid.fields if not field.school_types)
            if any(field.field not in found for field in asked):
                return True
    return False


# ── whose, and for when ─────────────────────────────────────────────────────


def _schema(candidate: _Candidate, known: Told, code: str) -> Schema:
    form = candidate.form
    if known.version and known.version != form.version:
        saw = say("这是《{term}》{version} 版的模板", term=form.term, version=known.version)
        required = say("现行的 {version} 版", version=form.version)
        raise RefusedError("R-VERSION", saw, required, _NEW_TEMPLATE).of(form.form, code)
    try:
        period = Period.parse(known.period)
    except ValueError as error:
        raise _refusal(error.args[0], form, code) from None
    # A calendar year in the name of a school year's return is somebody's mistake, and not ours to
    # mend.
    if period.kind != form.period:
        raise _refusal(
            say("时期“{code}”不合《{term}》", code=period.code, term=form.term), form, code
        )
    return Schema(form, period, known.place, candidate.plans)


def _refusal(saw: str, form: Form, code: str) -> RefusedError:
    return RefusedError("R-NO-SCHEMA", saw, say("未删除隐藏工作表的模板"), _NEW_TEMPLATE).of(
        form.form, code
    )


def _remark(schema: Schema, tab: str = "") -> Stray:
    what = say("《{term}》", term=schema.form.term) + (say("的“{tab}”", tab=tab) if tab else "")
    saw = say(
        "没有隐藏的模板信息，按表头认作{what}，{period}，代码 {place}",
        what=what,
        period=schema.period.term,
        place=schema.place,
    )
    return Stray("R-NO-SCHEMA", "", saw, say("请核对是否如此"), severity=Severity.NOTE)


def _code_in(candidate: _Candidate, grids: Mapping[str, Grid]) -> str:
    """Read the school's code from the record that asks for it."""
    for plan in candidate.plans:
        tab = candidate.where.get(plan.laid.name)
        if tab is None or plan.laid.layout != "record":
            continue
        if all(column.name != SCHOOL_CODE for column in plan.columns):
            continue
        # Read as any answer is: so a full-width or spaced code is understood here, too.
        rows, _ = read_table(grids[tab], plan)
        cell = rows[0].cells.get(SCHOOL_CODE) if rows else None
        if cell is not None and isinstance(cell.value, str):
            return cell.value
    return ""


def _take_code_column(candidate: _Candidate, grid: Grid) -> tuple[str, Grid]:
    """Take a column of school codes out of a list or grid; refuse one with several schools."""
    asked = _code_field(candidate.form)
    plan = candidate.plans[0]
    if asked is None or plan.laid.down:
        return "", grid
    head, matched = find_head(grid, plan)
    words = words_of([_called_many(asked)])
    at = next(
        (
            at
            for at, raw in enumerate(grid[head])
            if at not in matched.fields.values() and words.field_of(written(raw))[0]
        ),
        None,
    )
    if at is None:
        return "", grid
    codes = {
        code
        for row in grid[head + 1 :]
        # A sum or a note below the table stands where the codes do, and is left to be named.
        if (code := written(row[at])) and not (is_total(code) or is_note(code))
    }
    # One return is one school's: divided by hand, a line could get lost between two files.
    if len(codes) > 1:
        saw = say("“{written}”一列里有 {n} 所学校", written=written(grid[head][at]), n=len(codes))
        do = say("请一校一个文件；一行一校的表请用 xianxue returns map 对应后再读")
        raise RefusedError("R-MANY-PLACES", saw, say("一个文件一所学校"), do).of(
            candidate.form.form, ""
        )
    # Blanked, not cut out: every complaint still names the cell that the clerk sees.
    taken = {written(grid[head][at]), *codes}
    kept = [
        [*row[:at], "", *row[at + 1 :]] if number >= head and written(row[at]) in taken else row
        for number, row in enumerate(grid)
    ]
    return (codes.pop() if codes else ""), kept


def _called_many(asked: Field) -> Field:
    return Field(
        field=asked.field,
        term=asked.term,
        type="text",
        synonyms=[*asked.synonyms, *CODE_SYNONYMS],
    )


def _code_field(form: Form) -> Field | None:
    fields = (sheet.field(SCHOOL_CODE) for sheet in form.sheets if sheet.layout == "record")
    return next((each for each in fields if each is not None), None)
