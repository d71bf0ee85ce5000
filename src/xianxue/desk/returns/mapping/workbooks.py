"""Putting tables from elsewhere into workbooks of ours: one for each school that they speak of.

The workbooks go the way of all others: checked, submitted, approved. Nothing is entered here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.contents.strict import number_of
from xianxue.bureau.returns.mapping.extraction import Haul, read_source
from xianxue.bureau.returns.mapping.filling import Filled, fill, zeros_of
from xianxue.bureau.returns.mapping.row_schools import Whose
from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.returns.mapping.tables import Applied, Looked, Wanted, Written
from xianxue.desk.returns.prefilling import prefills
from xianxue.desk.returns.templates import file_name
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import MisusedError, Workspace

TRAIL: Final = "对应清单.csv"
"""Beside the workbooks: where each of their values comes from."""
_HEADS: Final = (
    "工作簿", "学校代码", "分表", "行", "项目", "来源文件", "来源工作表", "来源格", "原文", "换算",
)  # fmt: skip
# A spreadsheet runs a cell that begins so when the list is opened there.
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def apply(
    workspace: Workspace, tables: Sequence[Looked], period: Period, wanted: Wanted, output: Path
) -> Applied:
    """Write a workbook for each school into a folder; all of them, or none where one is there.

    MisusedError where the tables are for forms of another kind of period, or for several forms.
    """
    form = _form(tables)
    if period.kind != form.period:
        message = say(
            "《{term}》不按{period}填报：请用 --period 写明", term=form.term, period=period.term
        )
        raise MisusedError(message)
    places = _places(workspace, form, period, wanted)
    applied = Applied()
    haul = Haul(issues=applied.issues)
    on = period.reference_day
    only = wanted.place or (places[0].code if form.filed_by == "county" else "")
    whose = Whose.among(places, on, only)
    for looked in tables:
        read_source(looked.source, workspace.shelf.codes, whose, haul)
    known = {place.code: place for place in places}
    found = [known[code] for code in haul.places]
    before = prefills(workspace, form, period, found)
    filled = {
        place.code: fill(form, place, period, workspace.shelf.codes, before[place.code], haul)
        for place in found
    }
    for each in filled.values():
        applied.issues += each.issues
    applied.issues += zeros_of(filled, form.form)
    targets = {place.code: output / file_name(form, place, period) for place in found}
    # Before the first is written: a folder half of which is new would look finished.
    there = [path for path in (*targets.values(), output / TRAIL) if path.exists()]
    if there:
        applied.issues += [_is_there(path, form) for path in there]
        return applied
    for place in found:
        written = _write(workspace, form, period, place, filled[place.code], before[place.code])
        with whole(targets[place.code]) as scratch:
            scratch.write_bytes(written)
        name, cells = place.name_on(on), len(filled[place.code].trail)
        applied.written.append(Written(place.code, name, targets[place.code], cells))
    if found:
        lines = [
            line for place in found for line in _trail(targets[place.code], filled[place.code])
        ]
        with whole(output / TRAIL) as scratch:
            # The mark at the beginning tells spreadsheet programs that it is UTF-8.
            scratch.write_text(_as_csv(lines), encoding="utf-8-sig", newline="")
    return applied


def _form(tables: Sequence[Looked]) -> Form:
    forms = {looked.form.form: looked.form for looked in tables}
    if len(forms) != 1:
        named = joined("、", (say("《{term}》", term=form.term) for form in forms.values()))
        message = (
            say("一次只写一张报表，这里有{named}：请用 --form 写明", named=named)
            if forms
            else say("没有可写的表")
        )
        raise MisusedError(message)
    return next(iter(forms.values()))


def _places(workspace: Workspace, form: Form, period: Period, wanted: Wanted) -> list[Place]:
    if form.filed_by == "county":
        return [workspace.register.county]
    schools = workspace.register.schools(period.reference_day)
    if wanted.place and all(school.code != wanted.place for school in schools):
        message = say("名册里没有在办学校 {place}", place=wanted.place)
        raise MisusedError(message)
    return schools


def _write(  # noqa: PLR0913, PLR0917 - what a workbook is made from
    workspace: Workspace,
    form: Form,
    period: Period,
    place: Place,
    filled: Filled,
    before: Prefill,
) -> bytes:
    from xianxue.bureau.returns.template.workbook import (  # noqa: PLC0415 - XlsxWriter
        write_workbook,
    )

    return write_workbook(
        form,
        place,
        period,
        workspace.shelf.codes,
        filled.returned,
        prefill=before,
        shelf=workspace.shelf,
        county=workspace.register.county.name,
    )


def _trail(target: Path, filled: Filled) -> Iterator[Sequence[str]]:
    for tab, label, term, taken in filled.trail:
        yield (
            target.name, filled.returned.place, tab, label, term, taken.file, taken.tab,
            taken.cell.address, taken.cell.written, taken.factor,
        )  # fmt: skip


def _as_csv(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return out.getvalue()


def _harmless(text: str) -> str:
    """Keep a text from being taken for a formula; a negative number is none."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) and number_of(text) is None else text


def _is_there(path: Path, form: Form) -> Issue:
    return Issue(
        code="R-MAP-THERE",
        severity=Severity.MUST_FIX,
        file=path.name,
        form=form.form,
        saw=say("{parent} 里已经有 {name}，一份也没有写", parent=path.parent, name=path.name),
        required=say("不覆盖已有的文件"),
        do=say("请用 -o 换一个目录，或先移走旧的"),
    )
