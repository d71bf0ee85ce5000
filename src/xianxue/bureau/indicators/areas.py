"""Townships and counties: what their school-stages or schools come to together.

First every line gets the columns that can simply be added, then these are added up, then
numerators and denominators are made of the sums. A county is the sum of its townships and of
what lies in none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from xianxue.bureau.indicators.amounts import amount
from xianxue.bureau.indicators.columns import void_mark
from xianxue.bureau.indicators.dividing import sharers_name, weight_name
from xianxue.bureau.indicators.engine import Expr, Lines, joined
from xianxue.bureau.indicators.formulas import Area, Formula, Weights
from xianxue.bureau.indicators.keys import AREA, as_text, in_township
from xianxue.bureau.indicators.levels import figured, hidden_marks, own_hidden, own_parts, own_void
from xianxue.bureau.indicators.members import counts_name
from xianxue.bureau.indicators.plan import Plan, parts_of
from xianxue.bureau.indicators.shares import share_rows
from xianxue.bureau.indicators.sums import given_mark, whole_sums

_FLOATS: Final = frozenset({"shared", "total", "squares"})
"""The parts that are no whole numbers: what schools divide, and what spreads are made of.

They are for values in bulk alone. Figures, and so all verdicts, take these parts from fractions
(``figures.py``): a sum of floats depends on its order, hence on the engine.
"""


def area_levels(lines: Lines, formulas: Sequence[Formula], plan: Plan) -> dict[Area, Lines]:
    """Add up a base for some formulas, either all of them figured by stage or none."""
    words = plan.words
    stage = ["stage"] if formulas[0].stages else []
    by_population: dict[str, list[Formula]] = {}
    for formula in formulas:
        name = counts_name(formula.counted) if formula.counted is not None else ""
        by_population.setdefault(name, []).append(formula)
    found: dict[Area, list[Lines]] = {"township": [], "county": []}
    for name, mine in by_population.items():
        # Filtered before anything is added: what was added up together cannot be taken apart again.
        members = lines.filter(words.col(name)) if name else lines
        for area, frame in _added_up(members, mine, plan, stage).items():
            found[area].append(frame)
    keys: dict[Area, list[str]] = {"township": [*AREA, *stage], "county": ["county", *stage]}
    return {
        area: _named(joined(words, frames, keys[area]), area, plan)
        for area, frames in found.items()
    }


def _added_up(
    members: Lines, formulas: Sequence[Formula], plan: Plan, stage: list[str]
) -> dict[Area, Lines]:
    words = plan.words
    bases = dict.fromkeys(one.spread_of for one in formulas if one.spread_of)
    compared = [plan.formulas[name] for name in bases]
    columns = frozenset(members.collect_schema().names())
    ratios = [_ratio(one, plan, columns).alias(one.column("ratio")) for one in compared]
    members = members.with_columns(*ratios) if ratios else members
    rows = _addable(formulas, plan, columns)
    lines = members.select(*AREA, *stage, *(one.alias(name) for name, one in rows.items()))
    parts = [name for name in rows if name.rpartition(":")[2] in _FLOATS]
    # Whole numbers and floats apart: the cast that keeps the former exact would cut the latter off.
    sums = [whole_sums(words, [name for name in rows if name not in parts])]
    sums += [words.col(*parts).sum()] if parts else []
    # Run here, because both levels are made of it and it is small.
    townships = plan.engine.kept(lines.group_by(*AREA, *stage).agg(*sums))
    counties = townships.group_by("county", *stage).agg(*sums)
    # Schools in no township count for the county too; there is no township to show them in.
    inside = townships.filter(in_township(words))
    return {
        "township": inside.select(*AREA, *stage, *_outputs("township", formulas, plan, rows)),
        "county": counties.select("county", *stage, *_outputs("county", formulas, plan, rows)),
    }


def _named(lines: Lines, area: Area, plan: Plan) -> Lines:
    """Write codes in place of numbers; an area stands in the column of places too."""
    words = plan.words
    there = lines.collect_schema().names()
    keys = [key for key in (*AREA, "stage") if key in there]
    own = [words.lit("").alias("township")] if area == "county" else []
    named = lines.with_columns(*as_text(words, plan.periods, keys), *own)
    order = ["period", *AREA, "place", *(key for key in keys if key == "stage")]
    rest = [name for name in there if name not in keys]
    return named.with_columns(words.col(area).alias("place")).select(*order, *rest)


def _addable(formulas: Sequence[Formula], plan: Plan, columns: Collection[str]) -> dict[str, Expr]:
    """Give the columns that can be added up over school-stages or places."""
    col = plan.words.col
    found: dict[str, Expr] = {}
    for formula in formulas:
        if formula.met is not None:
            found |= share_rows(formula, plan, columns)
            continue
        leaves = None if formula.denominator is None else own_void(formula, plan, columns)
        if formula.spread_of:
            found |= _spread_rows(formula, plan)
        elif formula.weights is not None:
            found |= _divided_rows(formula, formula.weights, plan, leaves)
        if leaves is not None:
            found |= _rows_of_others(formula, plan, leaves)
        base = plan.formulas[formula.rests_on] if formula.rests_on else formula
        found |= {mark: col(mark) for mark in hidden_marks(base, plan, columns)}
    divided = {name for one in formulas if one.weights is not None for name in _totals(one, plan)}
    names = [
        name
        for one in formulas
        if not one.spread_of
        for part in parts_of(one)
        for name in plan.columns(part)
    ]
    marks = (mark(name) for name in names for mark in (void_mark, given_mark))
    kept = [name for name in names if name not in divided]
    kept += [mark for mark in marks if mark in columns]
    return found | {name: col(name) for name in kept}


def _totals(formula: Formula, plan: Plan) -> list[str]:
    part = formula.numerator
    return plan.columns(part) if part is not None else []


def _rows_of_others(formula: Formula, plan: Plan, leaves: Expr) -> dict[str, Expr]:
    """Give both parts of the lines in which a ratio applies: the others leave both.

    Only such formulas have columns of their own here; the rest are made of the shared ones.
    """
    when = plan.words.when
    return {
        formula.column(name): when(~leaves).then(amount(one, plan))
        for name, one in formula.parts.items()
    }


def _divided_rows(
    formula: Formula, weights: Weights, plan: Plan, leaves: Expr | None
) -> dict[str, Expr]:
    """Keep apart what is exact, and what the stages of a school divide among themselves."""
    if formula.numerator is None or formula.denominator is None:
        return {}
    words = plan.words
    mine = words.col(weight_name(weights))
    sharers = words.col(sharers_name(weights, formula.denominator, plan)).cast(words.Float64)
    total = amount(formula.numerator, plan)
    pupils = amount(formula.denominator, plan)
    # In floats from the first factor on: multiplied out, three whole numbers might leave 64 bits.
    part = total.cast(words.Float64) * pupils * mine / sharers
    stays = words.lit(value=True) if leaves is None else ~leaves
    return {
        formula.column("own"): words.when(mine.is_null() & stays).then(total),
        formula.column("shared"): words.when(~mine.is_null() & (pupils > 0) & stays).then(part),
    }


def _ratio(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr:
    """Give a school-stage's own ratio as Float64; null where it has none or it does not apply."""
    words = plan.words
    parts = own_parts(formula, plan)
    has_one = parts["denominator"] > 0
    leaves = own_void(formula, plan, columns)
    if leaves is not None:
        has_one = has_one & ~leaves
    # Without «otherwise»: a school-stage that has no ratio is null and adds nothing, where 0 would
    # be the poorest of all.
    there = words.when(has_one).then(parts["numerator"].cast(words.Float64))
    return there / parts["denominator"].cast(words.Float64)


