"""Write ``docs/reference`` from the catalogue: change a card, then run ``make reference``."""  # noqa: INP001 - a script

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.card import Bound, Cited, Condition, DatedValue, Where
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet, Term
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.law.citation import Citation, Source
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.load import Loaded, load

FOLDER: Final = Path(__file__).parent / "reference"
HEAD: Final = (
    "由 `docs/generate.py` 按规则卡片生成，请勿直接修改；改了卡片以后运行 `make reference`。"
)

OWN: Final = "xianxue-own"
"""The source card for what this project defines itself: nothing is cited."""

GROUPS: Final = {
    "schools": "学校与学生",
    "classes": "班级",
    "staff": "教职工",
    "preschool": "学前教育",
    "compulsory": "义务教育",
    "upper_secondary": "高中阶段",
    "balance": "义务教育优质均衡",
}
LEVELS: Final = {
    "school_stage": "学校学段",
    "school": "学校",
    "township": "乡镇",
    "county": "县",
    "county_stage": "县，分学段",
}
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
RELATIONS: Final = {"at_least": "≥", "at_most": "≤", "less_than": "<", "equal": "="}
BOUNDS: Final = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}
ATTRIBUTES: Final = {
    "row": "行",
    "stage": "学段",
    "school_type": "办学类型",
    "sponsor": "举办者",
    "urban_rural": "城乡分类",
    "boarding": "寄宿制学校",
}
KINDS: Final = {
    "count": "计数",
    "sum": "合计",
    "ratio": "比率",
    "share": "达标占比",
    "spread": "差异系数",
}


