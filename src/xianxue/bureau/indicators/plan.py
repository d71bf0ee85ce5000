"""Which columns all formulas together need: each once, however many ask for it.

What one sheet adds to a part of a formula is one column, if it is a single measure or a sum of
several. So two cards that count the same pupils share a column, and the five ages of the children
in kindergartens are added up row by row and not carried along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from xianxue.bureau.indicators.columns import ATTRIBUTES, void_mark
from xianxue.bureau.indicators.engine import NARWHALS, Engine, Words
from xianxue.bureau.indicators.formulas import Counted, Formula, Weights
from xianxue.bureau.indicators.measures import Part, Terms
from xianxue.bureau.indicators.shapes import Shape, shape
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record, field


class Plan(Record, dict=True):
    """The columns of one run, and the sheets they come from."""

    formulas: dict[str, Formula]
    shelf: Shelf
    names: dict[Terms, str] = field(default_factory=dict[Terms, str])
    """Terms of one sheet to their column."""
    periods: tuple[str, ...] = ("",)
    """Those that are counted together."""
    engine: Engine = NARWHALS
    there: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    """The columns of each table: asked once, for an engine may open a file to answer."""

    @classmethod
    def of(cls, formulas: dict[str, Formula], shelf: Shelf, engine: Engine = NARWHALS) -> Plan:
        """Name the columns of formulas, in the order they are met."""
        plan = cls(formulas, shelf, engine=engine)
        for formula in formulas.values():
            for part in parts_of(formula):
                for terms in part.by_sheet.values():
                    plan.names.setdefault(terms, f"m{len(plan.names)}")
        return plan

    @property
    def words(self) -> Words:
        """The words in which the engine is told."""
        return self.engine.words

    @cached_property
    def given(self) -> frozenset[str]:
        """The columns of all sums of which something may not apply.

        A ratio needs no such count: whatever of it does not apply, the whole of it does not.
        """
        return frozenset(
            name
            for formula in self.formulas.values()
            if formula.numerator is not None and formula.denominator is None
            if self._may_be_void(formula.numerator)
            for name in self.columns(formula.numerator)
        )

    def _may_be_void(self, part: Part) -> bool:
        return any(
            void_mark(column) in self.there[measure.sheet]
            for measure, _ in part.terms
            for column in (measure.field, *(test.column for test in measure.tests))
        )

    def columns(self, part: Part) -> list[str]:
        """Give the columns that a part is the sum of."""
        return [self.names[terms] for terms in part.by_sheet.values()]

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
    def attributes(self) -> list[str]:
        """What has to be known of each place beside its numbers."""
        tests = [test for one in self.whole if one.met is not None for test in one.met.tests]
        asked = {test.column for test in tests if test.column in ATTRIBUTES}
        if self.populations or self.divisions:
            # Exclusions and weights hold by 办学类型.
            asked.add("school_type")
        return sorted(asked)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The sheets something is counted from."""
        sheets = [measure.sheet for terms in self.names for measure, _ in terms]
        sheets += [name.partition(".")[0] for name in self.looked_at]
        return {name: shape(name, self.shelf) for name in dict.fromkeys(sheets)}

    @cached_property
    def looked_at(self) -> list[str]:
        """The ``sheet.field`` of record sheets that decide whether a place is looked at."""
        found = [name for one in self.whole if one.met is not None for name in one.met.fields]
        return list(dict.fromkeys(found))

    def wanted(self, formulas: Iterable[Formula], *, staged: bool) -> dict[str, list[Terms]]:
        """Give what some formulas want of each sheet that tells stages apart, or of the others."""
        found: dict[str, dict[Terms, None]] = {}
        for formula in formulas:
            for part in parts_of(formula):
                for sheet, terms in part.by_sheet.items():
                    # A table without stages joins by place, one with stages by school-stage: they
                    # are added up apart.
                    if self.shapes[sheet].staged == staged:
                        found.setdefault(sheet, {})[terms] = None
        return {sheet: list(mine) for sheet, mine in found.items()}


def parts_of(formula: Formula) -> list[Part]:
    """Give all parts that have to be counted for a formula, its population's pupils too."""
    counted = [formula.counted.pupils] if formula.counted is not None else []
    return [*formula.parts.values(), *counted]
