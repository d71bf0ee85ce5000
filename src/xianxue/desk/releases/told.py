"""The difference of two releases in rows of words, as pages list and workbooks keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined
from xianxue.bureau.values.units import UNITS
from xianxue.desk.releases.difference import ReleaseDiff
from xianxue.desk.releases.wording import (
    cell_value,
    figure_shown,
    figure_told,
    in_brackets,
    row_term,
    verdict_told,
)


class CauseRow(Record):
    """One thing that changed."""

    number: int
    step: str
    told: str
    by: str
    at: datetime | None
    why: str
    moved: int
    """How many figures it moved, alone or with others."""
    turned: int
    """How many verdicts it turned."""


class CellRow(Record):
    """A number or answer that was corrected."""

    place: str
    name: str
    field: str
    cell: str
    before: str
    after: str
    by: str
    at: datetime | None
    why: str


class FigureRow(Record):
    """A figure that moved."""

    key: str
    place: str
    name: str
    county: bool
    before: str
    after: str
    unit: str
    causes: tuple[int, ...]


class VerdictRow(Record):
    """A verdict that turned."""

    place: str
    name: str
    standard: str
    term: str
    before: str
    after: str
    worse: bool
    """Whether what was met is no longer."""
    causes: tuple[int, ...]


class DiffTold(Record):
    """A difference, in rows."""

    causes: tuple[CauseRow, ...]
    cells: tuple[CellRow, ...]
    figures: tuple[FigureRow, ...]
    """The county's own first: these are what was published in the report."""
    verdicts: tuple[VerdictRow, ...]
    same_value: int
    overrides: int
    unknown: str
    """Why causes cannot be told apart; empty where they can."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.causes or self.cells or self.figures or self.verdicts)


def told(diff: ReleaseDiff) -> DiffTold:
    """Tell a difference in rows of words."""
    names = {place.code: place.name for register in diff.registers for place in register}
    figures = [*_figures(diff, names)]
    verdicts = [*_verdicts(diff, names)]
    return DiffTold(
        causes=tuple(_causes(diff, figures, verdicts)),
        cells=tuple(_cells(diff, names)),
        figures=tuple(figures),
        verdicts=tuple(verdicts),
        same_value=diff.same_value,
        overrides=len(diff.overrides),
        unknown=diff.unknown or "",
    )


def _causes(
    diff: ReleaseDiff, figures: Iterable[FigureRow], verdicts: Iterable[VerdictRow]
) -> Iterable[CauseRow]:
    for number, one in enumerate(diff.causes, 1):
        yield CauseRow(
            number,
            one.step,
            one.told,
            one.by,
            _moment(one.at),
            one.why,
            sum(number in row.causes for row in figures),
            sum(number in row.causes for row in verdicts),
        )


def _cells(diff: ReleaseDiff, names: Mapping[str, str]) -> Iterable[CellRow]:
    shelf = diff.told.shelf
    for one in diff.cells:
        # A return that came or went altogether is one cause, not a hundred corrections.
        if not all(one.revisions):
            continue
        found = shelf.asked_field(f"{one.sheet}.{one.field}")
        term: str = f"{one.sheet}.{one.field}"
        if found:
            term = joined("·", (found[1].term, found[2].term))
        deeds = diff.deeds[one.form, one.place, max(one.revisions)]
        yield CellRow(
            one.place,
            names.get(one.place, one.place),
            term + row_term(one.row, found, shelf),
            one.cell,
            cell_value(one.before, found),
            cell_value(one.after, found),
            deeds.by,
            _moment(deeds.at),
            deeds.why,
        )


def _figures(diff: ReleaseDiff, names: Mapping[str, str]) -> Iterable[FigureRow]:
    shelf: Shelf = diff.told.shelf
    register: Register = diff.told.register
    county = register.county.code
    rows = [
        FigureRow(
            one.key,
            some.place,
            figure_told(some, shelf, names),
            some.place == county,
            figure_shown(one.before),
            figure_shown(one.after),
            UNITS[some.unit].term if some.unit in UNITS else "",
            diff.moved_by.get(one.key, ()),
        )
        for one in diff.figures
        if (some := one.after or one.before) is not None
    ]
    return sorted(rows, key=lambda row: (not row.county, row.key))


def _verdicts(diff: ReleaseDiff, names: Mapping[str, str]) -> Iterable[VerdictRow]:
    for standard, changes in diff.verdicts.items():
        card = diff.told.shelf.standards.get(standard)
        for at, one in enumerate(changes):
            some = one.after or one.before
            if some is None:
                continue
            yield VerdictRow(
                some.place,
                names.get(some.place, some.place) + in_brackets(some.stage),
                card.term if card is not None else standard,
                some.term,
                verdict_told(one.before, names),
                verdict_told(one.after, names),
                one.before is not None
                and one.before.verdict.value == "met"
                and (one.after is None or one.after.verdict.value != "met"),
                diff.turned_by.get((standard, at), ()),
            )


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