class Pages:
    """The pages of one catalogue, by file name."""

    def __init__(self, loaded: Loaded) -> None:
        """Take the cards; they must be without fault."""
        self.origins = loaded.origins
        self.shelf = loaded.shelf

    def all(self) -> dict[str, str]:
        """Give every page's text."""
        shelf = self.shelf
        return {
            "README.md": page("参考", self._index()),
            "forms.md": page("报表", *map(self._form, sorted(shelf.forms.values(), key=by_filer))),
            "codes.md": page("代码表", *map(self._codes, shelf.codes.values())),
            "indicators.md": page("指标", *self._indicators()),
            "standards.md": page("标准", *map(self._standard, shelf.standards.values())),
            "sources.md": page("依据文件", self._sources()),
        }

    def _index(self) -> str:
        shelf = self.shelf
        return "\n".join(
            [
                f"- [报表](forms.md)：{len(shelf.forms)} 种，填报项的名称、单位、范围和核对关系。",
                f"- [代码表](codes.md)：{len(shelf.codes)} 张。",
                f"- [指标](indicators.md)：{len(shelf.indicators)} 项，公式、单位、依据。",
                f"- [标准](standards.md)：{len(shelf.standards)} 项，数值从哪天起用、依据什么。",
                "- [命令](commands.md)：每条命令的用法。",
                f"- [依据文件](sources.md)：{len(shelf.sources)} 份，各核对到什么程度。",
                "",
                "核对程度有四种：已核对原文；据转述，未见原文；未核实；本系统自定。",
                "报告用到未核实的数值时，会在文中写明。",
            ]
        )

    # ── forms ──

    def _form(self, form: Form) -> str:
        who = "学校填报" if form.filed_by == "school" else "县里填报"
        head = [f"## {form.term}", f"`{form.form}`，{form.version} 版，{who}。"]
        head.append(f"依据：{self._cited(form.source)}。")
        return "\n\n".join([*head, *map(self._sheet, form.sheets), self._checks(form)])

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
        note = [field.help]
        if field.rows:
            note.append(f"只在这些行填：{self._rows(sheet, field.rows)}")
        if field.school_types:
            note.append(f"只有这些学校填：{self._terms('school_types', field.school_types)}")
        usual = span(field.usual_min, field.usual_max)
        bounds = span(field.min, field.max) + (f"，通常 {usual}" if usual else "")
        needed = "是" if field.required else "否"
        return field.term, f"`{field.field}`", kind, needed, bounds, "；".join(filter(None, note))

    def _rows(self, sheet: Sheet, codes: Sequence[str]) -> str:
        entries = self.shelf.codes[sheet.rows].entries
        return "、".join(e.term for e in entries if not codes or e.code in codes)

    def _terms(self, codes: str, wanted: Iterable[str]) -> str:
        found = self.shelf.codes[codes]
        return "、".join(e.term for code in wanted if (e := found.entry(code)) is not None)

    def _checks(self, form: Form) -> str:
        rows = [self._check(check) for check in form.checks]
        return "### 核对关系\n\n" + table(("规则", "等级", "左边", "", "右边", "依据"), rows)

    def _check(self, check: Check) -> tuple[str, ...]:
        left, right = (self._added(side) for side in (check.left, check.right))
        rule, grade = f"{check.term} `{check.check}`", check.severity.term
        return rule, grade, left, RELATIONS[check.relation], right, self._cited(check.source)

    # ── sums ──

    def _added(self, terms: Sequence[str | Term]) -> str:
        said = ""
        for item in terms:
            term = Term(field=item) if isinstance(item, str) else item
            sign = " − " if term.times < 0 else " + "
            times = "" if abs(term.times) == 1 else f"{abs(term.times)} × "
            said += (sign if said or term.times < 0 else "") + times + self._term(term)
        return said.strip()

    def _term(self, term: Term) -> str:
        if term.count:
            found = self.shelf.sheet(term.count)
            name = f"〔{found[1].term}〕行数" if found else "在办学校数"
        else:
            name = self._name(term.field)
        sheet = term.count or term.field.partition(".")[0]
        return name + (f"（{self._where(term.where, sheet)}）" if term.where else "")

    def _name(self, reference: str) -> str:
        found = self.shelf.field(reference)
        return f"〔{found[1].term}〕{found[2].term}" if found else reference

    def _where(self, where: Where, sheet: str = "") -> str:
        return "，".join(self._condition(name, it, sheet) for name, it in where.items())

    def _condition(self, name: str, condition: Condition, sheet: str) -> str:
        found = self.shelf.field(name if "." in name else f"{sheet}.{name}")
        term = found[2].term if found else ATTRIBUTES.get(name, name)
        if isinstance(condition, Bound):
            return f"{term}{bound_words(condition)}"
        if isinstance(condition, bool):
            return f"{term}：{'是' if condition else '否'}"
        codes = [condition] if isinstance(condition, str) else condition
        if name == "stage":
            return f"{term}：{stage_words(map(Stage, codes))}"
        listed = self._list_of(name, sheet) or (found[2].codes if found else "")
        return f"{term}：{self._terms(listed, codes) if listed else '、'.join(codes)}"

    def _list_of(self, name: str, sheet: str) -> str:
        """Name the code list of an attribute, or of a grid's rows."""
        if name == "row":
            found = self.shelf.sheet(sheet)
            return found[1].rows if found else ""
        return {"school_type": "school_types", "sponsor": "sponsors"}.get(
            name, name if name in self.shelf.codes else ""
        )

    # ── codes ──

    def _codes(self, codes: CodeList) -> str:
        rows = [
            (f"`{e.code}`", e.term, stage_words(e.stages or ([e.stage] if e.stage else [])), e.note)
            for e in codes.entries
        ]
        head = f"## {codes.term}\n\n`{codes.codes}`。依据：{self._cited(codes.source)}。"
        return f"{head}\n\n{table(('代码', '名称', '学段', '说明'), rows)}"

    # ── indicators ──

    def _indicators(self) -> Iterator[str]:
        groups: dict[str, list[Indicator]] = {name: [] for name in GROUPS}
        for name, indicator in self.shelf.indicators.items():
            groups.setdefault(self._folder("indicator", name), []).append(indicator)
        for folder, indicators in groups.items():
            if indicators:
                yield f"## {GROUPS.get(folder, folder)}"
                yield from map(self._indicator, indicators)
        yield "## 并存口径"
        yield "同一名称有几种公布的算法，县里在 `xianxue.toml` 的 `[choose]` 里选一种。"
        rows = [
            (choice.term, f"`{choice.choice}`", ticked(choice.options), self._cited(choice.source))
            for choice in self.shelf.choices.values()
        ]
        yield table(("名称", "编号", "可选（第一个为默认）", "依据"), rows)

    def _folder(self, kind: str, name: str) -> str:
        return Path(self.origins[kind, name].file).parts[1]

    def _indicator(self, card: Indicator) -> str:
        unit = UNITS[card.unit].term
        shown = f"单位{unit}，" if unit else ""
        shown += f"保留 {card.show.decimals} 位小数" if card.show.decimals else "不带小数"
        levels = "、".join(LEVELS[level] for level in card.levels)
        stages = f"（{stage_words(card.stages)}）" if card.stages else ""
        said = [f"{KINDS[card.kind]}，{shown}；{levels}{stages}"]
        said += self._formula(card)
        for name, values in card.lines.items():
            said.append(f"界线 `{name}`：{'；'.join(map(self._line, values))}")
        if card.population:
            said.append(f"范围：{self.shelf.populations[card.population].term}")
        if card.split:
            said.append(f"分摊：{self.shelf.splits[card.split].term}")
        if card.synonyms:
            said.append(f"又称：{'、'.join(card.synonyms)}")
        said.append(f"依据：{self._cited(card.source)}")
        if card.note:
            said.append(f"说明：{card.note}")
        return f"### {card.term}\n\n`{card.indicator}`\n\n" + "\n".join(
            f"- {line}" for line in said
        )

    def _formula(self, card: Indicator) -> Iterator[str]:
        parts: list[tuple[str, Sum | None]] = [
            ("取数", card.of),
            ("分子", card.numerator),
            ("分母", card.denominator),
        ]
        for name, part in parts:
            if part is not None:
                yield f"{name}：{self._added(part.sum)}"
        if card.share_of is not None:
            base = self.shelf.indicators[card.share_of.indicator]
            where = f"（{self._where(card.share_of.where)}）" if card.share_of.where else ""
            yield f"占比：{base.term}{bound_words(card.share_of.meets)} 的学校 ÷ 全部学校{where}"
        if card.spread_of:
            base = self.shelf.indicators[card.spread_of]
            yield f"各校{base.term}的差异系数，按分母加权：√Σ(Pᵢ/P)(xᵢ−x̄)² ÷ x̄"

    def _line(self, value: DatedValue) -> str:
        stage = value.stage.term if value.stage else ""
        return (
            f"{stage}{value.value}（{since(value.valid_from, value.valid_to)}，{self._of(value)}）"
        )

    # ── standards ──

    def _standard(self, standard: Standard) -> str:
        population = self.shelf.populations.get(standard.population)
        parts = [
            f"## {standard.term}",
            f"`{standard.standard}`。依据：{self._cited(standard.source)}。",
        ]
        parts += [f"说明：{standard.note}"] if standard.note else []
        if population is not None:
            out = [
                (e.term, since(e.valid_from, e.valid_to), self._of(e)) for e in population.exclude
            ]
            parts.append(f"范围：{population.term}。不计入的：")
            parts.append(table(("不计入", "有效期", "依据"), out))
        columns = ("评估项", "适用", "要求", "有效期", "依据", "核对程度", "说明")
        for name, criteria in (("评估项", standard.criteria), ("差异系数上限", standard.spread)):
            rows = [row for one in criteria for row in self._criterion(one)]
            parts += [f"### {name}", table(columns, rows)] if rows else []
        if standard.combine:
            parts += ["### 综合判定", *map(self._combination, standard.combine)]
        return "\n\n".join(parts)

    def _criterion(self, one: Criterion) -> Iterator[tuple[str, ...]]:
        card = self.shelf.indicator(one.indicator)
        unit = UNITS[card.unit].term if card else ""
        for value in one.values:
            whom = [value.stage.term if value.stage else LEVELS[one.per]]
            whom += [self._where(value.when)] if value.when else []
            asked = f"{RELATIONS[one.rule]} {value.value}{unit}"
            days = since(value.valid_from, value.valid_to)
            name = f"{one.term} `{one.criterion}`"
            document = self.shelf.sources[value.source].name + value.article
            yield name, "；".join(whom), asked, days, document, value.seen.term, value.note

    def _combination(self, one: Combination) -> str:
        days = since(one.valid_from, one.valid_to)
        rule = f"{len(one.of)} 项中至少 {one.need} 项达标，其余不低于标准的 {one.others_reach:%}"
        return f"{one.term}（`{one.criterion}`）：{rule}；{days}；{self._of(one)}。{one.note}"

    # ── sources ──

    def _sources(self) -> str:
        rows = [
            (source.title, source.issuer, source.number, source.seen.term, source.note)
            for source in sorted(self.shelf.sources.values(), key=by_doubt)
        ]
        return table(("文件", "发文机关", "文号", "核对程度", "说明"), rows)

    def _cited(self, cited: Cited) -> str:
        note = f"；{cited.note.rstrip('。')}" if cited.note else ""
        return self._citation(cited.citation) + note

    def _of(self, value: DatedValue | Combination) -> str:
        return self._citation(value.citation)

    def _citation(self, citation: Citation) -> str:
        if citation.document == OWN:
            return citation.seen.term
        source = self.shelf.sources[citation.document]
        return f"{source.name}{citation.article}（{citation.seen.term}）"


