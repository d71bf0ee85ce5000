"""Checking what is not handed in yet: files that came, and what is typed, beside what is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.returns.template.prefill import carried
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.accepted import Records
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.drafts.checked import Checked, check_bytes
from xianxue.desk.returns.drafts.groups import Group
from xianxue.desk.returns.drafts.handed_in import Handed, handed_in
from xianxue.desk.returns.drafts.kept import Start
from xianxue.desk.returns.drafts.picture import Picture, picture_of
from xianxue.desk.returns.drafts.typed import Blank, Cells, parts_of, typed_of
from xianxue.desk.returns.prefilling import prefills
from xianxue.desk.returns.templates import file_name
from xianxue.desk.standing.standing import Standing


def comparison(standing: Standing) -> Comparison:
    """Give what returns are compared with: read once for all until a deed changes it."""
    workspace = standing.workspace()

    def make() -> Comparison:
        return Comparison(workspace.shelf, workspace, workspace.period(None), _records(standing))

    return standing.answer(("comparison",), make)


def _records(standing: Standing) -> Records:
    """Give what was reported; read once for all until something else is accepted."""
    return standing.by_accepted(("records",), lambda: Records(standing.workspace()))


def blank_of(standing: Standing, key: Key) -> Blank:
    """Give the workbook of a return before anybody has filled it in; KeyError for no such one."""
    workspace = standing.workspace()
    form, place = workspace.shelf.form_in(key.form, key.period), workspace.register[key.place]
    period = Period.parse(key.period)
    standing.database()

    def make() -> Blank:
        known = prefills(workspace, form, period, [place], _records(standing))[place.code]
        county = workspace.register.county.name
        return Blank(form, place, period, workspace.shelf, known, county)

    return standing.answer(("blank", key), make)


def name_of_file(blank: Blank) -> str:
    """Name the workbook of a return."""
    return file_name(blank.form, blank.place, blank.period)


def check_file(standing: Standing, data: bytes, file: str) -> Checked:
    """Check a file; the same one is checked once until a deed changes what it is held against."""
    digest = hashlib.sha256(data).hexdigest()
    workspace, ground = standing.workspace(), standing.ground()
    return standing.answer(
        ("checked", digest, file),
        lambda: check_bytes(workspace, ground, data, file, comparison(standing)),
    )


def check_typed(standing: Standing, key: Key, cells: Cells) -> Checked:
    """Check what was typed, as the workbook that it would have been."""
    blank = blank_of(standing, key)
    workspace, ground = standing.workspace(), standing.ground()

    def make() -> Checked:
        data, name = blank.workbook(cells), name_of_file(blank)
        return check_bytes(workspace, ground, data, name, comparison(standing))

    # The page after a save, another sheet of it, signing: all ask for the same once more.
    said = hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()
    return standing.answer(("typed", key, said), make)


def handed(standing: Standing, key: Key) -> Handed | None:
    """Give what was handed in last, with its file; read once until a deed changes it."""
    return standing.answer(("handed", key), lambda: handed_in(standing.workspace(), key))


def form_of(standing: Standing, key: Key) -> Form:
    """Give the form of a return; KeyError where there is none such."""
    return standing.workspace().shelf.form_in(key.form, key.period)


def empty_picture(standing: Standing, key: Key) -> Picture | None:
    """Give the picture of the workbook that is to be filled in."""
    blank = blank_of(standing, key)
    data, name = blank.workbook(), name_of_file(blank)
    filed, _ = read_workbook(data, name, standing.workspace().shelf)
    return picture_of(data, name, filed, blank.form)


def own_picture(
    standing: Standing,
    key: Key,
    handed: Handed,
    groups: Sequence[Group] = (),
    *,
    masked: bool,
) -> Picture | None:
    """Give the picture of a revision's numbers, as they would stand in the workbook."""
    blank = blank_of(standing, key)

    def make() -> tuple[bytes, Return | None]:
        data = blank.workbook(typed_of(handed.filed, blank.form))
        return data, read_workbook(data, name_of_file(blank), standing.workspace().shelf)[0]

    data, filed = standing.answer(("own numbers", key, handed.number), make)
    return picture_of(data, name_of_file(blank), filed, blank.form, groups, masked=masked)


def own_tab(form: Form, handed: Handed) -> str:
    """Name the first tab on which a revision says anything; empty where there is none."""
    said = {parts_of(name)[0] for name in typed_of(handed.filed, form)}
    return next((tab_of(one) for one in form.sheets if one.sheet in said), "")


def last_year(standing: Standing, key: Key, filed: Return | None) -> dict[str, str]:
    """Give last year's cells by the names of this year's.

    A line of a list is beside the one that is the same thing: the class that has moved up a grade.
    """
    blank = blank_of(standing, key)
    last = blank.prefill.last
    if last is None:
        return {}
    on, codes = blank.period.reference_day, blank.shelf.codes
    tables: dict[str, tuple[Row, ...]] = {}
    for one in blank.asked:
        name = one.sheet.sheet
        rows = last.tables.get(name, ())
        if one.sheet.layout == "list":
            pairs = carried(one.sheet, rows, codes, blank.place.stages(on))
            lines = filed.tables.get(name, ()) if filed is not None else ()
            rows = tuple(_beside(lines, pairs))
        tables[name] = rows
    return typed_of(replace(last, tables=tables, foot={}), blank.form)


def _beside(lines: Iterable[Row], pairs: Sequence[tuple[Row, Row]]) -> Iterator[Row]:
    """Give each line's own of last year, under the line's number; of two alike the first."""
    left = list(pairs)
    for line in lines:
        for pair in left:
            this, before = pair
            if this.cells and all(
                name in line.cells and line.cells[name].value == cell.value
                for name, cell in this.cells.items()
            ):
                yield Row(line.code, before.cells)
                left.remove(pair)
                break


def begun(standing: Standing, key: Key) -> Start:
    """Give what a new draft begins with: what was handed in last, else what the template holds."""
    workspace = standing.workspace()
    form = workspace.shelf.form_in(key.form, key.period)
    found = handed(standing, key)
    if found is not None:
        return Start(typed_of(found.filed, form), found.number)
    blank = blank_of(standing, key)
    filed, _ = read_workbook(blank.workbook(), name_of_file(blank), workspace.shelf)
    return Start({} if filed is None else typed_of(filed, form), 0)
