"""Forms: sheets, fields, and what a clerk is asked to enter."""

from __future__ import annotations

import re
from decimal import Decimal

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.changes.editions import DatedForm
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.form_cards.answered import check_answered
from xianxue.catalogue.meaning.form_cards.checks import check_checks
from xianxue.catalogue.meaning.form_cards.heads import check_form_heads, check_head_and_foot
from xianxue.catalogue.meaning.form_cards.held import check_held
from xianxue.catalogue.meaning.form_cards.personal import check_personal
from xianxue.catalogue.meaning.form_cards.sensible import check_sensible
from xianxue.catalogue.meaning.form_cards.unusual import check_unusual
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.tables import check_column
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed, one_of

_TAB = re.compile(r"[^\[\]:*?/\\']{1,31}")
"""What Excel allows as the name of a sheet."""


def check_forms(look: Look) -> None:
    """Check every form."""
    form: Form
    names: list[tuple[Spot, str]] = []
    for at, form in look.each("form"):
        check_cited(look, at.at("source"), form.source)
        names += [
            (at.at("sheets", index, "sheet"), sheet.sheet)
            for index, sheet in enumerate(form.sheets)
        ]
        dated = look.shelf.forms[form.form]
        first = dated.shapes[0] if isinstance(dated, DatedForm) else dated
        check_shape(look.with_form(first), at, form)
        check_personal(look, at, form)
        check_head_and_foot(at, form)
    check_form_heads(look)
    unique(names, "C-TWICE", say("表的编号"), say("表的编号在所有表式中不重复"))


def check_shape(look: Look, at: Spot, form: Form) -> None:
    """Check what a form, or one edition of it, asks."""
    tabs: list[tuple[Spot, str]] = []
    if not form.sheets:
        at.at("sheets").complain("C-EMPTY", say("一张表也没有"), say("至少一张表"))
    for index, sheet in enumerate(form.sheets):
        here = at.at("sheets", index)
        tabs.append((here.at("term"), sheet.term))
        _check_sheet(look, here, form, sheet)
    unique(tabs, "C-TERM", say("表名"), say("一个工作簿里表名不重复"))
    check_checks(look, at, form)
    check_sensible(look, at, form)
    check_unusual(look, at, form)


def _check_sheet(look: Look, at: Spot, form: Form, sheet: Sheet) -> None:
    good_name(at.at("sheet"), sheet.sheet)
    if sheet.sheet == "places":
        at.at("sheet").complain("C-NAME", say("编号“places”留给学校名册"), say("换一个编号"))
    if _TAB.fullmatch(sheet.term) is None:
        required = say("不超过 31 个字，不含 [ ] : * ? / \\ '")
        at.at("term").complain(
            "C-TAB", say("“{term}”不能作 Excel 的表名", term=sheet.term), required
        )
    _check_layout(look, at, form, sheet)
    if not sheet.fields:
        at.at("fields").complain("C-EMPTY", say("一栏也没有"), say("至少一栏"))
    spots = [(at.at("fields", index), field) for index, field in enumerate(sheet.fields)]
    for here, field in spots:
        check_field(look, here, form, sheet, field)
        if field.prefilled_from:
            check_held(look, here.at("prefilled_from"), form, sheet, field)
        if field.answered_by:
            check_answered(look, here.at("answered_by"), sheet, field)
    fields = [(here.at("field"), field.field) for here, field in spots]
    unique(fields, "C-TWICE", say("栏的编号"), say("同一张表里栏的编号不重复"))
    terms = [(here.at("term"), field.term) for here, field in spots]
    unique(terms, "C-TERM", say("栏名"), say("同一张表里栏名不重复"))


def _check_layout(look: Look, at: Spot, form: Form, sheet: Sheet) -> None:
    for part, layout in (
        ("rows", "grid"),
        ("row_codes", "grid"),
        ("stage_by", "list"),
        ("stage", "record"),
    ):
        if getattr(sheet, part) and sheet.layout != layout:
            saw = say("版式是 {layout}，却写了 {part}", layout=sheet.layout, part=part)
            at.at(part).complain(
                "C-PART", saw, say("只有版式 {layout} 写 {part}", layout=layout, part=part)
            )
    if sheet.layout == "grid":
        _check_rows(look, at, form, sheet)
    elif sheet.stage_by and sheet.layout == "list":
        _check_stage_by(look, at, sheet)
    if sheet.stage is not None and sheet.stages and sheet.stage not in sheet.stages:
        required = one_of([stage.value for stage in sheet.stages])
        at.at("stage").complain(
            "C-STAGE", say("{value} 不在 stages 之内", value=sheet.stage.value), required
        )


