"""Schools put together by what they are: by 城乡, by size; a matrix is laid out by one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

STAGES: Final = ""
AREAS: Final = "area"
SIZES: Final = "size"
BY: Final[Mapping[str, Sentence]] = {
    STAGES: say("按学段"),
    AREAS: say("按城乡"),
    SIZES: say("按办学规模"),
}
"""What a matrix may be laid out by, as an address says it."""

_AREAS: Final = "urban_rural"
_SIZES: Final = "school_sizes"
_PUPILS: Final = "pupils_compulsory"
"""By which the size of a school is judged."""
_LAST: Final = 1_000_000


class Group(Record):
    """Schools that stand together; groups stand in the order of their list."""

    order: int
    term: Sentence | str


Grouping = Callable[[str], Group]
"""Gives the group of a place."""


def grouping(  # noqa: PLR0913, PLR0917 - by what, and all that tells it of a place
    by: str, shelf: Shelf, register: Register, day: date, figures: Mapping[str, Figure], period: str
) -> Grouping | None:
    """Give how places are put together; None where they stand by their stages alone."""
    if by == AREAS and _AREAS in shelf.codes:
        areas = shelf.codes[_AREAS]
        return lambda place: _area(_coded(register, place, day), areas)
    if by == SIZES and _SIZES in shelf.codes:
        sizes = shelf.codes[_SIZES]

        def size(place: str) -> Group:
            figure = figures.get(key_of(_PUPILS, place, None, period))
            value = figure.value if figure is not None else None
            return _size(value if isinstance(value, Fraction) else None, sizes)

        return size
    return None


def _coded(register: Register, place: str, day: date) -> str:
    known = register[place].attributes(day) if place in register else None
    return known.urban_rural if known is not None else ""


def _area(code: str, areas: CodeList) -> Group:
    """Give the group of a place by its code: 121 镇中心区 and 122 镇乡结合区 are both 镇区."""
    for wanted in (f"{code[:2]}0", f"{code[:1]}00"):
        for order, entry in enumerate(areas.entries):
            # Codes that gather others say so; 210 is a code of its own.
            if entry.code == wanted and entry.note and entry.code != code:
                return Group(order, entry.term)
    entry = areas.entry(code)
    if entry is None:
        return Group(_LAST, say("没有登记城乡分类"))
    return Group(areas.entries.index(entry), entry.term)


def _size(pupils: Fraction | None, sizes: CodeList) -> Group:
    """Give the group of a school by how many pupils it has; what is not known is no small one."""
    if pupils is None:
        return Group(_LAST, say("在校生数未定"))
    fitting = [
        (order, entry) for order, entry in enumerate(sizes.entries) if int(entry.code) <= pupils
    ]
    order, entry = max(fitting, key=lambda one: int(one[1].code))
    return Group(order, entry.term)
