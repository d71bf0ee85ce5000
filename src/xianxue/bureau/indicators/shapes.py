"""What the rows of a sheet are: whose, how many, and of which stage."""

from __future__ import annotations

from dataclasses import dataclass

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.kinds.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be relied on when the rows of a sheet are added up."""

    staged: bool
    """Whether each row belongs to a stage; otherwise it is the school's as one."""
    single: bool
    """Whether a place has at most one row (of each stage), so that nothing has to be grouped."""
    by_county: bool = False
    """Whether the county itself fills it in."""


def shape(name: str, shelf: Shelf) -> Shape:
    """Give the shape of a sheet, or of the virtual table of places; KeyError if unknown."""
    if name == PLACES:
        return Shape(staged=False, single=True)
    found = shelf.sheet(name)
    if found is None:
        raise KeyError(name)
    form, sheet = found
    return Shape(
        staged=is_staged(sheet, shelf),
        single=_is_single(sheet, shelf),
        by_county=form.filed_by == "county",
    )


def is_staged(sheet: Sheet, shelf: Shelf) -> bool:
    """Whether a sheet's rows say which stage they belong to."""
    if sheet.layout == "grid":
        return any(entry.stage is not None for entry in row_entries(sheet, shelf.codes))
    return bool(sheet.stage_by) or sheet.stage is not None


def _is_single(sheet: Sheet, shelf: Shelf) -> bool:
    if sheet.layout == "grid":
        stages = [entry.stage for entry in row_entries(sheet, shelf.codes)]
        return len(set(stages)) == len(stages)
    return sheet.layout == "record"
