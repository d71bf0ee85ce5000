"""The first sheet: what this workbook is, who fills it in, and how."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.sheets.appearance import row_height
from xianxue.bureau.returns.sheets.layout import HELD_MARK, LAST_MARK, TOTAL, Laid
from xianxue.bureau.returns.sheets.two_languages import beside
from xianxue.bureau.returns.template.prefill import Note, Prefill
from xianxue.bureau.returns.template.validations import day_rule
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, Words, say

# Together the width of an A4 page in landscape.
_WIDTHS: Final = (16, 100)

_HOW: Final = (
    say("横排的表：第 1 行是项目，第 2 行是填写说明和单位，第 3 行是示例，从第 4 行开始填。"),
    say("竖排的表：A 列是项目，B 列是填写说明和单位，C 列是示例，从 D 列起填。"),
    say("有下拉箭头的格子从列表中选；数字用半角数字，不写单位，金额一律以元为单位。"),
    say("确实是零就填 0；没有填的格子按“未填”处理，不当作零。"),
    say("可以插入行、调整列宽；请不要改表头，不要合并单元格，不要删除或改动隐藏的工作表。"),
    say("公式可以用，但请先算出结果再保存，也不要链接到别的工作簿。"),
    say(
        "填好后存为 .xlsx 格式（不带宏、不加密码）交回。检查不通过的，会逐格说明错在哪里、怎样改。"
    ),
)
_LEGEND: Final = (
    ("红字项目", "red", say("必填，空着不能通过检查。")),
    ("灰色格子", "grey", say("不要求填，填了也不采用。")),
    (TOTAL, "total_head", say("自动计算，不用填；该填的格子都填了，合计才显示。")),
    ("空白", "value", say("未填：这个数有，但还没有填上来。")),
    (
        Missing.NOT_APPLICABLE.value,
        "value",
        say("没有这回事，谈不上这个数；照原样写这三个字。人数和面积不能写，没有就填 0。"),
    ),
    (Missing.WITHHELD.value, "value", say("有这个数，但按规定不提供；照原样写这三个字。")),
)


_SIGN: Final = say("填好报表以后写明，随报表留存；交纸质报表的，打印后签字、盖章。")
_FOOT_HEIGHT: Final = 22
_LAST: Final = say("上年报的数，供对照，不用填；列表里的名称等已经抄到本年。")
_HELD: Final = say("教育局已经有的数，不用填；如有不符，请告知教育局。")


class Told(Record):
    """What the page tells about."""

    form: Form
    place: Place
    period: Period
    sheets: Sequence[Laid]
    prefill: Prefill
    words: Words
    """Of the language that instructions are said in too; empty for Chinese alone."""
    county: str = ""
    """The county's name."""
    foot: Mapping[str, str] = field(default_factory=dict[str, str])
    """What was written below the form already, by its items."""

    def both(self, text: str) -> str:
        """Say an instruction in both languages."""
        return beside(text, text, self.words) if isinstance(text, Sentence) else text


def write_rules(sheet: Worksheet, style: Callable[[str], Format], told: Told) -> None:
    """Write the page; ``style`` gives a cell style by its name."""
    form = told.form
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, form.term, style("title"))
    sheet.set_row(0, 34)
    row = 1
    for key, value in _about(told):
        row = _pair(sheet, row, (key, style("key")), (value, style("value")))
    if form.foot:
        row = _write_foot(sheet, row, style, told)
    row = _part(sheet, row, "怎样填", style)
    for number, text in enumerate(_HOW, 1):
        row = _pair(sheet, row, (f"{number}", style("key")), (told.both(text), style("value")))
    row = _part(sheet, row, "记号", style)
    for key, look, text in _legend(told):
        row = _pair(sheet, row, (key, style(look)), (told.both(text), style("value")))
    row = _part(sheet, row, "要填的表", style)
    helps = {declared.sheet: declared.help for declared in form.sheets}
    for laid in told.sheets:
        text = helps.get(laid.name, "") or _summary(laid)
        at = row
        row = _pair(sheet, row, ("", style("link")), (told.both(text), style("value")))
        # A plain name needs no quotation marks.
        tab = laid.tab if laid.tab.isalnum() else "'" + laid.tab.replace("'", "''") + "'"
        target = f"internal:{tab}!A1"
        sheet.write_url(at, 0, target, style("link"), laid.tab)

    if told.prefill.notes:
        row = _part(sheet, row, "上年的情况说明", style)
        text = "数没有变的，不必再说明；数变了的，如仍不同寻常，检查时会请您重新说明。"
        row = _pair(sheet, row, ("", style("key")), (text, style("value")))
        for note in told.prefill.notes:
            text = f"{_named(told, note)}填“{note.value}”：{note.text}"
            row = _pair(sheet, row, (_tab(told, note), style("key")), (text, style("value")))


