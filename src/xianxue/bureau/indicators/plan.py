"""Which columns all formulas together need: each measure once, whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from xianxue.bureau.indicators.columns import ATTRIBUTES
from xianxue.bureau.indicators.formulas import Counted, Formula, Weights
from xianxue.bureau.indicators.measures import Measure, Part
from xianxue.bureau.indicators.shapes import Shape, shape
from xianxue.bureau.kinds.shelf import Shelf


@dataclass(frozen=True)
class Plan:
    """The columns of one run, and the sheets they come from."""

    formulas: dict[str, Formula]
    shelf: Shelf
    names: dict[Measure, str] = field(default_factory=dict[Measure, str])
    """Measure to column."""

    @classmethod
    def of(cls, formulas: dict[str, Formula], shelf: Shelf) -> Plan:
        """Name the measures of formulas, in the order they are met."""
        plan = cls(formulas, shelf)
        for formula in formulas.values():
            for part in _parts(formula):
                for measure, _ in part.terms:
                    plan.names.setdefault(measure, f"m{len(plan.names)}")
        return plan

    @cached_property
    def staged(self) -> list[Formula]:
        """The formulas that are figured stage by stage."""
        return [formula for formula in self.formulas.values() if formula.stages]

    @cached_property
    def whole(self) -> list[Formula]:
        """The formulas that are figured for a place as one."""
        return [formula for formula in self.formulas.values() if not formula.stages]

    @cached_property
    def populations(self) -> dict[str, Counted]:
        """The populations some formula is restricted to."""
        found = [formula.counted for formula in self.staged if formula.counted is not None]
        return {counted.card.population: counted for counted in found}

    @cached_property
    def divisions(self) -> dict[tuple[str, Part], Weights]:
        """The ways in which stages share something: by which split, and by which pupils."""
        return {
            (formula.weights.split, formula.denominator): formula.weights
            for formula in self.staged
            if formula.weights is not None and formula.denominator is not None
        }

    @cached_property
    def carried(self) -> list[str]:
        """What has to be known of each place beside its numbers."""
        tests = [test for one in self.whole if one.met is not None for test in one.met.tests]
        asked = {test.column for test in tests if test.column in ATTRIBUTES}
        if self.populations or self.divisions:
            asked.add("school_type")
        return ["township", "county", *sorted(asked)]

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The sheets something is counted from."""
        sheets = [measure.sheet for measure in self.names]
        sheets += [name.partition(".")[0] for name in self.looked_at]
        return {name: shape(name, self.shelf) for name in dict.fromkeys(sheets)}

    @cached_property
    def looked_at(self) -> list[str]:
        """The ``sheet.field`` of record sheets that decide whether a place is looked at."""
        found = [name for one in self.whole if one.met is not None for name in one.met.fields]
        return list(dict.fromkeys(found))

    def staged_measures(self, formulas: Iterable[Formula]) -> list[tuple[str, Measure]]:
        """Give those measures whose sheets tell stages apart."""
        found = self.measures(formulas)
        return [(name, one) for name, one in found if self.shapes[one.sheet].staged]

    def shared_measures(self, formulas: Iterable[Formula]) -> list[tuple[str, Measure]]:
        """Give those measures that belong to a place as one."""
        found = self.measures(formulas)
        return [(name, one) for name, one in found if not self.shapes[one.sheet].staged]

    def measures(self, formulas: Iterable[Formula]) -> list[tuple[str, Measure]]:
        """Give the named measures that some formulas are made of."""
        wanted = {
            measure: self.names[measure]
            for formula in formulas
            for part in _parts(formula)
            for measure, _ in part.terms
        }
        return [(name, measure) for measure, name in wanted.items()]


def _parts(formula: Formula) -> list[Part]:
    counted = [formula.counted.pupils] if formula.counted is not None else []
    return [*formula.parts.values(), *counted]
