"""One year's turn of the river: the only file that knows several rooms.

Returns and tables come in; figures, facts and assessments go out. Nothing is read from disk
and nobody asks the clock: whoever turns the river hands everything in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xianxue.bureau.assessment.assess import assess
from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.kinds.asked import asked, stage_of_row
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.returned import Return
from xianxue.bureau.report.claims import of_figure
from xianxue.bureau.report.compose import Composed, compose
from xianxue.bureau.report.of_figures import term_of
from xianxue.bureau.values.missing import Missing, total
from xianxue.bureau.values.periods import Period


@dataclass(frozen=True)
class Year:
    """What one period comes to: its figures, and what rules may ask of its places."""

    shelf: Shelf
    register: Register
    period: Period
    figures: Mapping[str, Figure]
    """By key, all levels; in the order of the indicators, then of the register."""
    facts: tuple[PlaceFacts, ...]

    @classmethod
    def turn(
        cls,
        shelf: Shelf,
        register: Register,
        period: Period,
        returns: Iterable[Return],
        tables: Tables,
    ) -> Year:
        """Figure everything that is declared."""
        counted = figures_of(shelf, register, period, tables)
        facts = tuple(place_facts(shelf, register, returns, period))
        return cls(shelf, register, period, counted, facts)

    def figure(self, name: str, place: str, stage: Stage | None) -> Figure | None:
        """Give the figure of an indicator or choice, or None where there is none."""
        card = self.shelf.indicator(name)
        if card is None:
            return None
        said = stage.value if stage else "all"
        return self.figures.get(f"{card.indicator}/{place}/{said}/{self.period.code}")

    def assess(self, standard: str, on: date) -> Assessment:
        """Judge a standard with the rules in force on a day; KeyError for an unknown one."""
        card = self.shelf.standards[standard]
        return assess(card, self.shelf, self.figure, self.facts, self.period, on)

    def write(self, outline: str, on: date) -> Composed:
        """Write a document dated ``on``, judged by the rules of the reference day."""
        card = self.shelf.outlines[outline]
        judged = [self.assess(name, self.period.reference_day) for name in card.standards]
        return compose(
            card,
            shelf=self.shelf,
            figures=self.figure,
            assessments=judged,
            register=self.register,
            period=self.period,
            on=on,
        )

    def claims(self) -> Iterator[Claim]:
        """Say every figure that is determined, in its usual form."""
        for figure in self.figures.values():
            card = self.shelf.indicator(figure.indicator)
            if figure.value is not None:
                term = term_of(card, figure.stage) if card is not None else figure.indicator
                yield of_figure(figure, term)

    def written(self, on: date) -> Iterator[Claim]:
        """Give the claims of all documents that can be written on a day."""
        for outline in self.shelf.outlines:
            text = self.write(outline, on).text
            if text is not None:
                yield from text.claims()


def figures_of(
    shelf: Shelf,
    register: Register,
    period: Period,
    tables: Tables,
    indicators: Collection[str] | None = None,
) -> dict[str, Figure]:
    """Figure some indicators, or all there are, at every level."""
    frames = figure_frames(shelf, tables, period.reference_day, indicators)
    return figures(frames, shelf, register, period, indicators)


def place_facts(
    shelf: Shelf, register: Register, returns: Iterable[Return], period: Period
) -> list[PlaceFacts]:
    """Give what rules may ask of the county and of every school open on the reference day."""
    on = period.reference_day
    by_place: dict[str, list[Return]] = {}
    for filed in returns:
        by_place.setdefault(filed.place, []).append(filed)
    return [
        _facts(place, shelf, by_place.get(place.code, []), on)
        for place in (register.county, *register.schools(on))
    ]


def _facts(place: Place, shelf: Shelf, returns: list[Return], on: date) -> PlaceFacts:
    values: dict[str, int | str] = {}
    attributes = place.attributes(on)
    if attributes is not None:
        values["school_type"] = attributes.school_type
        values["sponsor"] = attributes.sponsor
        values["urban_rural"] = attributes.urban_rural
        values["boarding"] = int(attributes.boarding)
    unanswered: set[str] = set()
    for name, cell in _record_cells(place, shelf, returns, on):
        if not isinstance(cell.value, Missing):
            values[name] = cell.value
        elif cell.value.hides_a_number:
            unanswered.add(name)
    for stage, pupils in _pupils(place, shelf, returns, on).items():
        values[f"pupils/{stage.value}"] = pupils
    return PlaceFacts(
        place=place.code,
        name=place.name,
        level=place.level,
        stages=place.stages(on),
        values=values,
        unanswered=frozenset(unanswered),
    )


def _record_cells(
    place: Place, shelf: Shelf, returns: list[Return], on: date
) -> Iterable[tuple[str, Cell]]:
    """Go through the answers to record sheets; a form that was not filed answers nothing."""
    filed = {each.form: each for each in returns}
    for form in shelf.forms.values():
        if (form.filed_by == "county") != (place.level == "county"):
            continue
        tables = filed[form.form].tables if form.form in filed else {}
        for sheet in asked(form, place, on, shelf.codes):
            if sheet.sheet.layout != "record":
                continue
            rows = tables.get(sheet.sheet.sheet, ())
            cells: Mapping[str, Cell] = rows[0].cells if rows else {}
            for field in sheet.rows[0].fields:
                name = f"{sheet.sheet.sheet}.{field.field}"
                yield name, cells.get(field.field, Cell(Missing.NOT_ANSWERED))


def _pupils(place: Place, shelf: Shelf, returns: list[Return], on: date) -> dict[Stage, int]:
    """Add up pupils by stage, for the stages where nobody's number is hidden.

    Which field holds pupils is said by the population cards; they agree, or each would mean
    another thing by «pupils».
    """
    found: dict[Stage, int] = {}
    for reference in sorted({card.pupils for card in shelf.populations.values()}):
        held = shelf.field(reference)
        if held is None:
            continue
        _, sheet, field = held
        amounts: dict[Stage, list[int | Missing]] = {}
        for filed in returns:
            for row in filed.tables.get(sheet.sheet, ()):
                stage = stage_of_row(sheet, row.code, shelf.codes)
                cell = row.cells.get(field.field)
                if stage is not None and cell is not None and not isinstance(cell.value, str):
                    amounts.setdefault(stage, []).append(cell.value)
        for stage, parts in amounts.items():
            whole = total(parts)
            if isinstance(whole, int) and stage in place.stages(on):
                found[stage] = whole
    return found
