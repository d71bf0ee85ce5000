"""What a school's workbook holds when a table from elsewhere has been put into it.

The workbook is the template the school would get, with what the register knows; the table's
values stand where the form asks for them. What a school is not asked for has no cell: it is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.asked import AskedSheet, asked
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.contents.lenient import Doubt, advice
from xianxue.bureau.returns.mapping.extraction import Haul, Spot, Taken, settled
from xianxue.bureau.returns.mapping.targets import ONLY, Codes
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.returns.sheets.naming import bounds_of, named
from xianxue.bureau.returns.template.prefill import Prefill, show_sheet
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say


@dataclass
class Filled:
    """One school's return as the tables say it."""

    returned: Return
    issues: list[Issue] = field(default_factory=list[Issue])
    trail: list[tuple[str, str, str, Taken]] = field(
        default_factory=list[tuple[str, str, str, Taken]]
    )
    """Sheet, row's label and term of each value that was put in, and where it comes from."""
    zeros: list[Taken] = field(default_factory=list[Taken])
    """Noughts in columns that this school is not asked for."""


class _Filling(Record):
    form: Form
    place: Place
    codes: Codes
    filled: Filled

    def complain(self, code: str, saw: str, taken: Taken, required: str, do: str) -> None:
        self.filled.issues.append(
            Issue(
                code=code, severity=Severity.EXPLAIN, file=taken.file, sheet=taken.tab,
                cell=taken.cell.address, place=self.place.code, form=self.form.form,
                field=taken.target.reference, saw=saw, required=required, do=do,
            )
        )  # fmt: skip


def fill(  # noqa: PLR0913, PLR0917 - a school, what it is asked, and what was found
    form: Form, place: Place, period: Period, codes: Codes, prefill: Prefill, haul: Haul
) -> Filled:
    """Put what was found of one school into the return it would file."""
    on = period.reference_day
    form = form.at(on)
    sheets = asked(form, place, on, codes)
    tables = {each.sheet.sheet: _before(each, place, on, codes, prefill) for each in sheets}
    filled = Filled(
        Return(
            form=form.form, version=form.version, period=period.code, place=place.code, tables={}
        )
    )
    filling = _Filling(form, place, codes, filled)
    by_name = {each.sheet.sheet: each for each in sheets}
    for spot, values in haul.cells.get(place.code, {}).items():
        taken, issue = settled(values, place.code, form.form)
        if issue is not None:
            filled.issues.append(issue)
        _put(filling, by_name.get(spot[0]), tables, spot, taken)
    for sheet, lines in haul.lines.get(place.code, {}).items():
        here = by_name.get(sheet)
        for line in lines if here is None else ():
            for taken in line.values():
                _not_asked(filling, taken)
        if here is not None:
            tables[sheet] = {
                str(at): {
                    name: taken.cell
                    for name, taken in line.items()
                    if _told(filling, here, say("第 {at} 行", at=at), taken)
                }
                for at, line in enumerate(lines, 1)
            }
    for name, rows in tables.items():
        filled.returned.tables[name] = tuple(Row(code, cells) for code, cells in rows.items())
    return filled


_Rows = dict[str, dict[str, Cell]]


def _before(sheet: AskedSheet, place: Place, on: date, codes: Codes, prefill: Prefill) -> _Rows:
    """Give what the template would hold, row by row."""
    shown = {row.code: dict(row.cells) for row in show_sheet(sheet, place, on, codes, prefill).rows}
    if sheet.sheet.layout == "list":
        return shown
    return {row.code: shown.get(row.code, {}) for row in sheet.rows}


def _put(
    filling: _Filling,
    sheet: AskedSheet | None,
    tables: Mapping[str, _Rows],
    spot: Spot,
    taken: Taken,
) -> None:
    name, row, field_name = spot
    if taken.is_blank:
        return
    if sheet is None:
        _not_asked(filling, taken)
        return
    # What this school is asked, which may be fewer rows than the form has.
    rows = [each for each in sheet.rows if any(field.field == field_name for field in each.fields)]
    if row == ONLY:
        # A nine-year school has two stages: one number for both cannot be divided.
        if len(rows) > 1:
            labels = joined("、", (each.entry.term for each in rows if each.entry))
            saw = say(
                "{named}填了“{written}”，分不出是{labels}哪一行的",
                named=taken.target.named,
                written=taken.cell.written,
                labels=labels,
            )
            do = say("没有写进工作簿；请在工作簿里分别填写")
            filling.complain("R-MAP-SPLIT", saw, taken, say("写明是哪一行的数"), do)
            return
    else:
        rows = [each for each in rows if each.code == row]
    if not rows:
        _not_asked(filling, taken)
        return
    label = rows[0].entry.term if rows[0].entry else ""
    if _told(filling, sheet, label, taken):
        tables[name][rows[0].code][field_name] = taken.cell


