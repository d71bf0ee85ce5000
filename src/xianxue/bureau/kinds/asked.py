"""What a form asks of a place on a day: which sheets, rows and fields.

Everything that needs to know this (the template, the checks, the tables that figures are
counted from) asks here, so that «not asked» means the same everywhere. What is expected in tables
that are no sheets is said in ``expected.py``, of the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.table import Table
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Level, Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence


class AskedRow(Record):
    """One row that has to be filled in."""

    entry: Code | None
    """The code that names it; None in records and lists."""
    stage: Stage | None
    fields: tuple[Field, ...]

    @property
    def code(self) -> str:
        """The row's code; empty in records and lists."""
        return self.entry.code if self.entry else ""


class AskedSheet(Record):
    """One sheet that has to be filled in, with its rows in order.

    A list has one row here: the pattern of each line.
    """

    sheet: Sheet
    rows: tuple[AskedRow, ...]


def asked(
    form: Form, place: Place, on: date, codes: Mapping[str, CodeList]
) -> tuple[AskedSheet, ...]:
    """Give the sheets a place has to fill in on a day, in the form's order."""
    _, school_type, stages = asked_by(place, on)
    return asked_of(form.at(on), school_type, stages, codes)


def asked_of(
    form: Form, school_type: str, stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> tuple[AskedSheet, ...]:
    """Give the sheets that every place of a type and stages has to fill in."""
    found: list[AskedSheet] = []
    for sheet in form.sheets:
        if sheet.stages and not set(sheet.stages) & set(stages):
            continue
        fields = [
            field
            for field in sheet.fields
            # A number is asked once: what another form holds is shown there, and owed to nobody.
            if not field.prefilled_from
            and (not field.school_types or school_type in field.school_types)
        ]
        rows = (
            _grid_rows(sheet, fields, stages, codes)
            if sheet.layout == "grid"
            else (AskedRow(None, sheet.stage, tuple(fields)),)
        )
        if fields and rows:
            found.append(AskedSheet(sheet, rows))
    return tuple(found)


def is_due(form: Form, place: Place, on: date, codes: Mapping[str, CodeList]) -> bool:
    """Whether a place has anything to fill in: else nothing of it is expected."""
    return bool(asked(form, place, on, codes))


def asked_by(place: Place, on: date) -> tuple[Level, str, tuple[Stage, ...]]:
    """Give what decides what is asked of a place: its level, its type and its stages.

    Places alike in this are asked for the same sheets, rows and fields.
    """
    attributes = place.attributes(on)
    return place.level, attributes.school_type if attributes else "", place.stages(on)


def row_entries(sheet: Sheet | Table, codes: Mapping[str, CodeList]) -> list[Code]:
    """Give all rows a grid can have, in the order of its code list."""
    return [
        entry
        for entry in codes[sheet.rows].entries
        if not sheet.row_codes or entry.code in sheet.row_codes
    ]


def stage_of_row(sheet: Sheet, code: str, codes: Mapping[str, CodeList]) -> Stage | None:
    """Give the stage a row belongs to: by its code in a grid, by the sheet in a record.

    For a list, ``code`` is the value of the sheet's ``stage_by`` field in that row.
    """
    if sheet.layout == "grid":
        entry = codes[sheet.rows].entry(code)
        return entry.stage if entry else None
    if sheet.stage_by:
        field = sheet.field(sheet.stage_by)
        entry = codes[field.codes].entry(code) if field else None
        return entry.stage if entry else None
    return sheet.stage


def line_stages(
    sheet: Sheet, stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> tuple[Stage, ...]:
    """Give the stages a list's lines can belong to in a place of some stages.

    Empty if the list tells no stages apart.
    """
    field = sheet.field(sheet.stage_by) if sheet.stage_by else None
    if field is None:
        return ()
    possible = {entry.stage for entry in codes[field.codes].entries}
    return tuple(
        stage
        for stage in stages
        if stage in possible and (not sheet.stages or stage in sheet.stages)
    )


def _grid_rows(
    sheet: Sheet, fields: list[Field], stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> tuple[AskedRow, ...]:
    rows: list[AskedRow] = []
    for entry in row_entries(sheet, codes):
        # A county's form has rows without a stage, and a county has no stages.
        if entry.stage is not None and stages and entry.stage not in stages:
            continue
        here = tuple(field for field in fields if not field.rows or entry.code in field.rows)
        if here:
            rows.append(AskedRow(entry, entry.stage, here))
    return tuple(rows)


class Effort(Card, frozen=True, kw_only=True):
    """How long it takes to fill in a cell: an estimate that is written down, dated and cited.

    What a form costs the schools is said by it; a number nobody stands for would be made up.
    """

    effort: str
    term: Sentence
    seconds_per_cell: list[DatedValue]
    """To look up, to enter and to check."""
    source: Cited

    def on(self, day: date) -> DatedValue | None:
        """Give the estimate that holds on a day; None where there is none."""
        return next(iter(in_force(self.seconds_per_cell, day)), None)
