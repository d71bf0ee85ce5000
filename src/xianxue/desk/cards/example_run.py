"""Judging a card's examples: by the very rules that judge real returns, on an invented county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.cycle import Joined, Year
from xianxue.bureau.indicators.columns import PLACES, column_types
from xianxue.bureau.indicators.tables import lay_out, places_columns, sheet_columns
from xianxue.bureau.kinds.expected import Expected, expected_rows
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.source import Sources
from xianxue.bureau.returns.contents.strict import number_of
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cards.example_book import COUNTY
from xianxue.desk.cards.example_reading import Examples, Wish
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.examples import returned
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import Workspace

NOT_JUDGED: Final = say("不判")
_LONG_AGO: Final = date(2000, 9, 1)
_TOWNSHIP: Final = "100"


class Result(Record, kw_only=True):
    """One line: what was wanted, what the rule says, and what it rests on."""

    line: int
    example: str
    stage: Sentence | str
    item: str
    wanted: str
    found: str
    right: bool
    why: Sentence | str


class Ran(Record, kw_only=True):
    """All lines of a workbook."""

    results: tuple[Result, ...]
    period: Period

    @property
    def wrong(self) -> int:
        """How many lines say something else than the rule."""
        return sum(not one.right for one in self.results)


class _Given(Record, dict=True):
    """What the examples report, as a source of tables."""

    shelf: Shelf
    register: Register
    period: Period
    returns: Sequence[Return]

    def tables(self) -> Mapping[str, Any]:
        """Lay out every table that is declared; most are empty."""
        found: dict[str, Any] = {}
        shelf, register, period = self.shelf, self.register, self.period
        for form in shelf.forms.values():
            schools = register.schools(period.reference_day)
            expected = schools if form.filed_by == "school" else [register.county]
            for sheet in form.sheets:
                columns = sheet_columns(
                    form, sheet, self.returns, expected, register, period, shelf.codes
                )
                table = shelf.table(sheet.sheet)
                found[sheet.sheet] = held_table(columns, column_types(table, columns))
        for name, table in shelf.declared.items():
            columns = lay_out([one.field for one in table.fields], [], register, period)
            found[name] = held_table(columns, column_types(table, columns))
        columns = places_columns(register, period)
        return found | {PLACES: held_table(columns, column_types(None, columns))}

    def expected(self) -> Expected:
        """Give the rows that forms ask of the examples."""
        return expected_rows(self.shelf, self.register, self.period.reference_day)

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[Any]:
        """Give nothing: nobody handed these numbers in."""
        del place, table, field, row
        return ()


class _Running(Record, dict=True):
    """The examples of one workbook as a county."""

    workspace: Workspace
    kind: str
    name: str
    examples: Examples

    @cached_property
    def shelf(self) -> Shelf:
        return self.workspace.shelf

    @cached_property
    def period(self) -> Period:
        cards = self.shelf.standards if self.kind == "standard" else self.shelf.indicators
        return self.workspace.period(None, cards[self.name].period)

    @cached_property
    def county(self) -> Place:
        real = self.workspace.register.county
        return Place(code=real.code, name=COUNTY, level="county")

    @cached_property
    def places(self) -> dict[str, Place]:
        """The examples' places, by their names."""
        township = self.county.code + _TOWNSHIP
        stages = {
            one.code: tuple(Stage(stage) for stage in one.stages)
            for one in self.shelf.codes["school_types"].entries
        }
        found = {COUNTY: self.county}
        for number, (name, code) in enumerate(self.examples.types.items(), 1):
            own = Attributes(valid_from=_LONG_AGO, school_type=code, stages=stages[code])
            found[name] = Place(
                code=f"21{self.county.code[:4]}{number:04}",
                name=name,
                level="school",
                parent=township,
                history=(own,),
            )
        return found

    @cached_property
    def register(self) -> Register:
        county = self.county
        town = Place(
            code=county.code + _TOWNSHIP, name=COUNTY, level="township", parent=county.code
        )
        schools = [one for one in self.places.values() if one.level == "school"]
        return Register.of([county, town, *schools])

    @cached_property
    def returns(self) -> list[Return]:
        names = {place.code: name for name, place in self.places.items()}
        lines = {
            sheet: {self.places[name].code: list(of) for name, of in by_name.items()}
            for sheet, by_name in self.examples.lines.items()
        }
        found = returned(self.shelf, self.register, self.period, lines)
        return [one for _, place, one in found if place.code in names]

    @cached_property
    def year(self) -> Year:
        given = _Given(self.shelf, self.register, self.period, self.returns)
        joined = Joined(self.shelf, self.register, self.period, Sources((given,)), POLARS)
        return Year.of(joined)

    @cached_property
    def assessment(self) -> Assessment:
        return self.year.assess(self.name, self.period.reference_day)

    def result(self, wish: Wish) -> Result:
        """Hold one line against the rule."""
        stage = Stage(wish.stage) if wish.stage else None
        found, why = (
            self._verdict(wish, stage) if self.kind == "standard" else self._figure(wish, stage)
        )
        return Result(
            line=wish.line,
            example=wish.example,
            stage=stage.term if stage is not None else "",
            item=wish.item,
            wanted=wish.wanted,
            found=str(found),
            right=same(wish.wanted, str(found)),
            why=why,
        )

    def _figure(self, wish: Wish, stage: Stage | None) -> tuple[str, Sentence | str]:
        figure = self.year.figure(self.name, self.places[wish.example].code, stage)
        if figure is None:
            return "—", say("这个例子在这个学段没有这项指标")
        if figure.numerator is not None and figure.denominator is not None:
            why = say(
                "{numerator}÷{denominator}",
                numerator=plain(figure.numerator),
                denominator=plain(figure.denominator),
            )
            return figure.shown, why
        return figure.shown, figure.why

    def _verdict(self, wish: Wish, stage: Stage | None) -> tuple[Sentence, Sentence | str]:
        code = self.places[wish.example].code
        judged = (*self.assessment.findings, *self.assessment.spread)
        for one in judged:
            if (one.place, one.term) == (code, wish.item) and one.stage is stage:
                return one.verdict.term, _line(one)
        reasons = [
            why
            for place, of, why in self.assessment.not_counted
            if place == code and (of is None or of is stage)
        ]
        return NOT_JUDGED, reasons[0] if reasons else say("这一项不判这个例子的这个学段")


def run(workspace: Workspace, kind: str, name: str, examples: Examples) -> Ran:
    """Judge every line of a workbook; TooLargeError for an amount that cannot be counted."""
    running = _Running(workspace, kind, name, examples)
    results = tuple(running.result(one) for one in examples.wishes)
    return Ran(results=results, period=running.period)


def same(wanted: str, found: str) -> bool:
    """Whether what somebody wrote is what was found: numbers by their amount.

    >>> same("12.50", "12.5"), same("12", "12.5"), same("未定", "未定"), same("0", "未定")
    (True, False, True, False)
    """
    one, other = number_of(wanted.removesuffix("%")), number_of(found.removesuffix("%"))
    if one is not None and other is not None:
        return one == other
    return wanted.strip() == found


def _line(finding: Finding) -> Sentence | str:
    """Say what was held against which line."""
    if finding.threshold is None:
        return ""
    if finding.rule == "at_least":
        return say("{shown}，要求不低于 {line}", shown=finding.shown, line=plain(finding.threshold))
    if finding.rule == "at_most":
        return say("{shown}，要求不高于 {line}", shown=finding.shown, line=plain(finding.threshold))
    return say("{shown}，要求低于 {line}", shown=finding.shown, line=plain(finding.threshold))
