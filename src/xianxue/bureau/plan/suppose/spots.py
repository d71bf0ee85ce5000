"""Single cells of schools' returns: how they are named, gathered and scaled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.cells import Value
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say


class Spot(Record):
    """One cell of one school's return."""

    form: str
    place: str
    sheet: str
    row: str
    field: str


def field_named(shelf: Shelf, reference: str, row: str = "") -> Sentence:
    """Name a field as its form does, with its row; the reference itself where there is none."""
    found = shelf.asked_field(reference)
    if found is None:
        return joined("", [reference])
    _, sheet, field = found
    parts = [sheet.term, *([row_named(shelf, reference, row)] if row else []), field.term]
    return joined("·", parts)


def row_named(shelf: Shelf, reference: str, row: str) -> Sentence | str:
    """Name a row of a field's sheet by its term; its code where the form has no such row."""
    found = shelf.asked_field(reference)
    listed = shelf.codes.get(found[1].rows) if found is not None and found[1].rows else None
    entry = listed.entry(row) if listed is not None else None
    return row if entry is None else entry.term


def numbered(many: int) -> list[Sentence]:
    """Call so many changes by their numbers."""
    return [say("第 {n} 项设想", n=number) for number in range(1, many + 1)]


def by_return(
    cells: Mapping[Spot, Value],
) -> Iterator[tuple[tuple[str, str], dict[tuple[str, str, str], Value]]]:
    """Gather cells return by return: form and place, then sheet, row and field."""
    found: dict[tuple[str, str], dict[tuple[str, str, str], Value]] = {}
    for spot, value in cells.items():
        found.setdefault((spot.form, spot.place), {})[spot.sheet, spot.row, spot.field] = value
    yield from found.items()


def scaled(now: int, share: Fraction) -> int:
    """Give a share of persons, whole and half up; never below nothing.

    >>> scaled(45, Fraction("0.9")), scaled(5, Fraction("1.1")), scaled(3, Fraction(-1))
    (41, 6, 0)
    """
    return max(0, int((now * share + Fraction(1, 2)) // 1))
