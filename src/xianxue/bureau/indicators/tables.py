"""Rows laid out as tables: what was reported, and what is still hidden.

Every source lays its rows out here, so that hidden, void and missing rows are marked alike
(``columns.py`` names the columns). Returns are laid out by ``sheet_columns``; rows of any other
table are made ``TableRow``s, and ``lay_out`` is called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from xianxue.bureau.indicators.columns import (
    ATTRIBUTES,
    LEADING,
    ROW,
    UNFILED,
    hidden_mark,
    void_mark,
)
from xianxue.bureau.kinds.applying import with_whom
from xianxue.bureau.kinds.asked import AskedRow, asked_by, asked_of, line_stages, stage_of_row
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.kinds.table import Table
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import LARGEST, TooLargeError

Column = list[int | str | None]


class TableRow(Record):
    """One row of a table before it is laid out in columns."""

    place: Place
    stage: Stage | None
    row: str
    """Its code in a grid, its line in a list; empty in a record."""
    values: Mapping[str, int | str | Missing]
    """Field to value, numbers in smallest steps; a field that is not asked here is absent."""
    unfiled: bool = False
    """Whether it was expected and has not come."""


def sheet_columns(  # noqa: PLR0913, PLR0917 - a sheet, who filled it in, who had to, and what they are
    form: Form,
    sheet: Sheet,
    returns: Collection[Return],
    expected: Iterable[Place],
    register: Register,
    period: Period,
    codes: Mapping[str, CodeList],
) -> dict[str, Column]:
    """Lay out one sheet of all returns, with a line for each row that was asked and has not come.

    ``returns`` may be those of several forms and periods; those of other forms, periods or places
    that were not expected are passed over. A place that has not filed a list stands in it once
    for each of its stages, if the list tells stages apart, and once if it does not.
    Raises TooLargeError for an amount beyond ``LARGEST``.
    """
    filed = {
        one.place: one for one in returns if one.form == form.form and one.period == period.code
    }
    kinds: _Kinds = {}
    rows: list[TableRow] = []
    for place in expected:
        asked_here = _asked_here(form, sheet, place, period.reference_day, codes, kinds)
        rows += _lines(sheet, place, asked_here, filed.get(place.code), period, codes)
    conditional = [field for field in sheet.fields if field.applies_with]
    # Only where a field asks for it: it takes all returns of the period, not this sheet's alone.
    if conditional:
        schools = list(_schools(returns, register, period))
        applying = {one.field for one in conditional if with_whom(one, schools)}
        rows = [_held_to(row, applying) for row in rows]
    return lay_out([field.field for field in sheet.fields], rows, register, period)


def _schools(
    returns: Iterable[Return], register: Register, period: Period
) -> Iterator[tuple[str, dict[str, int | str]]]:
    """Give the open schools with their attributes and what they answered in single rows."""
    mine: dict[str, dict[str, int | str]] = {}
    for one in returns:
        if one.period != period.code:
            continue
        answers = mine.setdefault(one.place, {})
        for sheet, rows in one.tables.items():
            # Of several rows none is the school's answer.
            if len(rows) == 1:
                cells = rows[0].cells.items()
                known = ((name, c.value) for name, c in cells if not isinstance(c.value, Missing))
                answers |= {f"{sheet}.{name}": value for name, value in known}
    on = period.reference_day
    for school in register.schools(on):
        attributes = school.attributes(on)
        known_here = {
            name: getattr(attributes, name) for name in ATTRIBUTES if attributes is not None
        }
        yield school.code, known_here | mine.get(school.code, {})


def _held_to(row: TableRow, applying: set[str]) -> TableRow:
    """Take 不适用 for no answer where the question applies: a number is there and hidden."""
    said = {name for name in applying if row.values.get(name) is Missing.NOT_APPLICABLE}
    return replace(row, values=dict(row.values) | dict.fromkeys(said, Missing.NOT_ANSWERED))


def lay_out(
    fields: Iterable[str], rows: Iterable[TableRow], register: Register, period: Period
) -> dict[str, Column]:
    """Lay out rows of one table in columns, in the order given.

    ``fields`` are those of the table. Raises TooLargeError for an amount beyond ``LARGEST``.
    """
    lines = list(rows)
    columns = _leading(lines, register, period)
    # Where a form asks what the register knows, the register's answer stands.
    names = [field for field in fields if field not in LEADING]
    for name in names:
        columns[name] = [_plain(line, name) for line in lines]
    for name in names:
        _mark(columns, hidden_mark(name), [_is_hidden(line.values.get(name)) for line in lines])
        _mark(columns, void_mark(name), [_is_void(line.values.get(name)) for line in lines])
    _mark(columns, UNFILED, [line.unfiled for line in lines])
    return columns


def unfiled_rows(table: Table, expected: Expected, register: Register) -> Iterator[TableRow]:
    """Give a row for each that is expected in a table and has not come: of a table, all of them.

    A source passes on those of the places it has heard nothing of.
    """
    for (code, name), rows in expected.items():
        if name != table.table:
            continue
        for row in rows:
            # What is known of a row before it comes (its subject) hides nothing.
            values = dict.fromkeys(row.fields, Missing.NOT_ANSWERED) | dict(row.known)
            line = row.known.get(ROW, "")
            yield TableRow(register[code], row.stage, line, values, unfiled=True)


def places_columns(register: Register, period: Period) -> dict[str, Column]:
    """Lay out the schools that are open on the first day of a period, one line each."""
    schools = register.schools(period.reference_day)
    return _leading([TableRow(school, None, "", {}) for school in schools], register, period)


_Kinds = dict[tuple[str, tuple[Stage, ...]], tuple[AskedRow, ...]]
"""Type and stages of places to the rows of a sheet they are asked: a county has a dozen kinds."""


def _asked_here(  # noqa: PLR0913, PLR0917 - as sheet_columns, for one place
    form: Form,
    sheet: Sheet,
    place: Place,
    on: date,
    codes: Mapping[str, CodeList],
    kinds: _Kinds,
) -> tuple[AskedRow, ...]:
    _, school_type, stages = asked_by(place, on)
    kind = school_type, stages
    if kind not in kinds:
        asked_then = asked_of(form.at(on), *kind, codes)
        # By its name: the sheet of all editions is another one than that of the day.
        wanted = (one for one in asked_then if one.sheet.sheet == sheet.sheet)
        kinds[kind] = next((one.rows for one in wanted), ())
    return kinds[kind]


def _lines(  # noqa: PLR0913, PLR0917 - as above
    sheet: Sheet,
    place: Place,
    rows: tuple[AskedRow, ...],
    filed: Return | None,
    period: Period,
    codes: Mapping[str, CodeList],
) -> Iterator[TableRow]:
    on = period.reference_day
    given = filed.tables.get(sheet.sheet) if filed is not None else None
    if sheet.layout == "list":
        stages = line_stages(sheet, place.stages(on), codes)
        if given is not None:
            for row in given:
                yield from _listed(sheet, place, row, stages, codes)
        elif rows:
            for stage in stages or (sheet.stage,):
                yield _unfiled(place, stage, rows[0])
        return
    by_code = {row.code: row for row in given or ()}
    patterns = {row.code: row for row in rows}
    for code in (*patterns, *(code for code in by_code if code not in patterns)):
        row, pattern = by_code.get(code), patterns.get(code)
        if row is not None:
            stage = stage_of_row(sheet, code, codes)
            yield TableRow(place, stage, code, _values(row, pattern))
        elif pattern is not None:
            yield _unfiled(place, pattern.stage, pattern)


def _listed(
    sheet: Sheet, place: Place, row: Row, stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> Iterator[TableRow]:
    told_by = row.cells.get(sheet.stage_by)
    if told_by is not None and isinstance(told_by.value, Missing):
        # A line whose stage nobody knows hides something in every stage the place has.
        values = dict.fromkeys(row.cells, Missing.NOT_ANSWERED)
        for stage in stages:
            yield TableRow(place, stage, row.code, values, unfiled=True)
        return
    code = str(told_by.value) if told_by is not None else ""
    yield TableRow(place, stage_of_row(sheet, code, codes), row.code, _values(row, None))


def _values(row: Row, pattern: AskedRow | None) -> dict[str, int | str | Missing]:
    """Give what a row says; what was asked in it and is not there hides a number."""
    asked_for = [field.field for field in pattern.fields] if pattern is not None else []
    return dict.fromkeys(asked_for, Missing.NOT_ANSWERED) | {
        name: cell.value for name, cell in row.cells.items()
    }


def _unfiled(place: Place, stage: Stage | None, pattern: AskedRow) -> TableRow:
    values = {field.field: Missing.NOT_ANSWERED for field in pattern.fields}
    return TableRow(place, stage, pattern.code, values, unfiled=True)


def _leading(lines: list[TableRow], register: Register, period: Period) -> dict[str, Column]:
    county = register.county.code
    columns: dict[str, Column] = {name: [] for name in LEADING}
    on = period.reference_day
    for line in lines:
        attributes = line.place.attributes(on)
        values: tuple[int | str | None, ...] = (
            period.code,
            line.place.code,
            # A township's own rows are its own: they count where its schools' do.
            line.place.code if line.place.level == "township" else register.township_of(line.place),
            county,
            line.stage.value if line.stage is not None else None,
            attributes.school_type if attributes else "",
            attributes.sponsor if attributes else "",
            attributes.urban_rural if attributes else "",
            int(attributes.boarding) if attributes else None,
            line.row,
        )
        for name, value in zip(LEADING, values, strict=True):
            columns[name].append(value)
    return columns


def _plain(line: TableRow, name: str) -> int | str | None:
    value = line.values.get(name)
    # Returns that were accepted before there were bounds still come here.
    if isinstance(value, int) and abs(value) > LARGEST:
        message = say(
            "{place} 的 {name} 是 {value}，超出了 {most}，不能计入；请退回更正",
            place=line.place.code,
            name=name,
            value=value,
            most=LARGEST,
        )
        raise TooLargeError(message)
    return None if isinstance(value, Missing) else value


def _is_hidden(value: int | str | Missing | None) -> bool:
    return isinstance(value, Missing) and value.hides_a_number


def _is_void(value: int | str | Missing | None) -> bool:
    return value is Missing.NOT_APPLICABLE


def _mark(columns: dict[str, Column], name: str, marks: list[bool]) -> None:
    """Add a column of marks where there is anything to mark."""
    # Absent where nothing is marked: each mark is a column to be added up for every card.
    if any(marks):
        columns[name] = [int(mark) for mark in marks]
