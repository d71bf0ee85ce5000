"""What is known of a table's rows: which fields the schools it speaks of are asked at all.

«建筑面积» of a list of kindergartens is the kindergartens' own, not the schools'. Who a row is says
the register; where there is none, names that all say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.asked import asked_by, asked_of
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals
from xianxue.bureau.returns.mapping.rejections import may_head
from xianxue.bureau.returns.mapping.scoring import VALUES
from xianxue.bureau.returns.mapping.table import Table
from xianxue.bureau.returns.mapping.targets import ONLY, Codes, Target, targets_of
from xianxue.bureau.returns.reading.unread import is_empty
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import Record, replace

Kind = tuple[str, tuple[Stage, ...]]
"""School type and stages: what decides what is asked."""

_MOST: Final = 0.8
"""Of a column's texts have to be names of the register before it is taken for the schools'."""
_HALF: Final = 0.5
_KINDERGARTEN: Final = "幼儿园"
_TYPES: Final = "school_types"


class Known(Record):
    """The schools of a county on a day."""

    places: Sequence[Place]
    on: date

    def of(self, text: str) -> Place | None:
        """Give the school a text names, by its code or its name; None where none or several."""
        said = bare(text)
        found = [
            place for place in self.places if said in {place.code, bare(place.name_on(self.on))}
        ]
        return found[0] if len(found) == 1 else None


def named_by_values(  # noqa: PLR0913, PLR0917 - a table, its form, and who may be meant
    found: Proposals, table: Table, grid: Grid, form: Form, codes: Codes, known: Known
) -> Proposals:
    """Take the column whose values are the register's schools, where no header says it."""
    if found.holding("code") or found.holding("name") or form.filed_by != "school":
        return found
    names = {bare(place.name_on(known.on)) for place in known.places}
    whose = {place.code for place in known.places}
    roles = {each.holds: each for each in targets_of(form, codes) if each.sheet is None}
    for each in found.columns:
        texts = [bare(text) for text in _texts(table, grid, each)]
        for role, values in (("code", whose), ("name", names)):
            share = sum(text in values for text in texts) / len(texts) if texts else 0.0
            if share >= _MOST and role in roles and may_head(role, each.head):
                taken = replace(each, target=roles[role], score=1.0, reasons=(VALUES,), doubt="")
                columns = (taken if one is each else one for one in found.columns)
                return replace(found, columns=tuple(columns))
    return found


def kinds_of(
    found: Proposals, table: Table, grid: Grid, codes: Codes, known: Known | None
) -> frozenset[Kind]:
    """Give the types and stages of the rows' schools; nothing where most of them are unknown."""
    columns = [each for each in (found.holding("code"), found.holding("name")) if each is not None]
    for each in columns:
        texts = _texts(table, grid, each)
        places = [place for text in texts if known and (place := known.of(text)) is not None]
        if known and places and len(places) >= len(texts) * _HALF:
            return frozenset(asked_by(place, known.on)[1:] for place in places)
        if texts and all(text.rstrip("）)").endswith(_KINDERGARTEN) for text in texts):
            return frozenset(_kindergartens(codes))
    return frozenset()


def _kindergartens(codes: Codes) -> Iterable[Kind]:
    entries = codes[_TYPES].entries if _TYPES in codes else []
    code = next((entry.code for entry in entries if entry.term == _KINDERGARTEN), "")
    return [(code, (Stage.PRESCHOOL,))] if code else []


def asked_among(form: Form, kinds: Iterable[Kind], codes: Codes) -> Callable[[Target], bool]:
    """Give whether any school of some kinds is asked what a column may hold."""
    spots = {
        (sheet.sheet.sheet, row.code, field.field)
        for kind, stages in kinds
        for sheet in asked_of(form, kind, stages, codes)
        for row in sheet.rows
        for field in row.fields
    }
    fields = {(sheet, field) for sheet, _, field in spots}
    sheets = {sheet for sheet, _ in fields}

    def is_asked(target: Target) -> bool:
        if target.sheet is None:
            return True
        if target.holds == "row":
            return target.sheet.sheet in sheets
        name = target.reference.split(".")[-1]
        if target.row is not None and f".{ONLY}." not in target.reference:
            return (target.sheet.sheet, target.row.code, name) in spots
        return (target.sheet.sheet, name) in fields

    return is_asked


def _texts(table: Table, grid: Grid, each: Proposal) -> list[str]:
    at = each.head.at
    raws = [grid[row][at] for row in table.rows if at < len(grid[row])]
    return [written(raw) for raw in raws if not is_empty(raw)]
