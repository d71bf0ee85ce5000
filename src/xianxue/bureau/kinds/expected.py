"""Which rows of which tables places are expected to give: the basis of every coverage.

«已报 64/66 所» counts those of whom something is expected. For sheets that is what the form asks;
for other tables it is what the declaration says, unless their source knows better (an examination
knows who sat it).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date

from xianxue.bureau.kinds.asked import AskedSheet, asked, asked_by, line_stages
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.sheets import ROW
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.table import Table
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record, field


class ExpectedRow(Record):
    """One row that a place is expected to give, or what all its rows of a stage are like."""

    stage: Stage | None
    """None where the row is the place's as one."""
    fields: frozenset[str]
    """The fields that are to be filled in."""
    known: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is known of the row before it comes: column to code (its row code, its subject)."""


Expected = Mapping[tuple[str, str], tuple[ExpectedRow, ...]]
"""(Place, table) to the rows expected; a pair that is absent is asked for nothing."""


def expected_rows(shelf: Shelf, register: Register, on: date) -> Expected:
    """Give the rows that declarations expect of the county and of every school open on a day."""
    found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
    by_kind: dict[object, list[tuple[str, tuple[ExpectedRow, ...]]]] = {}
    for place in (*register.schools(on), register.county):
        # A thousand schools are of some dozens of kinds; those of one are asked for the same.
        kind = asked_by(place, on)
        if kind not in by_kind:
            by_kind[kind] = list(_of_place(shelf, place, on))
        for name, rows in by_kind[kind]:
            if rows:
                found[place.code, name] = rows
    return found


def expected_in(tables: Container[str], expected: Expected) -> Expected:
    """Keep what is expected in some tables: each source answers for its own alone."""
    return {key: rows for key, rows in expected.items() if key[1] in tables}


def _of_place(
    shelf: Shelf, place: Place, on: date
) -> Iterator[tuple[str, tuple[ExpectedRow, ...]]]:
    giver = "county" if place.level == "county" else "school"
    for form in shelf.forms.values():
        if form.filed_by == giver:
            for sheet in asked(form, place, on, shelf.codes):
                yield sheet.sheet.sheet, _of_sheet(sheet, place.stages(on), shelf.codes)
    for table in shelf.declared.values():
        if table.given_by == giver:
            yield table.table, _declared(table, place.stages(on))


def _of_sheet(
    sheet: AskedSheet, stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> tuple[ExpectedRow, ...]:
    rows: list[ExpectedRow] = []
    for row in sheet.rows:
        fields = frozenset(field.field for field in row.fields)
        known = {ROW: row.code} if row.code else {}
        if sheet.sheet.stage_by:
            # Nobody knows how many lines a list will have, only of which stages they can be.
            of = line_stages(sheet.sheet, stages, codes)
            rows += [ExpectedRow(stage, fields, known) for stage in of]
        else:
            rows.append(ExpectedRow(row.stage, fields, known))
    return tuple(rows)


def _declared(table: Table, stages: tuple[Stage, ...]) -> tuple[ExpectedRow, ...]:
    fields = frozenset(field.field for field in table.fields)
    if not table.staged:
        return (ExpectedRow(None, fields),)
    return tuple(ExpectedRow(stage, fields) for stage in stages if stage in table.stages)
