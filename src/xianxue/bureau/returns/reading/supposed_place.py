"""Who a school is where there is no register: what its own workbook says of it.

A school checks on its own machine before it files, and must hear there what the bureau would say.
What is asked of it follows from its type and stages; both are in the workbook it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR
from xianxue.bureau.returns.sheets.register_fields import NAME, SCHOOL_TYPE


def supposed_place(returned: Return, shelf: Shelf) -> Place | None:
    """Give the school a return speaks of; None where it is no school's, or does not say.

    Its stages are those of the type it names, and those whose rows and sheets it was given:
    a class attached to a school of another type shows only there.
    """
    form = shelf.forms.get(returned.form)
    # A county's own return is about no school.
    if form is None or form.filed_by != "school":
        return None
    kind = str(_answer(returned, form, SCHOOL_TYPE))
    entry = next(
        (
            shelf.codes[field.codes].entry(kind)
            for sheet in form.sheets
            for field in sheet.fields
            if field.field == SCHOOL_TYPE
        ),
        None,
    )
    if entry is None:
        return None
    # Its template has a row for each stage it was asked about.
    had = {*entry.stages, *_stages(returned, form, shelf)}
    stages = tuple(stage for stage in Stage if stage in had)
    since = Attributes(
        # Whatever the day of the check: what the workbook says holds for its own period.
        valid_from=date(FIRST_YEAR, 1, 1),
        school_type=kind,
        sponsor=str(_answer(returned, form, "sponsor")),
        urban_rural=str(_answer(returned, form, "urban_rural")),
        stages=stages,
        boarding=_answer(returned, form, "boarding") == 1,
    )
    name = str(_answer(returned, form, NAME))
    return Place(code=returned.place, name=name, level="school", history=(since,))


def _answer(returned: Return, form: Form, name: str) -> str | int:
    """Give what a record sheet answers to a question; empty where it does not."""
    for sheet in form.sheets:
        if sheet.layout != "record" or sheet.field(name) is None:
            continue
        for row in returned.tables.get(sheet.sheet, ()):
            cell = row.cells.get(name)
            if cell is not None and isinstance(cell.value, str | int):
                return cell.value
    return ""


def _stages(returned: Return, form: Form, shelf: Shelf) -> Iterator[Stage]:
    for sheet in form.sheets:
        given = returned.tables.get(sheet.sheet, ())
        if given and sheet.stage is not None:
            yield sheet.stage
        if sheet.layout == "grid":
            for row in given:
                yield from _of_row(sheet, row.code, shelf)


def _of_row(sheet: Sheet, code: str, shelf: Shelf) -> Iterator[Stage]:
    entry = shelf.codes[sheet.rows].entry(code)
    if entry is not None and entry.stage is not None:
        yield entry.stage
