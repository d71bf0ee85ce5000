"""What the rows of a table are: whose, how many, and of which stage."""

from __future__ import annotations

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record


class Shape(Record):
    """What may be relied on when the rows of a table are added up."""

    stages: tuple[Stage, ...]
    """Those its rows can be of; empty where a row is the school's as one."""
    single: bool
    """Whether a place has at most one row (of each stage), so that nothing has to be grouped."""
    by_county: bool = False
    """Whether the county itself gives its rows."""
    beyond_schools: bool = False
    """Whether rows may be of places that the table of places does not have."""

    @property
    def staged(self) -> bool:
        """Whether each row belongs to a stage."""
        return bool(self.stages)


def shape(name: str, shelf: Shelf) -> Shape:
    """Give the shape of a table, or of the virtual table of places; KeyError if unknown."""
    if name == PLACES:
        return Shape((), single=True)
    table = shelf.table(name)
    if table is None:
        raise KeyError(name)
    return Shape(
        table.stages,
        table.single,
        by_county=table.by_county,
        beyond_schools=table.beyond_schools,
    )
