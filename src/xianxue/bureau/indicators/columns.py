"""The columns of the tables that figures are counted from.

Every table is long: one line for each row somebody filled in, or should have. Numbers are whole,
in the field's smallest step. The columns are

============== ========== ===================================================================
``KEYS``       String     whose row it is, for which period, of which stage, and which row
``ATTRIBUTES`` String     what the school is on the reference day (``boarding`` is Int64)
a field        its type   Int64 for numbers, String for codes, texts and dates
``<field>?``   Int8       1 where the field hides a number or an answer; absent if it never does
``<field>!``   Int8       1 where the clerk says that it does not apply; absent likewise
``unfiled``    Int8       1 on rows that were asked and have not come; absent if none is missing
============== ========== ===================================================================

A null with neither mark was not asked: nothing is there to be counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xianxue.bureau.kinds.table import Table

PLACES: Final = "places"
"""The virtual table of all open schools, which no form asks for."""

KEYS: Final = ("period", "place", "township", "county", "stage")
ATTRIBUTES: Final = ("school_type", "sponsor", "urban_rural", "boarding")
ROW: Final = "row"
LEADING: Final = (*KEYS, *ATTRIBUTES, ROW)
UNFILED: Final = "unfiled"


def hidden_mark(field: str) -> str:
    """Name the column that says where a field hides a number."""
    return f"{field}?"


def void_mark(field: str) -> str:
    """Name the column that says where a field does not apply."""
    return f"{field}!"


def column_types(table: Table | None, columns: Iterable[str]) -> dict[str, str]:
    """Give each column's type, so that a file has the same schema even when it is empty.

    ``table`` is None for the table of places. Types are named as engines name them: Int64, Int8,
    String.
    """
    return {name: _type_of(table, name) for name in columns}


def _type_of(table: Table | None, name: str) -> str:
    if name == UNFILED or name.endswith(("?", "!")):
        return "Int8"
    field = table.field(name) if table is not None and name not in LEADING else None
    if name == "boarding" or (field is not None and field.is_number):
        return "Int64"
    return "String"