def _about(told: Told) -> list[tuple[str, str]]:
    """Say what the workbook is, for whom and for when, and what stands in the form's head."""
    form, place, period = told.form, told.place, told.period
    day = period.reference_day
    about = [
        ("填报单位", f"{place.name_on(day)}（代码 {place.code}）"),
        ("时期", period.term),
        ("统计时点", f"{day.year} 年 {day.month} 月 {day.day} 日；变动情况按上一学年统计"),
        ("表式版本", form.version),
    ]
    # Other forms speak of a span, not of one day in September.
    if form.period != "school_year":
        whole = "全年" if form.period == "calendar_year" else ""
        about[2] = ("统计时间", f"{period.term}{whole}")
    if form.owner:
        about.append(("由谁负责", form.owner))
    about += [(line.term, line.said(told.county)) for line in form.head]
    return about


def _write_foot(sheet: Worksheet, row: int, style: Callable[[str], Format], told: Told) -> int:
    """Write the foot: here it is filled in, and read from here."""
    row = _part(sheet, row, "填报人", style)
    sheet.write_string(row - 1, 1, told.both(_SIGN), style("part_note"))
    for at, item in enumerate(told.form.foot, row):
        sheet.write_string(at, 0, item.term, style("key"))
        look = style("foot_date" if item.type == "date" else "foot")
        said = told.foot.get(item.item, "")
        if said:
            sheet.write_string(at, 1, said, look)
        else:
            sheet.write_blank(at, 1, None, look)
        sheet.set_row(at, _FOOT_HEIGHT)
        if item.type == "date":
            sheet.data_validation(at, 1, at, 1, day_rule())
    return row + len(told.form.foot)


def _legend(told: Told) -> list[tuple[str, str, Sentence]]:
    shown = list(_LEGEND)
    if told.prefill.last is not None:
        shown.append((f"{LAST_MARK}…", "last_head", _LAST))
    if any(field.prefilled_from for declared in told.form.sheets for field in declared.fields):
        shown.append((f"{HELD_MARK}…", "last_head", _HELD))
    return shown


def _tab(told: Told, note: Note) -> str:
    name = note.field.partition(".")[0]
    return next((laid.tab for laid in told.sheets if laid.name == name), name)


def _named(told: Told, note: Note) -> str:
    """Name the value a note is about: row and term."""
    name, _, rest = note.field.partition(".")
    row, _, field = rest.rpartition(".")
    laid = next((laid for laid in told.sheets if laid.name == name), None)
    if laid is None:
        return rest
    label = next((label for code, label in laid.rows if code == row), row)
    term = next((one.term for one in laid.fields if one.field == field), field)
    return f"{label}·{term}" if label else term


def _summary(laid: Laid) -> str:
    if laid.layout == "list":
        return "有几项填几行：" + "、".join(field.term for field in laid.fields)
    return f"共 {len(laid.fields)} 项" + (f" × {len(laid.rows)} 行" if laid.rows else "")


def _part(sheet: Worksheet, row: int, title: str, style: Callable[[str], Format]) -> int:
    sheet.set_row(row, 10)
    sheet.write_string(row + 1, 0, title, style("part"))
    sheet.write_blank(row + 1, 1, None, style("part"))
    sheet.set_row(row + 1, 22)
    return row + 2


def _pair(sheet: Worksheet, row: int, left: tuple[str, Format], right: tuple[str, Format]) -> int:
    sheet.write_string(row, 0, *left)
    sheet.write_string(row, 1, *right)
    sheet.set_row(row, row_height([(left[0], _WIDTHS[0]), (right[0], _WIDTHS[1])]))
    return row + 1
