"""Each cell by itself: is it there, can it be read, is it within its bounds?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.complaints import Complaints, cell_name
from xianxue.bureau.returns.checking.plan import CheckPlan, Rule, SheetPlan, most_of
from xianxue.bureau.returns.contents.lenient import advice, near_terms
from xianxue.bureau.returns.contents.strict import day_of, number_of, what_became_of
from xianxue.bureau.returns.sheets.layout import NO, YES
from xianxue.bureau.returns.sheets.naming import bounds_of, decimals_of, shown_value, span_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import Sentence, joined, say

_WITH_UNIT = re.compile(r"[+-]?[\d,.]+\s*[^\d\s,.]+")
# More terms than this are a list to look up, which the drop-down is.
_MOST_TERMS: Final = 8


def check_cells(plan: CheckPlan, complaints: Complaints) -> None:
    """Check the cells of every sheet."""
    for sheet in plan.sheets.values():
        rows = complaints.returned.tables.get(sheet.sheet.sheet)
        # A sheet that was not found has no cells: one complaint, not one for each.
        if rows is None:
            if sheet.asked:
                saw = say("缺少工作表“{tab}”", tab=sheet.tab)
                do = say("请不要删除或改名；从模板中复制回来，填好再交")
                complaints.add("R-SHEET", Severity.MUST_FIX, sheet, saw, say("每张表都要交"), do)
        elif not sheet.asked:
            _complain_unasked_sheet(sheet, rows, complaints)
        # One complaint for a sheet nobody has begun; hundreds would hide it.
        elif _all_blank(rows):
            _complain_blank_sheet(sheet, plan, complaints)
        else:
            _check_rows(sheet, rows, complaints)


def _check_rows(sheet: SheetPlan, rows: Sequence[Row], complaints: Complaints) -> None:
    grid = sheet.sheet.layout == "grid"
    absent: set[str] = set()
    for row in rows:
        # Only a grid asks different things in different rows.
        rules = sheet.rows.get(row.code if grid else "")
        if rules is None:
            _complain_unasked_row(sheet, row, complaints)
            continue
        present = _check_row(sheet, row, rules, absent, complaints)
        # Counted before they are looked for: nearly no row has more cells than are asked.
        if len(row.cells) != present:
            _complain_unasked_cells(sheet, row, rules, complaints)
    _complain_absent(sheet, absent, {row.code for row in rows}, complaints)


def _check_row(
    sheet: SheetPlan,
    row: Row,
    rules: Sequence[Rule],
    absent: set[str],
    complaints: Complaints,
) -> int:
    """Check what is asked in a row; give how many of its cells that were."""
    # Most cells are in order: that they are is seen here, with as few steps as possible.
    cells = row.cells
    present = len(rules)
    for rule in rules:
        cell = cells.get(rule.name)
        if cell is None:
            # Remembered, not said: a column that is missing is missing in every row.
            absent.add(rule.name)
            present -= 1
            continue
        value = cell.value
        if isinstance(value, int):
            if rule.number and rule.low <= value <= rule.high:
                continue
        elif isinstance(value, str) and not rule.number and (rule.fits is None or rule.fits(value)):
            continue
        _look_closer(sheet, row, rule, cell, complaints)
    return present


def _complain_absent(
    sheet: SheetPlan, absent: set[str], present: set[str], complaints: Complaints
) -> None:
    for code, label in sheet.labels.items():
        if code in sheet.rows and code not in present:
            what = say("一列") if sheet.down else say("一行")
            saw, do = (
                say("缺少“{label}”这{what}", label=label, what=what),
                say("请从模板中把这{what}复制回来，填好再交", what=what),
            )
            complaints.add(
                "R-ROW", Severity.MUST_FIX, sheet, saw, say("每{what}都要交", what=what), do
            )
    for field in sheet.sheet.fields if absent else ():
        if field.field in absent:
            what = say("这一项") if sheet.down else say("这一列")
            saw, do = (
                say("缺少“{term}”{what}", term=field.term, what=what),
                say("请从模板中把{what}复制回来，填好再交", what=what),
            )
            complaints.add(
                "R-COLUMN", Severity.MUST_FIX, sheet, saw, say("每一项都要交"), do, asked=field
            )


# ── one cell ────────────────────────────────────────────────────────────────


def _look_closer(
    sheet: SheetPlan, row: Row, rule: Rule, cell: Cell, complaints: Complaints
) -> None:
    field, value = rule.field, cell.value
    name = cell_name(sheet, row, field)
    severity = Severity.MUST_FIX
    # Before its value: a damaged cell looks like a blank one.
    if cell.fault:
        code, required, do = _FAULTS[cell.fault]
        saw = _fault(name, cell)
    elif value is Missing.NOT_ANSWERED and not cell.written:
        if not field.required:
            return
        code, saw, required, do = (
            "R-REQUIRED",
            say("{name}没有填", name=name),
            say("必填"),
            _when_blank(field),
        )
    elif isinstance(value, Missing) and value is not Missing.NOT_ANSWERED:
        # What nobody asks needs no reason.
        if not field.required or value is Missing.NOT_ASKED:
            return
        code, saw = "R-WORD", say("{name}填了“{value}”", name=name, value=value.value)
        severity, required, do = _of_a_word(field, value)
    elif rule.number and isinstance(value, int):
        amount = shown_value(value, field)
        # Only here is a number written out: that it is in order was seen by comparing whole steps.
        code, severity, required, do = _out_of_bounds(rule, value)
        saw = say("{name}填了“{amount}”", name=name, amount=amount)
    else:
        text = cell.written or str(value)
        code, problem, required, do = _unreadable(rule, text)
        saw = say("{name}填了“{text}”，{problem}", name=name, text=text, problem=problem)
    complaints.add(
        code, severity, sheet, saw, required, do,
        cell=cell.address, asked=field, citation=rule.citation,
    )  # fmt: skip


_FAULTS: Final[dict[str, tuple[str, str, str]]] = {
    "no_result": (
        "R-FORMULA",
        say("公式有算好的结果"),
        say("请在 WPS 或 Excel 中打开，等它算完后保存；或直接填上数字"),
    ),
    "error": (
        "R-FORMULA",
        say("公式有正确的结果"),
        say("请改正公式，或直接填上数字"),
    ),
    "merged": (
        "R-MERGED",
        say("一格填一个数，不合并单元格"),
        say("请取消合并，把每一格的数分别填上"),
    ),
}
"""By fault: code, what is required, what to do."""


def _fault(name: str, cell: Cell) -> Sentence:
    if cell.fault == "no_result":
        return say("{name}是公式，但没有计算结果", name=name)
    if cell.fault == "error":
        return say("{name}的公式算出了错误 {error}", name=name, error=cell.written)
    return say("{name}和别的格子合并了（{cells}）", name=name, cells=cell.written)


def _of_a_word(field: Field, value: Missing) -> tuple[Severity, str, str]:
    """Say how a word in place of a number is taken: severity, what is required, what to do."""
    if value is Missing.NOT_APPLICABLE and field.always_there:
        if field.type in {"integer", "measure"}:
            do = say("没有就填 0，有就填实际的数")
            return Severity.MUST_FIX, say("人数和面积每校都有数，不能填“不适用”"), do
        return Severity.MUST_FIX, say("这一项都有，不能填“不适用”"), _when_blank(field)
    return Severity.EXPLAIN, say("一般应有这个数"), say("请核对；确实如此的请说明原因")


def _when_blank(field: Field) -> str:
    if field.type in {"code", "yes_no"}:
        return say("请从下拉列表中选一项")
    if field.always_there and field.type in {"integer", "measure"}:
        return say("请填上；确实是零就填 0")
    if field.type in {"integer", "measure"}:
        return say("请填上；确实是零就填 0，谈不上这个数就填「不适用」")
    return say("请填上")


def _out_of_bounds(rule: Rule, value: int) -> tuple[str, Severity, str, str]:
    field = rule.field
    if field.type in {"integer", "measure"} and abs(value) > most_of(field):
        # An identity number, a pupil's number, a telephone: no amount has so many digits.
        do = say("是不是把身份证号、学籍号、学校代码或电话填到了这里？请填实际的数")
        digits = len(str(most_of(field) // 10 ** decimals_of(field) - 1))
        return "R-LARGEST", Severity.MUST_FIX, say("不超过 {n} 位的数", n=digits), do
    whole = Decimal(value).scaleb(-decimals_of(field))
    if field.type == "year" and value > rule.high and (field.max is None or whole <= field.max):
        required = say("不晚于 {year} 年", year=str(rule.high))
        return "R-RANGE", Severity.MUST_FIX, required, say("请改为实际的年份")
    unit = field.measured_in.term if field.type != "year" else ""
    below = field.min is not None and whole < field.min
    above = field.max is not None and whole > field.max
    usual = span_of(field.usual_min, field.usual_max, unit)
    # The hard bound first: who is beyond it is beyond the usual one as well.
    if below or above or not usual:
        return "R-RANGE", Severity.MUST_FIX, bounds_of(field), say("请改为实际的数")
    do = say("请核对有没有填错、单位对不对；确实如此的请说明原因")
    return "R-USUAL", Severity.EXPLAIN, say("通常{usual}", usual=usual), do


def _unreadable(rule: Rule, text: str) -> tuple[str, str, str, str]:
    """Say what is wrong with a text: code, problem, what is required, what to do."""
    field = rule.field
    if field.type == "code":
        return "R-CODE", say("列表里没有"), *_from_list(rule, text)
    if field.type == "yes_no":
        return (
            "R-TYPE",
            say("看不出是“是”还是“否”"),
            say("“{yes}”或“{no}”", yes=YES, no=NO),
            say("请从下拉列表中选一项"),
        )
    if field.type == "text":
        problem, do = what_became_of(text) or (say("格式不对"), say("请核对后改正"))
        pattern = say("格式 {pattern}", pattern=field.pattern) if field.pattern else ""
        return "R-PATTERN", problem, field.help or pattern, do
    problem, do = advice(text, field) or _not_a_number(field, text)
    required = say("日期，如 2025-09-01") if field.type == "date" else bounds_of(field)
    return "R-TYPE", problem, required, do


def _from_list(rule: Rule, text: str) -> tuple[str, str]:
    terms = rule.terms
    near = near_terms(text, terms)
    shown = joined("、", terms[:_MOST_TERMS]) + (say(" 等") if len(terms) > _MOST_TERMS else "")
    do = say("请从下拉列表中选一项")
    if near:
        do += say("，例如“{near}”", near=near[0])
    return say("下列之一：{terms}", terms=shown), do


def _not_a_number(field: Field, text: str) -> tuple[str, str]:
    # It is a number: so it was its decimals that did not fit.
    if number_of(text) is not None:
        decimals = decimals_of(field)
        if decimals:
            return say("小数多于 {decimals} 位", decimals=decimals), say(
                "请四舍五入到 {decimals} 位小数", decimals=decimals
            )
        return say("不是整数"), say("请填整数")
    return next(
        ((problem, do) for fits, problem, do in _MISTAKES if fits(text)),
        (say("不是数字"), say("请填数字")),
    )


_MISTAKES: Final[tuple[tuple[Callable[[str], object], str, str], ...]] = (
    (_WITH_UNIT.fullmatch, say("带了文字"), say("只填数字，不写单位")),
    (day_of, say("成了日期"), say("请把这一格的格式改为“常规”，再重新填数")),
)
"""How numbers go wrong: how to know it, what to say, what to do."""


# ── what is missing as a whole, or too much ─────────────────────────────────


def _is_blank(cell: Cell) -> bool:
    # What was written and could not be read is not blank: somebody meant something.
    return cell.value is Missing.NOT_ANSWERED and not cell.written and not cell.fault


def _shown(sheet: SheetPlan, name: str, cell: Cell) -> str:
    # What never stood in a workbook was written by nobody.
    field = sheet.sheet.field(name)
    if cell.written or field is None:
        return cell.written
    return say("公式") if cell.fault else shown_value(cell.value, field)


def _all_blank(rows: Sequence[Row]) -> bool:
    return all(_is_blank(cell) for row in rows for cell in row.cells.values())


def _complain_blank_sheet(sheet: SheetPlan, plan: CheckPlan, complaints: Complaints) -> None:
    if sheet.sheet.layout != "list":
        # A sheet of nothing but voluntary fields may stay blank.
        if not any(rule.field.required for rules in sheet.rows.values() for rule in rules):
            return
        severity, saw, required = Severity.MUST_FIX, say("整张表都没有填"), say("必填")
        do = say("请填上；确实是零就填 0")
    # A list by grades: a school that has pupils has classes.
    elif sheet.sheet.stage_by:
        severity, saw, required = Severity.MUST_FIX, say("一行也没有填"), say("至少填一行")
        do = say("请按说明逐行填上")
    else:
        severity, saw, required = Severity.NOTE, say("一行也没有填，按没有处理"), ""
        do = say("确实没有的，不必改；有的请逐行填上")
    code = "R-SHEET-BLANK"
    complaints.add(code, severity, sheet, saw, required, do, citation=plan.citation)


def _complain_unasked_sheet(sheet: SheetPlan, rows: Sequence[Row], complaints: Complaints) -> None:
    filled = [cell for row in rows for cell in row.cells.values() if not _is_blank(cell)]
    if filled:
        saw = say("本校不填“{tab}”，却填了 {n} 格", tab=sheet.tab, n=len(filled))
        _unasked(sheet, filled[0], saw, complaints)


def _complain_unasked_row(sheet: SheetPlan, row: Row, complaints: Complaints) -> None:
    filled = [(name, cell) for name, cell in row.cells.items() if not _is_blank(cell)]
    if filled:
        name, cell = filled[0]
        label = sheet.labels.get(row.code, row.code)
        value = _shown(sheet, name, cell)
        saw = say("本校不填“{label}”这一行，却填了“{value}”", label=label, value=value)
        _unasked(sheet, cell, saw, complaints)


def _complain_unasked_cells(
    sheet: SheetPlan, row: Row, rules: Sequence[Rule], complaints: Complaints
) -> None:
    asked = {rule.field.field for rule in rules}
    for name, cell in row.cells.items():
        field = sheet.sheet.field(name)
        if name not in asked and field is not None and not _is_blank(cell):
            saw = say(
                "本校不填“{name}”，却填了“{value}”",
                name=cell_name(sheet, row, field),
                value=_shown(sheet, name, cell),
            )
            _unasked(sheet, cell, saw, complaints)


def _unasked(sheet: SheetPlan, cell: Cell, saw: str, complaints: Complaints) -> None:
    required = say("只填本校办学类型和学段要求的内容")
    do = say("请删去；如果办学类型或学段有变，请先告知教育局更正名册，再换用新模板")
    complaints.add("R-NOT-ASKED", Severity.MUST_FIX, sheet, saw, required, do, cell=cell.address)
