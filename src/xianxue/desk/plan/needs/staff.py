"""Staff that are there, as accepted returns count them: by school and stage, posts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record

_SHEET: Final = "staff"
_KINDERGARTEN: Final = "kindergarten"
_PRESCHOOL: Final = "preschool"
_ALL: Final = {
    _SHEET: ("teachers", "other_staff"),
    _KINDERGARTEN: ("teachers", "principals", "carers", "other_staff"),
}
"""Sheet to the fields that make its staff."""
_SUBJECTS: Final = ("physical_education", "music", "art")
"""The subjects that returns count by themselves."""


class Staff(Record, kw_only=True):
    """One school's staff of one stage; None was not answered, and is not nothing."""

    there: int | None
    posts: int | None
    in_post: int | None
    subjects: Mapping[str, int | None]


Buildings = Mapping[str, int | None]
"""School to the area of its buildings in 0.01 ㎡; only of those that have one stage."""


def staff_of(returns: Iterable[Return]) -> dict[tuple[str, str], Staff]:
    """Give the staff by place and stage."""
    found: dict[tuple[str, str], Staff] = {}
    for filed in returns:
        for sheet in _ALL:
            for row in filed.tables.get(sheet, ()):
                stage = row.code if sheet == _SHEET else _PRESCHOOL
                found[filed.place, stage] = _staff(sheet, row)
    return found


def _staff(sheet: str, row: Row) -> Staff:
    parts = [_count(row, name) for name in _ALL[sheet]]
    known = [one for one in parts if one is not None]
    return Staff(
        there=sum(known) if len(known) == len(parts) else None,
        posts=_count(row, "posts"),
        in_post=_count(row, "in_post"),
        subjects={name: _count(row, name) for name in _SUBJECTS if sheet == _SHEET},
    )


def buildings_of(returns: Sequence[Return], stages: Mapping[str, Sequence[str]]) -> Buildings:
    """Give the buildings of schools of one stage; who has two shares them by a rule of its own."""
    found: dict[str, int | None] = {}
    for filed in returns:
        for row in filed.tables.get("premises", ()):
            if len(stages.get(filed.place, ())) == 1:
                found[filed.place] = _count(row, "building_area")
    return found


def _count(row: Row, name: str) -> int | None:
    cell = row.cells.get(name)
    value = None if cell is None else cell.value
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def whole_sum(some: Iterable[int | None]) -> int | None:
    """Add up; None where one of them is not known, or there is none.

    >>> whole_sum([1, 2]), whole_sum([1, None]), whole_sum([])
    (3, None, None)
    """
    parts = list(some)
    known = [one for one in parts if one is not None]
    return sum(known) if known and len(known) == len(parts) else None
