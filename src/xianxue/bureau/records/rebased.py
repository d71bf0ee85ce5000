"""Returns counted under the schools that others became, with the way back to each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record, field


class Spot(NamedTuple):
    """A cell by what it says, not by where it stands."""

    form: str
    place: str
    sheet: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Part:
    """A cell somebody filled in for a former school."""

    place: str
    """The school as it was."""
    revision: int
    file: str
    digest: str
    row: str
    """Its row in that return: the third class of a school may be the ninth of another."""
    cell: Cell


class Rebased(Record, dict=True):
    """Returns on another basis. They are worked out anew each time and stored nowhere."""

    returns: tuple[Return, ...]
    """In the order of places and forms; one that nothing happened to is the very return given.

    What was joined has no file, digest or revision of its own: nobody has filed it.
    """
    parts: Mapping[Spot, tuple[Part, ...]] = field(default_factory=dict[Spot, tuple[Part, ...]])
    """For the cells of joined returns: what they were made of."""
    issues: tuple[Issue, ...] = ()
    """What cannot be said on this basis, and who is missing."""

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Return]:
        return {(each.form, each.place): each for each in self.returns}

    def cells(self, spot: Spot) -> tuple[Part, ...]:
        """Give the cells that somebody filled in, as they were filed; none where nobody did."""
        if spot in self.parts:
            return self.parts[spot]
        filed = self._by_place.get((spot.form, spot.place))
        rows: tuple[Row, ...] = filed.tables.get(spot.sheet, ()) if filed else ()
        return tuple(
            Part(filed.place, filed.revision, filed.file, filed.digest, row.code, cell)
            for row in rows
            if filed is not None
            and row.code == spot.row
            and (cell := row.cells.get(spot.field)) is not None
        )