def _not_asked(filling: _Filling, taken: Taken) -> None:
    """Name a value that the school is not asked for; noughts are named together."""
    if taken.is_blank:
        return
    # A nought where nothing is asked says what the form knows already.
    if taken.cell.value == 0:
        filling.filled.zeros.append(taken)
        return
    name = filling.place.name
    saw = say(
        "{name}不填{named}，这里填了“{written}”",
        name=name,
        named=taken.target.named,
        written=taken.cell.written,
    )
    do = say("没有写进工作簿；请核对原表，或核对名册里的办学类型")
    filling.complain("R-MAP-UNASKED", saw, taken, say("只填这所学校要填的项目"), do)


def _told(filling: _Filling, sheet: AskedSheet, label: str, taken: Taken) -> bool:
    """Keep the trail of a value that goes in; complain of one that does not fit as it stands."""
    if taken.is_blank:
        return False
    asked_field = taken.target.field
    tab = tab_of(sheet.sheet)
    filling.filled.trail.append((tab, label, asked_field.term, taken))
    if taken.doubt is not None:
        _doubt(filling, sheet, label, taken, taken.doubt)
    # With the stroke it holds several values, of which was complained already.
    if taken.cell.value is Missing.NOT_ANSWERED and "／" not in taken.cell.written:
        said = _FAULTS.get(taken.cell.fault) or advice(taken.cell.written, asked_field)
        problem, do = said or (say("不合这一项的格式"), say("请在工作簿里改正"))
        saw = say(
            "{name}〔{tab}〕{named}填了“{written}”",
            name=filling.place.name,
            tab=tab,
            named=named(label, asked_field),
            written=taken.cell.written,
        )
        required = bounds_of(asked_field) if asked_field.is_number else say("下拉列表里的一项")
        filling.complain(
            "R-MAP-VALUE",
            say("{saw}，{problem}，照原样写进了工作簿", saw=saw, problem=problem),
            taken,
            required,
            do,
        )
    return True


def _doubt(filling: _Filling, sheet: AskedSheet, label: str, taken: Taken, doubt: Doubt) -> None:
    """Say what ``returns check`` will say of the way a value was written."""
    saw = say(
        "{name}〔{tab}〕{named}填了“{written}”",
        name=filling.place.name,
        tab=tab_of(sheet.sheet),
        named=named(label, taken.target.field),
        written=taken.cell.written,
    )
    saw = say("{saw}，{problem}", saw=saw, problem=doubt.problem)
    filling.complain(doubt.code, saw, taken, bounds_of(taken.target.field), doubt.do)


_FAULTS: Final = {
    "no_result": (say("公式没有存下结果"), say("请在表格软件里打开原表，保存后再做一次")),
    "error": (say("公式算出了错误"), say("请改正原表的公式，再做一次")),
    "merged": (
        say("是几格合并成的，分不出各是多少"),
        say("请拆开原表的合并格，分别填写，再做一次"),
    ),
}
"""What keeps a cell of the table from being read, and what to do."""


def zeros_of(all_filled: Mapping[str, Filled], form: str) -> Iterator[Issue]:
    """Name, column by column, the noughts that stand where schools are not asked."""
    by_column: dict[tuple[str, str, str], list[Taken]] = {}
    for filled in all_filled.values():
        for taken in filled.zeros:
            key = (taken.file, taken.tab, taken.target.reference)
            by_column.setdefault(key, []).append(taken)
    for (file, tab, reference), found in by_column.items():
        cells = joined("、", (taken.cell.address for taken in found))
        yield Issue(
            code="R-MAP-ZERO",
            severity=Severity.NOTE,
            file=file,
            sheet=tab,
            cell=found[0].cell.address,
            form=form,
            field=reference,
            saw=say(
                "{named}：{n} 格填的是 0（{cells}），这些学校不填这一项，没有写进工作簿",
                named=found[0].target.named,
                n=len(found),
                cells=cells,
            ),
            do=say("不必管"),
        )
