"""What a return says of its school, beside what the register holds; and lists with rows amiss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.applying import with_whom
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import CheckPlan, SheetPlan
from xianxue.bureau.returns.sheets.layout import plain
from xianxue.bureau.returns.sheets.naming import shown_value
from xianxue.bureau.returns.sheets.register_fields import (
    FIELDS,
    NAME,
    SCHOOL_CODE,
    SCHOOL_TYPE,
    TOWNSHIP,
    known_of,
)
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import joined, say

_REGISTER = say("与名册一致")


def check_register(  # noqa: PLR0913, PLR0917 - a return, and all it is compared with
    plan: CheckPlan,
    shelf: Shelf,
    place: Place | None,
    on: date,
    register: Register | None,
    complaints: Complaints,
) -> None:
    """Compare what the record sheets say with the register."""
    # The register holds schools; a county's own return says of them only what it puts aside.
    if plan.form.filed_by != "school":
        if register is not None:
            _check_put_aside(plan, register, on, complaints)
        return
    # Away from the bureau there is no register: then only whose workbook it is can be held against
    # it.
    known = known_of(place, on) if place else {SCHOOL_CODE: complaints.returned.place}
    for sheet in plan.sheets.values():
        # Lists and grids speak of classes and grades, which the register does not know.
        if sheet.sheet.layout != "record" or not sheet.asked:
            continue
        cells = _record(complaints.returned, sheet)
        for name in FIELDS:
            cell = cells.get(name)
            if cell is None or name not in known:
                continue
            # A blank has its own complaint; what the register knows cannot be put aside.
            if cell.value is Missing.NOT_APPLICABLE or not isinstance(cell.value, Missing):
                _compare(sheet, shelf, name, cell, known[name], complaints)
        township = cells.get(TOWNSHIP)
        if township is not None and place is not None and register is not None:
            _compare_township(sheet, township, place, on, register, complaints)


def _check_put_aside(plan: CheckPlan, register: Register, on: date, complaints: Complaints) -> None:
    """Refuse 不适用 where the register has schools with which the question applies."""
    schools = [(school.code, known_of(school, on)) for school in register.schools(on)]
    for sheet in plan.sheets.values():
        if sheet.sheet.layout != "record":
            continue
        cells = _record(complaints.returned, sheet)
        for field in sheet.sheet.fields:
            cell = cells.get(field.field)
            if cell is None or cell.value is not Missing.NOT_APPLICABLE:
                continue
            school = with_whom(field, schools)
            if school:
                saw = say(
                    "{term}填了“{value}”，名册上却有{school}",
                    term=field.term,
                    value=cell.value.value,
                    school=register[school].name_on(on),
                )
                complaints.add(
                    "R-APPLIES", Severity.MUST_FIX, sheet, saw,
                    say("名册上有这样的学校，就有这个数"),
                    say("请填实际的数；名册有误的，请先更正名册"),
                    cell=cell.address, asked=field,
                )  # fmt: skip


def _record(returned: Return, sheet: SheetPlan) -> Mapping[str, Cell]:
    rows = returned.tables.get(sheet.sheet.sheet, ())
    return rows[0].cells if rows else {}


def _compare(  # noqa: PLR0913, PLR0917 - both sides of one comparison, and where it stands
    sheet: SheetPlan,
    shelf: Shelf,
    name: str,
    cell: Cell,
    known: int | str,
    complaints: Complaints,
) -> None:
    field = sheet.sheet.field(name)
    # Width, spaces and case are no difference between two names.
    if field is None or plain(str(cell.value)) == plain(str(known)):
        return
    here, there = shown_value(cell.value, field), shown_value(known, field)
    if field.type == "code":
        # Clerks know the terms; the codes are never shown to them.
        entries = (shelf.codes[field.codes].entry(str(code)) for code in (cell.value, known))
        terms = [entry.term if entry else "？" for entry in entries]
        here, there = here if isinstance(cell.value, Missing) else terms[0], terms[1]
    code, severity = "R-REGISTER", Severity.EXPLAIN
    do = say("请核对；如果是名册没有更新，请告知教育局更正名册")
    # Another school's code: all that follows may be about the wrong school.
    if name == SCHOOL_CODE:
        code, severity = "R-PLACE", Severity.MUST_FIX
        do = say("请核对是否用了别校的工作簿；代码填错的请改正")
        saw = say(
            "{term}填了“{here}”，这份工作簿却是发给“{there}”的",
            term=field.term,
            here=here,
            there=there,
        )
    else:
        # What is asked at all depends on the type, so this one cannot be left to an explanation.
        if name == SCHOOL_TYPE or cell.value is Missing.NOT_APPLICABLE:
            severity = Severity.MUST_FIX
        saw = say("{term}填了“{here}”，名册上是“{there}”", term=field.term, here=here, there=there)
    complaints.add(code, severity, sheet, saw, _REGISTER, do, cell=cell.address, asked=field)


def _compare_township(  # noqa: PLR0913, PLR0917 - a cell, and all it is compared with
    sheet: SheetPlan,
    cell: Cell,
    place: Place,
    on: date,
    register: Register,
    complaints: Complaints,
) -> None:
    field = sheet.sheet.field(TOWNSHIP)
    code = register.township_of(place, on)
    if field is None or not code or isinstance(cell.value, Missing):
        return
    name = register[code].name_on(on)
    # Some write the township's code, which says the same.
    if plain(str(cell.value)) not in {plain(name), code}:
        saw = say(
            "{term}填了“{value}”，名册上是“{name}”", term=field.term, value=cell.value, name=name
        )
        do = say("请核对；如果是名册没有更新，请告知教育局更正名册")
        complaints.add(
            "R-REGISTER",
            Severity.EXPLAIN,
            sheet,
            saw,
            _REGISTER,
            do,
            cell=cell.address,
            asked=field,
        )


def check_lists(plan: CheckPlan, complaints: Complaints) -> None:
    """Check lists whose rows belong to stages: no stage the school has not, no name twice."""
    for sheet in plan.sheets.values():
        if sheet.sheet.stage_by and sheet.asked:
            _check_list(plan, sheet, complaints)


def _check_list(plan: CheckPlan, sheet: SheetPlan, complaints: Complaints) -> None:
    by, named = sheet.sheet.field(sheet.sheet.stage_by), sheet.sheet.field(NAME)
    if by is None:
        return
    seen: dict[tuple[str, str], str] = {}
    for row in complaints.returned.tables.get(sheet.sheet.sheet, ()):
        cell = row.cells.get(by.field)
        code = cell.value if cell is not None else None
        if cell is None or not isinstance(code, str):
            continue
        stage = sheet.stages.get(code)
        # Without stages nothing is known of the school; then every stage may be its own.
        if stage is not None and plan.stages and stage not in plan.stages:
            _complain_stage(plan, sheet, by, cell, stage, complaints)
        name = row.cells.get(NAME)
        if named is None or name is None or not isinstance(name.value, str):
            continue
        # In one grade only: every grade has its first class.
        key = (code, plain(name.value))
        if key in seen:
            _complain_twice(sheet, named, name, seen[key], complaints)
        else:
            seen[key] = name.address or say("第 {code} 条", code=row.code)


def _complain_stage(  # noqa: PLR0913, PLR0917 - a cell, and all it is compared with
    plan: CheckPlan,
    sheet: SheetPlan,
    field: Field,
    cell: Cell,
    stage: Stage,
    complaints: Complaints,
) -> None:
    own = joined("、", (stage.term for stage in plan.stages))
    saw = say(
        "{term}填了“{value}”，本校没有{stage}学段",
        term=field.term,
        value=cell.written or cell.value,
        stage=stage.term,
    )
    do = say("请核对；如果学段有变，请先告知教育局更正名册")
    required = say("本校的学段：{own}", own=own)
    complaints.add(
        "R-STAGE", Severity.MUST_FIX, sheet, saw, required, do, cell=cell.address, asked=field
    )


def _complain_twice(
    sheet: SheetPlan, field: Field, cell: Cell, first: str, complaints: Complaints
) -> None:
    saw = say("{term}“{value}”与 {first} 重复", term=field.term, value=cell.value, first=first)
    do = say("请核对是否重复填报；不同的班请用不同的名称")
    complaints.add(
        "R-DUPLICATE", Severity.MUST_FIX, sheet, saw, say("同一年级内不重复"), do,
        cell=cell.address, asked=field,
    )  # fmt: skip
