"""Fields already held: how one that is asked could be filled in from one that is held.

A number is asked once (一数一源): a form that needs it again names the field that has it, and
shows it. What is held must be at least as detailed as what is asked, and of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.places.stages import Stage

Way = Literal["value", "code", "stage", "total"]
"""The value itself; row by row by the same code; rows added up by stage; all rows added up."""


def way_to_fill(
    asking: Sheet, field: Field, holding: Sheet, held: Field, codes: Mapping[str, CodeList]
) -> Way | None:
    """Say how a field can be filled in from one that is held; None where it cannot be."""
    # Nobody knows how many lines a list will have, so there is none to fill in.
    if asking.layout == "list" or not same_kind(field, held):
        return None
    # One number for the school says nothing of its rows.
    if holding.layout == "record":
        return "value" if asking.layout == "record" else None
    adds = held.type in {"integer", "measure"} and held.measured_in.adds
    if asking.layout == "record":
        return "total" if adds and _told_apart(asking, holding, codes) else None
    # By the same list of codes rows are the same rows, whatever they are called on either form.
    if asking.rows == row_codes_of(holding):
        # A list may have several lines of one code.
        return "code" if holding.layout == "grid" or adds else None
    return "stage" if adds and _by_stage(asking, codes) and has_stages(holding, codes) else None


def with_sources(form: Form, sources: Mapping[str, str]) -> Form:
    """Mark the fields of a form that others hold, and no other field.

    ``sources``: ``sheet.field`` to the ``sheet.field`` that holds it.
    """
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(
                    field, prefilled_from=sources.get(f"{sheet.sheet}.{field.field}", "")
                )
                for field in sheet.fields
            ],
        )
        for sheet in form.sheets
    ]
    return msgspec.structs.replace(form, sheets=sheets)


def same_kind(field: Field, other: Field) -> bool:
    """Whether two fields take the same kind of value: type, and unit or list of codes."""
    if field.type != other.type or field.codes != other.codes:
        return False
    one, two = field.measured_in, other.measured_in
    return one.dimension == two.dimension and one.decimals == two.decimals


def row_codes_of(sheet: Sheet) -> str:
    """Give the code list by which a sheet's rows are told apart; empty where there is none."""
    if sheet.layout == "grid":
        return sheet.rows
    field = sheet.field(sheet.stage_by) if sheet.stage_by else None
    return field.codes if field is not None else ""


def _told_apart(asking: Sheet, holding: Sheet, codes: Mapping[str, CodeList]) -> bool:
    """Whether rows of other stages can be left out of a sum, or there are none."""
    wanted = stages_asked(asking)
    if not wanted or has_stages(holding, codes):
        return True
    held = stages_asked(holding)
    return bool(held) and held <= wanted


def stages_asked(sheet: Sheet) -> frozenset[Stage]:
    """Give the stages a sheet is about; empty where it is about all."""
    return frozenset(sheet.stages) or (frozenset({sheet.stage}) if sheet.stage else frozenset())


def has_stages(sheet: Sheet, codes: Mapping[str, CodeList]) -> bool:
    """Whether every row of a grid or list belongs to a stage."""
    named = codes.get(row_codes_of(sheet))
    if named is None:
        return False
    entries = row_entries(sheet, codes) if sheet.layout == "grid" else named.entries
    return all(entry.stage is not None for entry in entries)


def _by_stage(sheet: Sheet, codes: Mapping[str, CodeList]) -> bool:
    """Whether a grid has one row a stage."""
    stages = [entry.stage for entry in row_entries(sheet, codes)] if sheet.rows in codes else []
    return bool(stages) and None not in stages and len(set(stages)) == len(stages)
