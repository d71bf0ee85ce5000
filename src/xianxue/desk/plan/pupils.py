"""A county's past as forecasts need it: accepted returns, and before them the lists it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.plan.forecast import ForecastRules, GradeStep
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.forecast.complaints import Looked, of_foreseen, of_past
from xianxue.bureau.plan.forecast.known import Known, folded
from xianxue.bureau.plan.forecast.lookback import Key, Looking
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.shape import Area, Arrival, Climb, Foreseen, Lookback, Past, Rules
from xianxue.bureau.plan.forecast.stock import of_stock
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores.given.arrivals import Projects, read_projects
from xianxue.desk.stores.given.earlier_counts import EarlierCounts, read_earlier
from xianxue.desk.workspace import MisusedError, Workspace

Pupils = dict[str, dict[str, dict[int, int]]]
"""Place, grade and year to pupils."""


class Foresight(Record, dict=True):
    """Everything that is foreseen of one county on the state of one period."""

    workspace: Workspace
    period: Period
    """The last school year counted."""
    ahead: int = 0
    """Years ahead; 0 takes the card's."""
    odd: tuple[int, ...] = ()
    """Years marked as out of line."""

    @cached_property
    def card(self) -> ForecastRules:
        """The card in force."""
        return next(iter(self.workspace.shelf.forecasts.values()))

    @cached_property
    def steps(self) -> tuple[Climb, ...]:
        """The card's steps as the room takes them."""
        return tuple(_step(one) for one in self.card.steps)

    @cached_property
    def rules(self) -> Rules:
        """The card's numbers as the room takes them."""
        card = self.card
        return Rules(
            steps=self.steps,
            window=card.window,
            shrink=card.shrink,
            years=card.past_years,
            least=card.least_years,
            simulations=card.simulations,
            band=(card.low, card.high),
            trend=card.trend_years,
        )

    @property
    def years_ahead(self) -> int:
        """How many years are foreseen."""
        return self.ahead or self.card.years_ahead

    @cached_property
    def register(self) -> Register:
        """The register as it stands: merged schools count under the one that goes on."""
        return self.workspace.register

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Place to name."""
        return {place.code: place.name for place in self.register}

    @cached_property
    def earlier(self) -> EarlierCounts:
        """The lists of the years before the first return."""
        grades = [one.grade for one in self.card.steps]
        return read_earlier(self.workspace.root, [one.code for one in self.register], grades)

    @cached_property
    def returned(self) -> Pupils:
        """Pupils of accepted returns, of this period and those before it without a gap."""
        found: Pupils = {}
        period = self.period
        while True:
            returns = Holdings(self.workspace, period, None, self._day).rebased.returns
            counted = [one for one in returns if one.form in self._forms]
            if not counted:
                return found
            for filed in counted:
                self._take(filed, period.start.year, found)
            period = period.before()

    @property
    def _day(self) -> date | None:
        """By whose places earlier years are counted: those of the last one."""
        return self.period.reference_day

    @cached_property
    def _forms(self) -> set[str]:
        sheets = {one.counted.partition(".")[0] for one in self.card.steps}
        return {
            name
            for name, form in self.workspace.shelf.forms.items()
            if any(sheet.sheet in sheets for sheet in form.sheets)
        }

    def _take(self, filed: Return, year: int, found: Pupils) -> None:
        for step in self.card.steps:
            sheet, _, name = step.counted.partition(".")
            for row in filed.tables.get(sheet, ()):
                cell = row.cells.get(name)
                if row.code == step.row and cell is not None and isinstance(cell.value, int):
                    by = found.setdefault(filed.place, {}).setdefault(step.grade, {})
                    by[year] = cell.value

    @cached_property
    def past(self) -> Past:
        """Both together; where a year stands in both, the accepted return is taken."""
        pupils: Pupils = {}
        for lists in (self.earlier.pupils, self.returned):
            for place, grades in lists.items():
                for grade, by in grades.items():
                    pupils.setdefault(place, {}).setdefault(grade, {}).update(by)
        past = Past(births=self.earlier.births, pupils=pupils, odd=frozenset(self.odd))
        return folded(past, merged_into(self.register, self.period.reference_day))

    @cached_property
    def known(self) -> Known:
        """The past with the areas it is of; MisusedError where nothing is known."""
        if not self.returned:
            message = say(
                "{period}还没有通过的学校报表，没有起点，推算不了", period=self.period.term
            )
            raise MisusedError(message)
        return Known(self.areas, self.steps, self.past)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """County, townships and whoever has pupils in them, on the last day of the past."""
        county, day = self.register.county, self.period.reference_day
        townships = [one for one in self.register if one.level == "township"]
        schools = [one for one in self.register if one.code in self.past.pupils]
        found = [Area(code=county.code, level="county")]
        found += [Area(code=one.code, level="township", within=county.code) for one in townships]
        found += [self._school(one, day) for one in schools if one.level == "school"]
        return tuple(found)

    def _school(self, school: Place, day: date) -> Area:
        county = self.register.county.code
        township = self.register.township_of(school, day) or county
        sources = {
            one.grade: township
            if one.comes_from == "township" and (one.after or township in self.past.births)
            else county
            for one in self.card.steps
            if one.comes_from
        }
        return Area(code=school.code, level="school", within=township, sources=sources)

    @cached_property
    def projecting(self) -> Projecting:
        """What carries it on."""
        return Projecting(self.known, self.rules, self.arrivals)

    @cached_property
    def projects(self) -> Projects:
        """The dated projects that bring pupils or take them away."""
        grades = {
            leaf.code: [
                one.grade
                for one in self.steps
                if self.known.last in self.known.sums[leaf.code, one.grade]
            ]
            for leaf in self.known.leaves
        }
        return read_projects(self.workspace.root, grades, self.known.last)

    @cached_property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The same as the room takes them."""
        return tuple(
            Arrival(
                area=one.place,
                year=one.year,
                pupils={one.grade: Fraction(one.pupils)},
                why=one.why,
            )
            for one in self.projects.projects
        )

    @cached_property
    def foreseen(self) -> tuple[Foreseen, ...]:
        """All that is foreseen, by area, stage and year."""
        card, seed = self.card, f"{self.card.forecast}/{self.period.code}"
        return tuple(self.projecting.years(self.years_ahead, seed, card.simulations))

    @cached_property
    def lookbacks(self) -> Mapping[Key, Lookback]:
        """What the same would have said earlier."""
        simulations = self.card.lookback_simulations
        looking = Looking(self.known, self.rules, self.years_ahead, (), simulations)
        return looking.lookbacks

    @cached_property
    def issues(self) -> list[Issue]:
        """Everything that is wrong with the past, silent schools, and numbers below nothing."""
        looked = Looked(
            names=self.names,
            grades={one.grade: one.term for one in self.card.steps},
            jump=self.card.jump,
        )
        found = [*self.earlier.issues, *of_past(self.past, looked), *self._silent()]
        if self.returned:
            found += self.projects.issues
            found += of_stock(self.known, Fraction(self.card.stock_gap), self._stock_terms)
        if not any(one.severity is Severity.MUST_FIX for one in found):
            found += of_foreseen(self.foreseen, looked)
        return found

    @property
    def _stock_terms(self) -> dict[str, Sentence]:
        """Stages whose entrants are all in their first grade; into others children come later."""
        return {
            one.stage.value: one.stage.term
            for one in self.card.steps
            if one.stage is not Stage.PRESCHOOL
        }

    def _silent(self) -> Iterator[Issue]:
        """Complain of schools that are open and have pupils of earlier years, but not of this."""
        day, year = self.period.reference_day, self.period.start.year
        for place in self.register.schools(day):
            grades = self.past.pupils.get(place.code, {})
            if grades and not any(year in by for by in grades.values()):
                yield Issue(
                    code="P-SILENT",
                    severity=Severity.EXPLAIN,
                    place=place.code,
                    saw=say("{school}有以前的数，没有 {year} 年的", school=place.name, year=year),
                    required=say("在办的学校都有起点那一年的数"),
                    do=say("请催报；没有它的数，所在乡镇和全县推算的数里就没有它"),
                )


def merged_into(register: Register, on: date) -> dict[str, str]:
    """Give each school that by a day has become part of one other, to the one that goes on.

    One that was divided is left as it was: which of its pupils went where nobody has written down.
    """
    found: dict[str, str] = {}
    for place in register:
        end, seen = place, {place.code}
        while len(links := [link for link in end.successors if link.day <= on]) == 1:
            code = links[0].code
            if not links[0].whole or code in seen or code not in register:
                break
            seen.add(code)
            end = register[code]
        if end.code != place.code:
            found[place.code] = end.code
    return found


def _step(one: GradeStep) -> Climb:
    return Climb(
        grade=one.grade,
        stage=one.stage.value,
        after=one.after,
        births=tuple((born.years_ago, Fraction(born.months, 12)) for born in one.born),
        enters=bool(one.comes_from),
    )
