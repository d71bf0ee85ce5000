"""Who is asked for what an indicator is counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from xianxue.bureau.indicators.columns import ATTRIBUTES
from xianxue.bureau.indicators.keys import PLACE
from xianxue.bureau.indicators.measures import Measure, OneOf, Test
from xianxue.bureau.kinds.expected import Expected, ExpectedRow, expected_rows
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

_ALWAYS_KNOWN: Final = frozenset({*ATTRIBUTES, "stage"})
"""What a row has or has not; where it has none, no condition on it is fulfilled."""

Known = str | int


class Asking(Record, dict=True):
    """What is expected in the tables of each place of a register in a period."""

    shelf: Shelf
    register: Register
    period: Period
    sources: Expected | None = None
    """What the sources of the tables expect; None for what declarations say alone."""

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place of which something may be expected: open schools, townships, the county."""
        on = self.period.reference_day
        register = self.register
        places = [*register.schools(on), *register.townships(on), register.county]
        return {place.code: place for place in places}

    @cached_property
    def expected(self) -> Expected:
        """(Place, table) to the rows expected there."""
        if self.sources is not None:
            return self.sources
        return expected_rows(self.shelf, self.register, self.period.reference_day)

    def asked_for(
        self, measures: Iterable[Measure], stage: Stage | None, tests: Sequence[Test] = ()
    ) -> list[str]:
        """Give the codes of the places asked for any of some measures, in order.

        A place is not asked where what is known of it (its attributes, its stages, the rows it
        gets) speaks against every measure, or against ``tests``. What is read from the register
        is asked of nobody.
        """
        found = {code for measure in measures for code in self._asked(measure, stage)}
        if tests:
            found = {code for code in found if fits(tests, {PLACE: code, **self._attributes[code]})}
        return sorted(found)

    def _asked(self, measure: Measure, stage: Stage | None) -> frozenset[str]:
        known = self._found.get((measure, stage))
        if known is None:
            sorts = self._alike.get(measure.sheet, [])
            if any(test.column == PLACE for test in measure.tests):
                # A group of schools is named by their codes, and no two are alike in these.
                sorts = [[code] for alike in sorts for code in alike]
            known = self._found[measure, stage] = frozenset(
                code
                for alike in sorts
                if self._is_asked(alike[0], measure, stage)
                for code in alike
            )
        return known

    @cached_property
    def _found(self) -> dict[tuple[Measure, Stage | None], frozenset[str]]:
        return {}

    @cached_property
    def _alike(self) -> dict[str, list[list[str]]]:
        """By table, the places it expects rows of, sorted by what the answer depends on.

        One of each sort is looked at: a county has few sorts of schools and many questions.
        """
        kinds = self._kinds
        sorts: dict[str, dict[tuple[int, int], list[str]]] = {}
        for (code, sheet), rows in self.expected.items():
            if code in kinds:
                # Places of one kind share their rows, as one object (``expected_rows``).
                sort = (kinds[code], id(rows))
                sorts.setdefault(sheet, {}).setdefault(sort, []).append(code)
        return {sheet: list(found.values()) for sheet, found in sorts.items()}

    @cached_property
    def _kinds(self) -> dict[str, int]:
        """Number each place by what is known of it: those that are alike have the same number."""
        on = self.period.reference_day
        numbers: dict[object, int] = {}
        return {
            code: numbers.setdefault(
                (tuple(self._attributes[code].values()), place.stages(on)), len(numbers)
            )
            for code, place in self.places.items()
        }

    def _is_asked(self, place: str, measure: Measure, stage: Stage | None) -> bool:
        known = {PLACE: place, **self._attributes[place]}
        return any(
            fits(measure.tests, {**known, **row.known, **_stage_of(row)})
            for row in self.expected.get((place, measure.sheet), ())
            if not measure.field or measure.field in row.fields
            if self._is_of(row, place, stage)
        )

    def _is_of(self, row: ExpectedRow, place: str, stage: Stage | None) -> bool:
        """Whether a row belongs to a stage; what is the school's as one belongs to all it has."""
        if row.stage is not None:
            return stage in {None, row.stage}
        stages = self.places[place].stages(self.period.reference_day)
        return stage is None or stage in stages

    @cached_property
    def _attributes(self) -> dict[str, dict[str, Known]]:
        on = self.period.reference_day
        return {code: _attributes(place, on) for code, place in self.places.items()}


def _attributes(place: Place, on: date) -> dict[str, Known]:
    attributes = place.attributes(on)
    return {name: getattr(attributes, name) for name in ATTRIBUTES} if attributes else {}


def _stage_of(row: ExpectedRow) -> dict[str, Known]:
    return {} if row.stage is None else {"stage": row.stage.value}


def fits(tests: Sequence[Test], known: Mapping[str, Known]) -> bool:
    """Whether nothing that is known speaks against tests; answers are not known here."""
    return all(
        known.get(test.column) in test.values
        for test in tests
        if isinstance(test, OneOf) and (test.column in known or test.column in _ALWAYS_KNOWN)
    )
