"""The columns that conditions may look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

_ATTRIBUTES: Final = {
    "school_type": "school_types",
    "sponsor": "sponsors",
    "urban_rural": "urban_rural",
}
"""A school's coded attributes, and the lists of their codes."""


class Column(Record):
    """What a condition may ask of a column."""

    kind: Literal["code", "text", "yes_no", "number"]
    term: str
    codes: Collection[str] | None = None
    """For ``code``: those allowed; None where the list could not be read."""


Columns = Mapping[str, Column]
Codes = Mapping[str, CodeList]


def attribute_columns(codes: Codes) -> dict[str, Column]:
    """Give the columns that every school has."""
    columns = {"boarding": Column("yes_no", say("寄宿制学校"))}
    for name, of in _ATTRIBUTES.items():
        columns[name] = _coded(codes.get(of), name)
    return columns


def row_columns(table: Table, codes: Codes) -> dict[str, Column]:
    """Give the columns of a table's rows: its fields and keys, and the school's attributes."""
    columns = attribute_columns(codes)
    if table.staged:
        columns["stage"] = Column("code", say("学段"), [stage.value for stage in Stage])
    if table.layout == "grid" and table.rows in codes:
        columns["row"] = Column(
            "code", say("行"), [entry.code for entry in row_entries(table, codes)]
        )
    for field in table.fields:
        columns[field.field] = _of_field(field, codes)
    return columns


def place_columns(tables: Iterable[Table], codes: Codes) -> dict[str, Column]:
    """Give the columns of places: their attributes, and the fields of record tables."""
    return attribute_columns(codes) | {
        f"{table.table}.{field.field}": _of_field(field, codes)
        for table in tables
        if table.layout == "record"
        for field in table.fields
    }


def _of_field(field: TableField, codes: Codes) -> Column:
    if field.type == "code":
        return _coded(codes.get(field.codes), field.term)
    if field.type == "yes_no":
        return Column("yes_no", field.term)
    return Column("number" if field.is_number else "text", field.term)


def _coded(codes: CodeList | None, name: str) -> Column:
    if codes is None:
        return Column("code", name)
    # A dictionary keeps the order of the list for complaints, and is looked up at once.
    return Column("code", codes.term, {entry.code: None for entry in codes.entries})
