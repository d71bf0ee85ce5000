"""What the rows of a sheet are: whose, how many, and of which stage."""

from __future__ import annotations

from dataclasses import dataclass

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be relied on when the rows of a sheet are added up."""

    stages: tuple[Stage, ...]
    """Those its rows can be of; empty where a row is the school's as one."""
    single: bool
    """Whether a place has at most one row (of each stage), so that nothing has to be grouped."""
    by_county: bool = False
    """Whether the county itself fills it in."""

    @property
    def staged(self) -> bool:
        """Whether each row belongs to a stage."""
        return bool(self.stages)


def shape(name: str, shelf: Shelf) -> Shape:
    """Give the shape of a sheet, or of the virtual table of places; KeyError if unknown."""
    if name == PLACES:
        return Shape((), single=True)
    found = shelf.sheet(name)
    if found is None:
        raise KeyError(name)
    form, sheet = found
    entries = row_entries(sheet, shelf.codes) if sheet.layout == "grid" else []
    stages = [entry.stage for entry in entries]
    single = len(set(stages)) == len(stages) if entries else sheet.layout == "record"
    return Shape(_stages(sheet, shelf), single, by_county=form.filed_by == "county")


def _stages(sheet: Sheet, shelf: Shelf) -> tuple[Stage, ...]:
    field = sheet.field(sheet.stage_by) if sheet.stage_by else None
    if sheet.layout == "grid":
        found = {entry.stage for entry in row_entries(sheet, shelf.codes)}
    elif field is not None:
        found = {entry.stage for entry in shelf.codes[field.codes].entries}
    else:
        found = {sheet.stage}
    return tuple(stage for stage in Stage if stage in found)
