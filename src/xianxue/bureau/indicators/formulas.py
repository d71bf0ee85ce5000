"""Cards read as formulas: which parts, for which stages, over which schools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.indicators.measures import (
    Part,
    Side,
    Test,
    bound_lines,
    named_lines,
    part,
    sides,
    sliced,
    table_and_field,
    tests,
)
from xianxue.bureau.indicators.shapes import shape
from xianxue.bureau.kinds.codes import Split
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice, slices_of
from xianxue.bureau.kinds.standard import Exclusion, Population
from xianxue.bureau.kinds.table import TableField
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.units import UNITS

Area = Literal["school", "township", "county"]
AREAS: tuple[Area, ...] = ("school", "township", "county")


class CannotFigureError(ValueError):
    """A card that asks for what cannot be counted; the message is Chinese."""


class Weights(Record):
    """How a school's stages share what they have in common, on one day.

    Stage s's part of a total T is ``T · n_s·w_s ÷ Σ n_k·w_k``, n being the stages' pupils.
    """

    split: str
    scale: int
    """Weights are whole numbers: the card's, times this."""
    by_type: dict[str, dict[Stage, int]]


class Counted(Record):
    """Which school-stages take part, on one day."""

    card: Population
    pupils: Part
    exclude: tuple[Exclusion, ...]
    """Those in force."""


class Met(Record):
    """For a share: whose figure must keep to which lines, and which places are looked at."""

    of: str
    lines: tuple[Side, ...]
    """On the value in the unit of the indicator looked at."""
    tests: tuple[Test, ...]
    fields: dict[str, TableField] = field(default_factory=dict[str, TableField])
    """``table.field`` to field, of the record tables that the tests look at."""


class Formula(Record, dict=True):
    """One indicator on one day."""

    card: Indicator
    numerator: Part | None = None
    """For counts and sums, all there is; None for shares and spreads."""
    denominator: Part | None = None
    stages: tuple[Stage, ...] = ()
    """Empty: figured for a place as one."""
    counted: Counted | None = None
    weights: Weights | None = None
    met: Met | None = None
    spread_of: str = ""
    slice: Slice | None = None
    """Which rows alone are counted; None for all."""

    @cached_property
    def id(self) -> str:
        """The indicator's id, with the slice where there is one: its name in all frames."""
        return formula_id(self.card.indicator, self.slice)

    @property
    def shown(self) -> bool:
        """Whether it is a figure by itself, not only what others are made of."""
        return self.slice is not None or self.card.whole

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Numerator and denominator, as far as there are any."""
        named = {"numerator": self.numerator, "denominator": self.denominator}
        return {name: one for name, one in named.items() if one is not None}

    def column(self, part: str) -> str:
        """Name the column of a part; some engines read a dot as the field of a field."""
        return f"{self.id}:{part}"

    @property
    def rests_on(self) -> str:
        """The indicator whose ratio is compared between or among places; empty for none."""
        return self.met.of if self.met is not None else self.spread_of

    def is_mixed(self, shelf: Shelf) -> bool:
        """Whether its parts come from schools and from the county itself.

        A school's children then have no part of the denominator that could leave with them.
        """
        sheets = {one.sheet for part in self.parts.values() for one, _ in part.terms}
        return len({shape(sheet, shelf).by_county for sheet in sheets}) > 1

    @property
    def areas(self) -> tuple[Area, ...]:
        """The kinds of places it is figured for."""
        wanted = {"school" if level == "school_stage" else level for level in self.card.levels}
        return tuple(area for area in AREAS if area in wanted)


def beside_name(reference: str) -> str:
    """Name the column of a ``sheet.field`` that is put beside a place; the dot as in ``column``."""
    return reference.replace(".", ":")


def formula_id(indicator: str, slice_of: Slice | None) -> str:
    """Name a formula.

    >>> formula_id("reached", Slice("subject", "math"))
    'reached/subject=math'
    """
    return indicator if slice_of is None else f"{indicator}/{slice_of}"


def formulas(shelf: Shelf, on: date, indicators: Iterable[str] | None = None) -> dict[str, Formula]:
    """Read indicators as formulas, each after those it rests on; None reads all there are.

    An indicator whose lines are not in force on the day is left out: it does not exist then; and
    so is one that is made of finished figures.
    Raises CannotFigureError for a card that cannot be figured, KeyError for an unknown id.
    """
    found: dict[str, Formula] = {}
    for name in shelf.indicators if indicators is None else indicators:
        _add(name, found, shelf, on)
    return found


def lines_of(card: Indicator) -> set[str]:
    """Give the names of the lines that a card's conditions mention."""
    sums = (card.of, card.numerator, card.denominator)
    names = named_lines(term for one in sums if one is not None for term in one.sum)
    if card.share_of is not None:
        names |= named_lines([Term(where=card.share_of.where)]) | bound_lines(card.share_of.meets)
    return names


