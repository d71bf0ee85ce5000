"""Counties for the tests: those of the catalogue's examples, and small ones written in a test."""

import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import polars as pl
import pytest
from national import national

from xianxue.bureau.assessment.assess import assess
from xianxue.bureau.assessment.question import indicators_of
from xianxue.bureau.indicators.columns import PLACES, column_types
from xianxue.bureau.indicators.compile import Frames, figure_frames
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.facts import place_facts
from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.indicators.tables import TableRow, lay_out, places_columns, sheet_columns
from xianxue.bureau.kinds.expected import expected_rows
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.desk.stores import roster
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.examples import Example

TYPES = {"Int64": pl.Int64, "Int8": pl.Int8, "String": pl.String}
SHELF = national().shelf
PERIOD = Period.parse("2025-2026")


@dataclass
class County:
    """A register, what was returned, and everything counted from it."""

    register: Register
    returns: list[Return] = field(default_factory=list)
    period: Period = PERIOD
    shelf: Shelf = SHELF
    targets: list[TableRow] = field(default_factory=list)

    @property
    def tables(self) -> Tables:
        return Tables(self.by_sheet, POLARS)

    @cached_property
    def by_sheet(self) -> dict[str, pl.LazyFrame]:
        found = {PLACES: frame(None, places_columns(self.register, self.period))}
        for form in self.shelf.forms.values():
            on = self.period.reference_day
            whole = form.filed_by == "county"
            expected = [self.register.county] if whole else self.register.schools(on)
            for sheet in form.sheets:
                found[sheet.sheet] = frame(
                    self.shelf.table(sheet.sheet),
                    sheet_columns(
                        form,
                        sheet,
                        self.returns,
                        expected,
                        self.register,
                        self.period,
                        self.shelf.codes,
                    ),
                )
        for name, table in self.shelf.declared.items():
            rows = self.targets if name == "targets" else []
            names = [one.field for one in table.fields]
            found[name] = frame(table, lay_out(names, rows, self.register, self.period))
        return found

    def frames(self, *indicators: str, on: date | None = None) -> Frames:
        on = on or self.period.reference_day
        return figure_frames(self.shelf, self.tables, on, indicators or None)

    def figures(self, *indicators: str, on: date | None = None) -> dict[str, Figure]:
        made = self.frames(*indicators, on=on)
        return figures(made, self.shelf, self.register, self.period, indicators or None)

    def assess(self, standard: str, on: date | None = None) -> Assessment:
        on = on or self.period.reference_day
        card = self.shelf.standards[standard]
        made = figures(
            self.frames(*indicators_of(card), on=on), self.shelf, self.register, self.period
        )

        def figure(name: str, place: str, stage: Stage | None) -> Figure | None:
            return made.get(
                key_of(self.shelf.indicator(name).indicator, place, stage, self.period.code)
            )

        expected = expected_rows(self.shelf, self.register, self.period.reference_day)
        facts = place_facts(self.shelf, self.register, self.period, self.tables, expected)
        return assess(card, self.shelf, figure, facts, self.period, on)

    def figure(self, indicator: str, place: str, stage: Stage | None = None) -> Figure | None:
        name = stage.value if stage else "all"
        return self.figures(indicator).get(f"{indicator}/{place}/{name}/{self.period.code}")


def frame(table, columns) -> pl.LazyFrame:
    """Make a native frame as the cabinet would: with a fixed schema, even when it is empty."""
    types = column_types(table, columns)
    return pl.DataFrame(columns, schema={name: TYPES[types[name]] for name in columns}).lazy()


def example(name: str) -> County:
    """An example of the catalogue, everybody having filed."""
    opened = Example.open(name)
    register, issues = roster.read_roster(opened.folder / "places.csv", SHELF.codes)
    assert not issues
    returns = [filed for _, _, filed in opened.returns(SHELF, register)]
    return County(register, returns, Period.parse(opened.settings.period))


COUNTY = Place(code="639900", name="虚构县", level="county")
TOWN = Place(code="639900100", name="虚构镇", level="township", parent="639900")
VILLAGE = Place(code="639900200", name="虚构乡", level="township", parent="639900")

STAGES_OF = {
    entry.code: tuple(Stage(stage) for stage in entry.stages)
    for entry in SHELF.codes["school_types"].entries
}


def school(
    code: str, school_type: str, parent: str = TOWN.code, attached: Iterable[Stage] = (), **more
) -> Place:
    """An invented school that has always been there."""
    attributes = Attributes(
        valid_from=date(2000, 9, 1),
        school_type=school_type,
        stages=(*STAGES_OF[school_type], *attached),
        **more,
    )
    return Place(
        code=code, name=f"虚构{code}", level="school", parent=parent, history=(attributes,)
    )


def register(*schools: Place) -> Register:
    return Register.of([COUNTY, TOWN, VILLAGE, *schools])


def filed(place: Place, form: str = "school_annual", **sheets) -> Return:
    """A return of whole sheets: each a list of (row code, {field: value})."""
    tables = {
        name: tuple(
            Row(code, {field: Cell(value) for field, value in cells.items()})
            for code, cells in rows
        )
        for name, rows in sheets.items()
    }
    return Return(form=form, version="", period=PERIOD.code, place=place.code, tables=tables)


class Made(SimpleNamespace):
    """A name for many things, that does not write them all out where a test fails."""

    def __repr__(self) -> str:
        return "made"


@pytest.fixture(scope="session")
def made() -> Made:
    """Everything above under one name: ``made.school("2199000001", "211")``."""
    return Made(
        COUNTY=COUNTY,
        PERIOD=PERIOD,
        SHELF=SHELF,
        TOWN=TOWN,
        VILLAGE=VILLAGE,
        County=County,
        example=example,
        filed=filed,
        frame=frame,
        register=register,
        school=school,
    )


@pytest.fixture(scope="session")
def four_schools() -> County:
    return example("four_schools")


@pytest.fixture(scope="session")
def five_schools() -> County:
    return example("five_schools")


@pytest.fixture(scope="session")
def second_opinion():
    """The class of second_opinion.py."""
    return beside("second_opinion").SecondOpinion


@pytest.fixture(scope="session")
def second_verdicts():
    """The class of second_verdicts.py."""
    return beside("second_verdicts").SecondVerdicts


@pytest.fixture(scope="session")
def invented(made):
    """Invent a county by a seed; ``holes`` is how often something is missing."""
    return partial(beside("invented").Invented, made)


def beside(name: str) -> ModuleType:
    """Read a file beside this one: tests are files, not packages."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