def _spread_rows(formula: Formula, plan: Plan) -> dict[str, Expr]:
    """Give what 差异系数 is made of: pupils, and pupils times ratio and its square.

    A school-stage without pupils has no ratio and no weight, nor has one whose ratio does not
    apply.
    """
    base = plan.formulas[formula.spread_of]
    if base.denominator is None:
        return {}
    words = plan.words
    ratio = words.col(base.column("ratio"))
    pupils = amount(base.denominator, plan)
    return {
        formula.column("total"): pupils * ratio,
        formula.column("squares"): pupils * ratio * ratio,
        formula.column("pupils"): words.when(~ratio.is_null()).then(pupils),
    }


def _outputs(
    area: Area, formulas: Sequence[Formula], plan: Plan, columns: Collection[str]
) -> list[Expr]:
    """Give the parts of each formula, of columns that have been added up."""
    found: list[Expr] = []
    for formula in formulas:
        if area not in formula.areas:
            continue
        parts = _area_parts(formula, plan, columns)
        if formula.denominator is None and formula.met is None:
            not_there = own_void(formula, plan, columns)
            if not_there is not None:
                parts["void"] = not_there
        hides = _hidden(formula, plan, columns)
        if hides is not None:
            parts["hidden"] = hides
        found += [
            figured(plan.words, formula, one).alias(formula.column(name))
            for name, one in parts.items()
        ]
    return found


def _hidden(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr | None:
    if formula.met is not None:
        return plan.words.col(formula.column("hidden"))
    base = plan.formulas[formula.spread_of] if formula.spread_of else formula
    return own_hidden(base, plan, columns)


def _area_parts(formula: Formula, plan: Plan, columns: Collection[str]) -> dict[str, Expr]:
    words = plan.words
    if formula.met is not None:
        return {name: words.col(formula.column(name)) for name in ("numerator", "denominator")}
    if formula.spread_of:
        if plan.formulas[formula.spread_of].denominator is None:
            return {}
        pupils = words.col(formula.column("pupils"))
        total = words.col(formula.column("total"))
        squares = words.col(formula.column("squares"))
        square = pupils * squares / (total * total) - 1
        # Equal ratios may come out a hair below 0 in floating point.
        return {"value": words.when(square > 0).then(square).otherwise(words.lit(0.0)).sqrt()}
    parts = {
        name: words.col(own) if (own := formula.column(name)) in columns else amount(one, plan)
        for name, one in formula.parts.items()
    }
    if formula.weights is not None:
        parts["numerator"] = words.col(formula.column("own"))
        parts["shared"] = words.col(formula.column("shared"))
    return parts