def by_filer(form: Form) -> tuple[bool, str]:
    """Order forms: those that schools fill in first."""
    return form.filed_by == "county", form.form


def by_doubt(source: Source) -> tuple[int, str]:
    """Order documents: those that have been read first."""
    order = ["original", "relayed", "unverified", "own"]
    return order.index(source.seen.value), source.id


def page(title: str, *parts: str) -> str:
    """Put a page together."""
    return "\n\n".join([f"# {title}", HEAD, *parts]) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    clean = [[cell.replace("|", "\\|").replace("\n", " ").strip() for cell in row] for row in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in clean)


def ticked(words: Iterable[str]) -> str:
    """Write code names as a list."""
    return "、".join(f"`{word}`" for word in words)


def stage_words(stages: Iterable[Stage]) -> str:
    """Write stages as a list."""
    return "、".join(stage.term for stage in stages)


def bound_words(bound: Bound) -> str:
    """Write a bound; a line of the card is named as the card names it."""
    said = ((sign, getattr(bound, name)) for name, sign in BOUNDS.items())
    written = (
        f" {sign} " + (f"`{limit}`" if isinstance(limit, str) else str(limit))
        for sign, limit in said
        if limit is not None
    )
    return " 且".join(written)


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Write a range that may be open on either side."""
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        return f"{low} 至 {high}"
    return f"≥ {low}" if low is not None else f"≤ {high}"


def since(first: date, last: date | None) -> str:
    """Write the days on which a value holds."""
    return f"{first} 起" if last is None else f"{first} 至 {last}"


def main() -> None:
    """Write the pages; refuse to describe a catalogue with faults."""
    loaded = load()
    if loaded.issues:
        sys.exit("\n".join(issue.message for issue in loaded.issues))
    FOLDER.mkdir(exist_ok=True)
    for name, text in Pages(loaded).all().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
