"""Who is asked for what an indicator is counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from xianxue.bureau.indicators.columns import ATTRIBUTES, ROW
from xianxue.bureau.indicators.measures import Measure, OneOf, Test
from xianxue.bureau.indicators.tables import line_stages
from xianxue.bureau.kinds.asked import AskedRow, AskedSheet, asked
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period

_ALWAYS_KNOWN: Final = frozenset({*ATTRIBUTES, "stage"})
"""What a row has or has not; where it has none, no condition on it is fulfilled."""

Known = str | int


@dataclass(frozen=True)
class Asking:
    """What the forms ask of each place of a register in a period."""

    shelf: Shelf
    register: Register
    period: Period

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place that has to file something: the schools open on the day, and the county."""
        schools = self.register.schools(self.period.reference_day)
        return {place.code: place for place in [*schools, self.register.county]}

    @cached_property
    def sheets(self) -> dict[tuple[str, str], AskedSheet]:
        """(Place, sheet) to what is asked there."""
        on = self.period.reference_day
        return {
            (place.code, one.sheet.sheet): one
            for place in self.places.values()
            for form in self.shelf.forms.values()
            if (form.filed_by == "county") == (place.level == "county")
            for one in asked(form, place, on, self.shelf.codes)
        }

    def asked_for(
        self, measures: Iterable[Measure], stage: Stage | None, tests: Sequence[Test] = ()
    ) -> list[str]:
        """Give the codes of the places asked for any of some measures, in order.

        A place is not asked where what is known of it (its attributes, its stages, the rows it
        gets) speaks against every measure, or against ``tests``. What is read from the register
        is asked of nobody.
        """
        found = {code for measure in measures for code in self._asked(measure, stage)}
        return sorted(code for code in found if fits(tests, self._attributes(code)))

    def _asked(self, measure: Measure, stage: Stage | None) -> frozenset[str]:
        known = self._found.get((measure, stage))
        if known is None:
            places = (code for code in self.places if self._is_asked(code, measure, stage))
            known = self._found[measure, stage] = frozenset(places)
        return known

    @cached_property
    def _found(self) -> dict[tuple[Measure, Stage | None], frozenset[str]]:
        return {}

    def _is_asked(self, place: str, measure: Measure, stage: Stage | None) -> bool:
        found = self.sheets.get((place, measure.sheet))
        if found is None:
            return False
        attributes = self._attributes(place)
        return any(
            fits(measure.tests, {**attributes, **known})
            for row in found.rows
            if not measure.field or any(one.field == measure.field for one in row.fields)
            for known in self._rows(place, found, row, stage)
        )

    def _rows(
        self, place: str, found: AskedSheet, row: AskedRow, stage: Stage | None
    ) -> Iterator[dict[str, Known]]:
        """Give what is known of the lines a row can become, as far as they are of a stage."""
        sheet, where = found.sheet, self.places[place]
        row_facts: dict[str, Known] = {ROW: row.code} if row.code else {}
        if sheet.stage_by:
            stages = line_stages(sheet, where, self.period, self.shelf.codes)
        elif row.stage is not None:
            stages = (row.stage,)
        elif stage is None or stage in where.stages(self.period.reference_day):
            yield row_facts
            return
        else:
            return
        for one in stages:
            if stage in {None, one}:
                yield {**row_facts, "stage": one.value}

    def _attributes(self, place: str) -> dict[str, Known]:
        attributes = self.places[place].attributes(self.period.reference_day)
        if attributes is None:
            return {}
        return {name: getattr(attributes, name) for name in ATTRIBUTES}


def fits(tests: Sequence[Test], known: Mapping[str, Known]) -> bool:
    """Whether nothing that is known speaks against tests; answers are not known here."""
    return all(
        known.get(test.column) in test.values
        for test in tests
        if isinstance(test, OneOf) and (test.column in known or test.column in _ALWAYS_KNOWN)
    )
