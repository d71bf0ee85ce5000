"""What a column of a table from elsewhere may hold, and how that is spelt.

``school_code`` and ``name`` say whose the row is. ``sheet.field`` is a field of a record, or of
a table with several lines a school; ``sheet.row`` says there which line of a grid is meant.
Where one line holds a whole grid, ``sheet.code.field`` is one of its cells, and
``sheet.*.field`` the cell of a school that is asked for one row only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.returns.sheets.layout import plain, tab_of
from xianxue.bureau.returns.sheets.register_fields import CODE_SYNONYMS, NAME, SCHOOL_CODE
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

ONLY: Final = "*"
"""The only row that a school is asked for."""
ROW: Final = "row"
"""Which line of a grid is meant."""
NAME_SYNONYMS: Final = (
    *("校名", "学校", "学校全称", "学校（园）名称", "幼儿园名称", "园名", "单位名称", "机构名称"),
    *("school name", "school"),
)
ROLES: Final = frozenset({SCHOOL_CODE, NAME})

_BRACKETED: Final = re.compile("〔(.+)〕.+")

Codes = Mapping[str, CodeList]
Holds = Literal["code", "name", "row", "value"]


class Target(Record):
    """Something that a column may hold."""

    reference: str
    holds: Holds
    field: Field
    sheet: Sheet | None = None
    row: Code | None = None
    """In a grid: the row, where the header has to name it."""

    @property
    def named(self) -> str:
        """What it is called: «〔学生〕一年级·在校生数»."""
        if self.sheet is None:
            return self.field.term
        row = say("{term}·", term=self.row.term) if self.row else ""
        return say("〔{tab}〕{row}{term}", tab=tab_of(self.sheet), row=row, term=self.field.term)

    @property
    def label(self) -> str:
        """The row's label; empty where none has to be named."""
        return self.row.term if self.row else ""


def ways_of(form: Form, only: str = "") -> list[str]:
    """Give the ways a table may be read: "" is one line a school, else several lines of a sheet.

    ``only``: the sheet that is meant.
    """
    sheets = [sheet for sheet in form.sheets if only in {"", sheet.sheet}]
    lines = [sheet.sheet for sheet in sheets if sheet.layout != "record"]
    return ["", *lines] if any(sheet.layout != "list" for sheet in sheets) else lines


def targets_of(form: Form, codes: Codes, way: str = "", only: str = "") -> list[Target]:
    """Give what a table's columns may hold, read one way; the school's code and name first."""
    found = list(_whose(form))
    for sheet in form.sheets:
        if way:
            found += _lines(sheet, codes) if sheet.sheet == way else ()
        elif only in {"", sheet.sheet}:
            found += _one_line(sheet, codes)
    return found


def target_named(form: Form, codes: Codes, reference: str) -> Target | None:
    """Give what a reference names; None where there is nothing of that name.

    It may be written as the form has it, «〔学生〕一年级·在校生数», too: that is what people see.
    """
    named = _BRACKETED.fullmatch(reference)
    if named is not None:
        own = next((each for each in form.sheets if plain(tab_of(each)) == plain(named[1])), None)
        targets = [*_one_line(own, codes), *_lines(own, codes)] if own is not None else []
        called = plain(reference)
        return next((each for each in targets if plain(each.named) == called), None)
    whose = next((each for each in _whose(form) if each.named == reference), None)
    if whose is not None:
        return whose
    sheet, _, rest = reference.partition(".")
    own = form.sheet(sheet)
    # Code and name are asked in a record, but what they say is whose the row is.
    if own is not None and own.layout == "record" and rest in ROLES:
        reference = rest
    targets = [*_whose(form), *(_one_line(own, codes) if own else ())]
    if own is not None and own.layout != "record":
        targets += _lines(own, codes)
    return next((target for target in targets if target.reference == reference), None)


def is_line(target: Target) -> bool:
    """Whether it stands in a table with several lines a school."""
    sheet = target.sheet
    return sheet is not None and sheet.layout != "record" and target.reference.count(".") == 1


def _whose(form: Form) -> Iterator[Target]:
    if form.filed_by != "school":
        return
    own = {
        field.field: field
        for sheet in form.sheets
        if sheet.layout == "record"
        for field in sheet.fields
    }
    code = own.get(SCHOOL_CODE)
    yield Target(
        SCHOOL_CODE,
        "code",
        Field(
            field=SCHOOL_CODE,
            term=code.term if code else say("学校标识码"),
            type="text",
            pattern=code.pattern if code else "",
            synonyms=[*(code.synonyms if code else ()), *CODE_SYNONYMS],
        ),
    )
    name = own.get(NAME)
    yield Target(
        NAME,
        "name",
        Field(
            field=NAME,
            term=say("学校名称"),
            type="text",
            synonyms=[*(name.synonyms if name else ()), *NAME_SYNONYMS],
        ),
    )


def _one_line(sheet: Sheet, codes: Codes) -> Iterator[Target]:
    """Give what one line a school may hold of a sheet; nothing of a list."""
    if sheet.layout == "record":
        for field in sheet.fields:
            # What another form holds is not taken from a table.
            if field.field not in ROLES and not field.prefilled_from:
                yield Target(f"{sheet.sheet}.{field.field}", "value", field, sheet)
    elif sheet.layout == "grid":
        entries = row_entries(sheet, codes)
        fields = [field for field in sheet.fields if not field.prefilled_from]
        for entry in entries:
            for field in fields:
                if not field.rows or entry.code in field.rows:
                    reference = f"{sheet.sheet}.{entry.code}.{field.field}"
                    yield Target(reference, "value", field, sheet, entry)
        stages = [entry.stage for entry in entries]
        # Each row is another stage: then a school with one stage has one row, and its header need
        # not name it.
        if None not in stages and len(stages) == len(set(stages)):
            for field in fields:
                yield Target(f"{sheet.sheet}.{ONLY}.{field.field}", "value", field, sheet)


def _lines(sheet: Sheet, codes: Codes) -> Iterator[Target]:
    """Give what a table with several lines a school may hold of a grid or list."""
    if sheet.layout == "grid":
        term = codes[sheet.rows].term
        asked = Field(field=ROW, term=term, type="code", codes=sheet.rows)
        yield Target(f"{sheet.sheet}.{ROW}", "row", asked, sheet)
    for field in sheet.fields:
        if not field.prefilled_from:
            yield Target(f"{sheet.sheet}.{field.field}", "value", field, sheet)