def _check_rows(look: Look, at: Spot, form: Form, sheet: Sheet) -> None:
    if not sheet.rows:
        at.complain("C-PART", say("版式是 grid，没有写明各行"), say("写明 rows：一张代码表的编号"))
        return
    codes = look.code_list(at.at("rows"), sheet.rows)
    if codes is None:
        return
    look.known_codes(at.at("row_codes"), sheet.row_codes, codes)
    entries = row_entries(sheet, look.shelf.codes)
    bare = [entry.code for entry in entries if entry.stage is None]
    staged = bool(sheet.stages) or len(bare) < len(entries)
    # A row without a stage would be asked of every school, also of those that have nothing in it.
    if form.filed_by == "school" and staged and bare:
        saw = say("代码表“{term}”里 {bare} 没有写明学段", term=codes.term, bare=listed(bare))
        at.at("rows").complain("C-STAGE", saw, say("学校按自己的学段填行，每行都要有学段"))


def _check_stage_by(look: Look, at: Spot, sheet: Sheet) -> None:
    here = at.at("stage_by")
    field = sheet.field(sheet.stage_by)
    if field is None or field.type != "code":
        saw = say("“{stage_by}”不是这张表的代码栏", stage_by=sheet.stage_by)
        known = [one.field for one in sheet.fields if one.type == "code"]
        here.complain(
            "C-FIELD", saw, say("按一个代码栏分学段"), say("可用：{known}", known=listed(known))
        )
        return
    codes = look.shelf.codes.get(field.codes)
    bare = [entry.code for entry in codes.entries if entry.stage is None] if codes else []
    if codes is not None and bare:
        saw = say("代码表“{term}”里 {bare} 没有写明学段", term=codes.term, bare=listed(bare))
        here.complain("C-STAGE", saw, say("用来分学段的代码都要有学段"))


def check_field(look: Look, at: Spot, form: Form, sheet: Sheet, field: Field) -> None:
    """Check one field by itself, the form's own or one that a county adds."""
    check_column(look, at, field)
    check_cited(look, at.at("source"), field.source)
    _check_range(at, field)
    if field.rows:
        _check_field_rows(look, at.at("rows"), sheet, field)
    look.known_codes(
        at.at("school_types"), field.school_types, look.shelf.codes.get("school_types")
    )
    if field.pattern:
        check_pattern(at.at("pattern"), field)
    if field.applies_with:
        here = at.at("applies_with")
        check_where(here, field.applies_with, look.place_columns, say("学校"))
        if form.filed_by != "county":
            saw = say("学校的报表写了 applies_with")
            here.complain("C-PART", saw, say("只有县级报表的栏写 applies_with"))


def _check_range(at: Spot, field: Field) -> None:
    numeric = field.type in {"integer", "measure", "year"}
    for part in ("min", "max", "usual_min", "usual_max"):
        limit: Decimal | None = getattr(field, part)
        finite(at.at(part), limit)
        if limit is not None and not numeric:
            saw = say("类型是 {type}，却写了 {part}", type=field.type, part=part)
            at.at(part).complain("C-PART", saw, say("只有数有上下限"))
    # Neighbours first; the last two pairs matter where a bound between them is not given. One
    # complaint a field: the others would follow from it.
    for lower, upper, noun in (
        ("min", "max", say("最小值")),
        ("usual_min", "usual_max", say("常见范围的下限")),
        ("min", "usual_min", say("最小值")),
        ("usual_max", "max", say("常见范围的上限")),
        ("min", "usual_max", say("最小值")),
        ("usual_min", "max", say("常见范围的下限")),
    ):
        low: Decimal | None = getattr(field, lower)
        high: Decimal | None = getattr(field, upper)
        if low is None or high is None or not low.is_finite() or not high.is_finite():
            continue
        if low > high:
            where = upper if upper.startswith("usual") else lower
            at.at(where).complain(
                "C-RANGE",
                say(
                    "“{term}”的{noun}（{lower}）{low} 大于 {upper} {high}",
                    term=field.term,
                    noun=noun,
                    lower=lower,
                    low=low,
                    upper=upper,
                    high=high,
                ),
                "min ≤ usual_min ≤ usual_max ≤ max",
            )
            return


def _check_field_rows(look: Look, at: Spot, sheet: Sheet, field: Field) -> None:
    codes = look.shelf.codes.get(sheet.rows)
    if sheet.layout != "grid":
        at.complain(
            "C-PART",
            say("版式是 {layout}，却写了 rows", layout=sheet.layout),
            say("只有版式 grid 的栏写 rows"),
        )
    elif codes is not None:
        allowed = {entry.code: entry.term for entry in row_entries(sheet, look.shelf.codes)}
        for index, code in enumerate(field.rows):
            look.known_code(at.at(index), code, allowed, say("{term}的行", term=sheet.term))


def check_pattern(at: Spot, field: Field) -> None:
    """Check the pattern that a text has to match."""
    if field.type != "text":
        at.complain(
            "C-PART",
            say("类型是 {type}，却写了 pattern", type=field.type),
            say("只有文字栏写 pattern"),
        )
        return
    try:
        re.compile(field.pattern)
    # A repeat such as {99999999999} is no error of the pattern to Python, but an overflow.
    except (re.error, OverflowError) as error:
        at.complain(
            "C-PATTERN", say("正则表达式不合法（{error}）", error=error), say("Python 的正则表达式")
        )
