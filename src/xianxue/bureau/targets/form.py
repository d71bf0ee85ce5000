"""The workbook in which targets are listed: a form of one sheet, read and checked like any other.

It is declared here and stands in no catalogue of forms: it holds no statistics, nobody is expected
to file it, and no figure is counted from it.
"""

from __future__ import annotations

from typing import Final, Literal

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.target import Origin
from xianxue.bureau.targets.reading import Written
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, say

SHEET: Final = "targets"

_OWN: Final = Cited(document="xianxue-own", seen=Seen.OWN)
_STAGES, _GOALS, _ORIGINS = "target_stages", "target_goals", "target_origins"


def _text(
    name: str, term: Sentence, hint: Sentence, example: str, *, required: bool = True
) -> Field:
    return Field(field=name, term=term, type="text", required=required, help=hint, example=example)


def _code(name: str, term: Sentence, codes: str, hint: Sentence, *, required: bool) -> Field:
    return Field(field=name, term=term, type="code", codes=codes, required=required, help=hint)


# The indicator is written as a text, not chosen: a drop-down of some hundred entries helps nobody,
# and a term that is not known is answered with a complaint that says where to look.
_SHEET: Final = Sheet(
    sheet=SHEET,
    term=say("年度目标"),
    layout="list",
    help=say("一项目标一行。指标写正式名称或编号；全县的目标，单位一栏留空。"),
    fields=[
        _text("indicator", say("指标"), say("指标的正式名称或编号"), "学前三年毛入园率"),
        _text("place", say("单位"), say("学校、乡镇的名称或代码；全县留空"), "", required=False),
        _code("stage", say("学段"), _STAGES, say("分学段计算的指标才填"), required=False),
        _text("period", say("时期"), say("留空为本清单的时期"), "2026", required=False),
        _text("amount", say("目标值"), say("数，可以带单位"), "98%"),
        _code("goal", say("目标要求"), _GOALS, say("留空按指标本身的方向"), required=False),
        _code("origin", say("目标来源"), _ORIGINS, say("上级下达或本级自定"), required=True),
        _text("source", say("依据"), say("下达或确定目标的文件"), "示例文件〔2026〕1号"),
        _text(
            "slice",
            say("细分"),
            say("只对其中一部分定目标的才填，如学科、举办者"),
            "",
            required=False,
        ),
    ],
)


def _form(name: str, term: Sentence, period: Literal["school_year", "calendar_year"]) -> Form:
    return Form(
        form=name,
        term=term,
        version="2025.1",
        filed_by="county",
        period=period,
        sheets=[_SHEET],
        source=_OWN,
        owner=say("办公室"),
    )


_FORMS: Final = (
    _form("target_list", say("年度目标清单"), "calendar_year"),
    _form("target_list_of_school_year", say("学年目标清单"), "school_year"),
)


def target_form(period: Period) -> Form:
    """Give the list for a year of either kind; ValueError for any other period."""
    for form in _FORMS:
        if form.period == period.kind:
            return form
    message = say("目标清单按学年或公历年编制，{period}不是", period=period.term)
    raise ValueError(message)


def shelf_of_targets(shelf: Shelf) -> Shelf:
    """Give a shelf that knows these forms alone, with the lists its cells are chosen from."""
    lists = (
        CodeList(
            codes=_STAGES,
            term=say("学段"),
            entries=[Code(code=one.value, term=one.term) for one in Stage],
            source=_OWN,
        ),
        CodeList(
            codes=_GOALS,
            term=say("目标要求"),
            entries=[
                Code(code="at_least", term=say("不低于")),
                Code(code="at_most", term=say("不高于")),
            ],
            source=_OWN,
        ),
        CodeList(
            codes=_ORIGINS,
            term=say("目标来源"),
            entries=[Code(code=one.value, term=one.term) for one in Origin],
            source=_OWN,
        ),
    )
    # Where the catalogue has a list of the same name (it slices targets by it), that one is used.
    codes = {**{one.codes: one for one in lists}, **shelf.codes}
    return replace(shelf, forms={one.form: one for one in _FORMS}, codes=codes)


def lines_of(returned: Return) -> list[Written]:
    """Give the lines of a filled list; parts that stand empty are empty texts."""
    return [_line(row, returned, _SHEET.term) for row in returned.tables.get(SHEET, ())]


def _line(row: Row, returned: Return, tab: str) -> Written:
    parts = {name: _said(row, name) for name in _PARTS}
    parts["period"] = parts["period"] or returned.period
    cells = {name: row.cells[name].address for name in _PARTS if name in row.cells}
    return Written(**parts, file=returned.file, sheet=tab, cells=cells)


_PARTS: Final = tuple(field.field for field in _SHEET.fields)


def _said(row: Row, name: str) -> str:
    cell = row.cells.get(name)
    return "" if cell is None or isinstance(cell.value, Missing) else str(cell.value)