def _add(name: str, found: dict[str, Formula], shelf: Shelf, on: date) -> Formula | None:
    card = shelf.indicator(name)
    if card is None:
        raise KeyError(name)
    if card.indicator in found:
        return found[card.indicator]
    if card.derived:
        # Made of finished figures, in ``derived``; the engine has nothing to count for it.
        return None
    rests_on = card.spread_of or (card.share_of.indicator if card.share_of else "")
    base = _add(rests_on, found, shelf, on) if rests_on else None
    stages = _stages(card, on)
    # Not in force on the day: it does not exist then, and neither does what rests on it.
    if (rests_on and base is None) or stages is None:
        return None
    if card.kind == "spread":
        formula = _spread(card, base, stages)
    elif card.kind == "share":
        formula = _share(card, base, shelf, on)
    else:
        formula = _plain(card, stages, shelf, on)
    found[card.indicator] = formula
    for dimension in card.slices:
        if base is not None:
            found |= {one.id: one for one in _slices_of_base(formula, base, dimension, found)}
        else:
            found |= {one.id: one for one in _slices(formula, dimension, shelf)}
    return formula


def _slices_of_base(
    formula: Formula, base: Formula, dimension: str, known: Mapping[str, Formula]
) -> Iterator[Formula]:
    """Give a share's or spread's formula for each value of a dimension that its ratio has.

    Each rests on the ratio's own slice: so places outside a group, and rows of other subjects, are
    left out once, where the ratio is counted.
    """
    if dimension not in base.card.slices:
        message = f"指标 {formula.id} 不能按 {dimension} 细分：{base.id} 没有这样细分"
        raise CannotFigureError(message)
    for one in known.values():
        if one.card is not base.card or one.slice is None or one.slice.dimension != dimension:
            continue
        stages = tuple(stage for stage in formula.stages if stage in one.stages)
        if formula.stages and not stages:
            continue
        met = None if formula.met is None else replace(formula.met, of=one.id)
        yield replace(
            formula,
            met=met,
            spread_of=one.id if formula.spread_of else "",
            stages=stages,
            slice=one.slice,
        )


def _slices(formula: Formula, dimension: str, shelf: Shelf) -> Iterator[Formula]:
    """Give a formula for each value of a dimension.

    Each is the same formula over the rows of one value, so that whatever is true of formulas
    (exactness, who is asked, what is hidden) is true of slices.
    """
    terms = [term for part in formula.parts.values() for term in part.terms]
    names = dict.fromkeys(measure.sheet for measure, _ in terms if measure.sheet != PLACES)
    tables = [shelf.tables[name] for name in names]
    values = slices_of(dimension, tables, shelf.codes)
    if values is None or not formula.parts:
        message = f"指标 {formula.id} 不能按 {dimension} 细分"
        raise CannotFigureError(message)
    for one in values:
        counts_schools = any(measure.sheet == PLACES for measure, _ in terms)
        if (formula.weights is not None or counts_schools) and not one.by_place:
            # Neither what a school's stages share nor the school itself has rows to tell apart.
            message = f"指标 {formula.id} 数学校或有折算办法，只能按学校的属性或分组细分"
            raise CannotFigureError(message)
        stages = formula.stages
        if one.stage is not None and stages:
            # 七年级 of primary schools is nothing, not zero.
            stages = tuple(stage for stage in stages if stage is one.stage)
            if not stages:
                continue
        yield replace(
            formula,
            numerator=sliced(formula.numerator, one, shelf) if formula.numerator else None,
            denominator=sliced(formula.denominator, one, shelf) if formula.denominator else None,
            stages=stages,
            slice=one.slice,
        )


def _stages(card: Indicator, on: date) -> tuple[Stage, ...] | None:
    """Give the stages in which all lines are in force; None where it cannot be figured at all."""
    alive = [in_force(card.lines[name], on) for name in lines_of(card)]
    if not all(alive):
        return None
    stages = tuple(
        stage
        for stage in card.stages
        if all(any(one.stage in {None, stage} for one in values) for values in alive)
    )
    return None if card.stages and not stages else stages


