"""Slices: what of a figure is meant beside its stage, a subject, a category, a group of schools.

A dimension is named by a column, and its values by the column's list of codes:

=================== =====================================================================
a slice column      of every table an indicator counts: ``subject`` of an examination's
                    results, ``row`` of a grid
an attribute        of the register: ``school_type``, ``sponsor``, ``urban_rural``
a list of groups    whose entries name their schools: 第一联盟, 第二联盟
=================== =====================================================================

So «数学», «艺体类» and «第一联盟» need no indicator each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.table import Table
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record

ATTRIBUTE_CODES: Final = {
    "school_type": "school_types",
    "sponsor": "sponsors",
    "urban_rural": "urban_rural",
}
"""What the register knows of a school, and the lists of its codes."""
PLACE: Final = "place"


# No record: a record compares all its fields (docs/decisions/records.md), and a list may be given
# other words without changing what is meant.
@dataclass(frozen=True, slots=True)
class Slice:
    """One value of one dimension: 学科 数学.

    >>> str(Slice("subject", "math", "数学", "学科"))
    'subject=math'
    """

    dimension: str
    code: str
    term: str = field(default="", compare=False)
    """The value's Chinese term: 数学. Two slices are equal whatever they are called."""
    of: str = field(default="", compare=False)
    """The dimension's Chinese term: 学科."""

    def __str__(self) -> str:
        """Give it as keys have it."""
        return f"{self.dimension}={self.code}"


class Sliced(Record):
    """A slice as the rows that belong to it are found."""

    slice: Slice
    column: str
    """The column that tells rows apart: the dimension, or ``place`` for groups of schools."""
    values: tuple[str, ...]
    """What stands in the column of the rows that belong."""
    stage: Stage | None = None
    """The only stage it exists in (a grade); None for every stage."""

    @property
    def by_place(self) -> bool:
        """Whether a place belongs as a whole, with all its rows in all tables."""
        return self.column == PLACE or self.column in ATTRIBUTE_CODES


def slices_of(
    dimension: str, tables: Sequence[Table], codes: Mapping[str, CodeList]
) -> list[Sliced] | None:
    """Give all values of a dimension over some tables, in the order of its list of codes.

    None where the dimension is no column of all the tables, or not in the same codes everywhere.
    A group without schools has no value: nothing can be counted of it.
    """
    if dimension in ATTRIBUTE_CODES:
        return _coded(dimension, codes.get(ATTRIBUTE_CODES[dimension]))
    groups = codes.get(dimension)
    if groups is not None and any(entry.places for entry in groups.entries):
        return [
            Sliced(Slice(dimension, entry.code, entry.term, groups.term), PLACE, (*entry.places,))
            for entry in groups.entries
            if entry.places
        ]
    lists = {table.codes_of(dimension) if dimension in table.slices else "" for table in tables}
    # One list for all tables: with two, the same code could be two things in one figure.
    return _coded(dimension, codes.get(lists.pop())) if len(lists) == 1 else None


def _coded(dimension: str, named: CodeList | None) -> list[Sliced] | None:
    if named is None:
        return None
    return [
        Sliced(
            Slice(dimension, entry.code, entry.term, named.term),
            dimension,
            (entry.code,),
            entry.stage,
        )
        for entry in named.entries
    ]
