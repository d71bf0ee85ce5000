"""The page of forms and the page of code lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.said import Words
from pages.words import RELATIONS, page, span, stage_words, table
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.unusual import Unusual
from xianxue.bureau.values.units import UNITS

TYPES: Final = {
    "integer": "整数",
    "measure": "带小数的数",
    "text": "文字",
    "code": "代码",
    "yes_no": "是/否",
    "date": "日期",
    "year": "年份",
}
LAYOUTS: Final = {"record": "竖排，一项一行", "grid": "横排，行已列好", "list": "清单，一行一项"}


def forms_page(shelf: Shelf) -> str:
    """Every field of every form, those that schools fill in first."""
    words = FormWords(shelf)
    return page("报表", *map(words.form, sorted(shelf.forms.values(), key=by_filer)))


def codes_page(shelf: Shelf) -> str:
    """Every code of every list."""
    words = FormWords(shelf)
    return page("代码表", *map(words.codes, shelf.codes.values()))


class FormWords(Words):
    """Forms in Chinese."""

    def form(self, form: Form) -> str:
        """Write a form, sheet by sheet."""
        who = "学校填报" if form.filed_by == "school" else "县里填报"
        head = [f"## {form.term}", f"`{form.form}`，{form.version} 版，{who}。"]
        head.append(f"依据：{self.cited(form.source)}。")
        return "\n\n".join(
            [
                *head,
                *self._around(form),
                *map(self._sheet, form.sheets),
                self._checks(form),
                *self._others(form),
            ]
        )

    def _around(self, form: Form) -> list[str]:
        """Write what stands above and below the form on paper."""
        above = "；".join(
            f"{line.term} `{line.line}`：{line.value or '各县写'}" for line in form.head
        )
        below = "；".join(
            f"{item.term} `{item.item}`" + ("（个人信息）" if item.personal else "")
            for item in form.foot
        )
        kept = form.retention
        days = f"{kept.days} 天" if kept and kept.days else ""
        years = f"{kept.years} 年" if kept and kept.years else ""
        return [
            *([f"表头：{above}。"] if above else []),
            *([f"表脚：{below}。"] if below else []),
            *([f"个人信息保存 {years}{days}，依据：{self.cited(kept.source)}。"] if kept else []),
        ]

    def _sheet(self, sheet: Sheet) -> str:
        stages = f"，有{stage_words(sheet.stages)}的学校填" if sheet.stages else ""
        head = f"### {sheet.term}\n\n`{sheet.sheet}`，{LAYOUTS[sheet.layout]}{stages}。{sheet.help}"
        if sheet.layout == "grid":
            head += f"\n\n行：{self._rows(sheet, sheet.row_codes)}。"
        columns = ("填报项", "代码名", "填什么", "必填", "范围", "说明")
        return f"{head}\n\n{table(columns, [self._field(sheet, field) for field in sheet.fields])}"

    def _field(self, sheet: Sheet, field: Field) -> tuple[str, ...]:
        unit = UNITS[field.unit].term
        kind = TYPES[field.type] + (f"（{unit}）" if field.is_number and unit else "")
        if field.codes:
            kind += f"：{self.shelf.codes[field.codes].term}"
        note: list[str] = [field.help]
        if field.rows:
            note.append(f"只在这些行填：{self._rows(sheet, field.rows)}")
        if field.school_types:
            note.append(f"只有这些学校填：{self.terms('school_types', field.school_types)}")
        usual = span(field.usual_min, field.usual_max)
        bounds = span(field.min, field.max) + (f"，通常 {usual}" if usual else "")
        needed = "是" if field.required else "否"
        return field.term, f"`{field.field}`", kind, needed, bounds, "；".join(filter(None, note))

    def _rows(self, sheet: Sheet, codes: Sequence[str]) -> str:
        entries = self.shelf.codes[sheet.rows].entries
        return "、".join(e.term for e in entries if not codes or e.code in codes)

    def _checks(self, form: Form) -> str:
        rows = [self._check(check) for check in form.checks]
        return "### 核对关系\n\n" + table(("规则", "等级", "左边", "", "右边", "依据"), rows)

    def _check(self, check: Check) -> tuple[str, ...]:
        left, right = (self.added(side) for side in (check.left, check.right))
        rule, grade = f"{check.term} `{check.check}`", check.severity.term
        return rule, grade, left, RELATIONS[check.relation], right, self.cited(check.source)

    def _others(self, form: Form) -> list[str]:
        return [*self._sensible(form), *self._unusual(form)]

    def _sensible(self, form: Form) -> list[str]:
        rows = [
            (
                f"{rule.term} `{rule.sensible}`",
                rule.severity.term,
                self._fields(rule.fields),
                self._size(rule),
            )
            for rule in form.sensible
        ]
        if not rows:
            return []
        head = "### 常理界限\n\n不看上年，也不看别校。界限自定，取得很宽。"
        return [head, table(("规则", "等级", "填报项", "界限"), rows)]

    def _size(self, rule: Sensible) -> str:
        bounds = span(rule.at_least, rule.at_most)
        if not rule.per:
            return bounds
        allowed = f"，另许相差 {rule.allow}" if rule.allow else ""
        return f"每{self.added(rule.per)} {bounds}{allowed}"

    def _unusual(self, form: Form) -> list[str]:
        rows = [
            (f"{rule.term} `{rule.unusual}`", self._fields(rule.fields), self._when(rule), rule.do)
            for rule in form.unusual
        ]
        if not rows:
            return []
        head = "### 异常值\n\n属经验校验：改正，或者填写情况说明。依据见卡片。"
        return [head, table(("规则", "填报项", "什么时候问", "怎样办"), rows)]

    def _fields(self, names: Sequence[str]) -> str:
        found = [self.shelf.field(name) for name in names]
        return "、".join(f"〔{each[0].term}〕{each[1].term}" for each in found if each)

    def _when(self, rule: Unusual) -> str:
        whole = "全校合计" if rule.by == "return" else ""
        if rule.zero_after is not None:
            return f"{whole}今年是 0，上年不少于 {rule.zero_after}"
        if rule.change is not None:
            percent, amount = rule.change.at_most_percent, rule.change.at_least_amount
            return f"{whole}比上年增减超过 {percent}%，且相差不小于 {amount}"
        if rule.peers is None:
            return whole
        per = f"除以{self._fields([rule.peers.per])}，" if rule.peers.per else ""
        return (
            f"{whole}{per}与同类学校（至少 {rule.peers.at_least} 所）相比，修正 z 值"
            f"大于 {rule.peers.modified_z}，且离中位数超过 {rule.peers.at_least_percent}%"
        )

    def codes(self, codes: CodeList) -> str:
        """Write a list of codes."""
        rows = [
            (f"`{e.code}`", e.term, stage_words(e.stages or ([e.stage] if e.stage else [])), e.note)
            for e in codes.entries
        ]
        head = f"## {codes.term}\n\n`{codes.codes}`。依据：{self.cited(codes.source)}。"
        return f"{head}\n\n{table(('代码', '名称', '学段', '说明'), rows)}"


def by_filer(form: Form) -> tuple[bool, str]:
    """Order forms: those that schools fill in first."""
    return form.filed_by == "county", form.form