def _plain(card: Indicator, stages: tuple[Stage, ...], shelf: Shelf, on: date) -> Formula:
    of = card.numerator if card.kind == "ratio" else card.of
    if of is None or (card.kind == "ratio") != (card.denominator is not None):
        raise CannotFigureError(f"指标 {card.indicator} 的 kind 与它的分子、分母不符")
    population = shelf.populations[card.population] if card.population else None
    formula = Formula(
        card=card,
        numerator=part(of.sum, card.lines, on, shelf),
        denominator=part(card.denominator.sum, card.lines, on, shelf) if card.denominator else None,
        stages=stages,
        counted=_counted(population, on, shelf) if population is not None else None,
        weights=_weights(shelf.splits[card.split], on) if card.split else None,
    )
    _check(formula, shelf)
    return formula


def _spread(card: Indicator, base: Formula | None, stages: tuple[Stage, ...]) -> Formula:
    if base is None or base.denominator is None:
        raise CannotFigureError(f"指标 {card.indicator} 求差异系数的对象不是比值")
    # The weighted mean and the deviations from it would be of two groups of schools.
    if card.population not in {"", base.card.population}:
        raise CannotFigureError(f"指标 {card.indicator} 与 {base.id} 的统计范围不同")
    if not stages or not set(stages) <= set(base.stages):
        raise CannotFigureError(f"指标 {card.indicator} 的学段不在 {base.id} 的学段之内")
    if "school" in card.levels or "school_stage" in card.levels:
        raise CannotFigureError(f"指标 {card.indicator} 是学校之间的差异，不能按单个学校计算")
    return Formula(card, stages=stages, counted=base.counted, spread_of=base.id)


def _share(card: Indicator, base: Formula | None, shelf: Shelf, on: date) -> Formula:
    share = card.share_of
    if base is None or share is None or base.denominator is None:
        raise CannotFigureError(f"指标 {card.indicator} 求达标比例的对象不是比值")
    # A share counts places, and each place once: one by stages would count a nine-year school
    # twice.
    if base.stages or card.stages or base.counted is not None:
        raise CannotFigureError(f"指标 {card.indicator} 求达标比例的对象只能按全校计算、不限范围")
    fields = {name: table_and_field(name, shelf)[1] for name in share.where if "." in name}
    met = Met(
        of=base.id,
        lines=tuple(sides("value", share.meets, card.lines, on)),
        tests=tuple(
            replace(one, column=beside_name(one.column))
            for one in tests(share.where, fields, card.lines, on)
        ),
        fields=fields,
    )
    return Formula(card, met=met)


def _counted(population: Population, on: date, shelf: Shelf) -> Counted:
    pupils = part([population.pupils], {}, on, shelf)
    return Counted(population, pupils, tuple(in_force(population.exclude, on)))


def _weights(split: Split, on: date) -> Weights:
    values = in_force(split.values, on)
    # 1 : 1.1 : 1.32 becomes 100 : 110 : 132, so that engines multiply whole numbers.
    scale = lcm(*(Fraction(w).denominator for one in values for w in one.weights.values()))
    by_type: dict[str, dict[Stage, int]] = {}
    for one in values:
        whole = {stage: int(Fraction(weight) * scale) for stage, weight in one.weights.items()}
        # The first in force holds, as of all dated values.
        by_type.setdefault(one.school_type, whole)
    return Weights(split.split, scale, by_type)


def _check(formula: Formula, shelf: Shelf) -> None:
    """Refuse what cannot be counted: a stage's part of what belongs to the school as one."""
    for name, one in formula.parts.items():
        for measure, _ in one.terms:
            known = shape(measure.sheet, shelf)
            if known.by_county and formula.areas != ("county",):
                message = f"指标 {formula.id} 用到县级报表 {measure.sheet}，只能按县计算"
                raise CannotFigureError(message)
            divided = formula.weights is not None and name == "numerator"
            if formula.stages and known.staged == divided:
                message = f"指标 {formula.id} 分学段计算，表 {measure.sheet} "
                message += "已分学段，不用折算" if divided else "不分学段，须有折算办法"
                raise CannotFigureError(message)
    if formula.weights is not None and not _divides_by_pupils(formula, shelf):
        message = f"指标 {formula.id} 有折算办法，要分学段计算，分母是人数"
        raise CannotFigureError(message)


def _divides_by_pupils(formula: Formula, shelf: Shelf) -> bool:
    if not formula.stages or formula.denominator is None:
        return False
    fields = [measure.field for measure, _ in formula.denominator.terms]
    return all(fields) and all(
        UNITS[table_and_field(f"{measure.sheet}.{measure.field}", shelf)[1].unit].dimension
        == "people"
        for measure, _ in formula.denominator.terms
    )
