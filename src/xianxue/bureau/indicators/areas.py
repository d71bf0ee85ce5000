"""Townships and counties: what their school-stages or schools come to together.

First every line gets the columns that can simply be added, then these are added up, then
numerators and denominators are made of the sums. A county is the sum of its townships and of
what lies in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.amounts import amount
from xianxue.bureau.indicators.bases import void_marks
from xianxue.bureau.indicators.dividing import sharers_name, weight_name
from xianxue.bureau.indicators.engine import Lines, joined
from xianxue.bureau.indicators.formulas import Area, Formula, Weights
from xianxue.bureau.indicators.levels import own_hidden, own_parts, own_void
from xianxue.bureau.indicators.members import counts_name
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.shares import share_rows

_AREA: Final = ["period", "county", "township"]


def area_levels(lines: Lines, formulas: Sequence[Formula], plan: Plan) -> dict[Area, Lines]:
    """Add up a base for some formulas, either all of them figured by stage or none."""
    stage = ["stage"] if formulas[0].stages else []
    by_population: dict[str, list[Formula]] = {}
    for formula in formulas:
        name = counts_name(formula.counted) if formula.counted is not None else ""
        by_population.setdefault(name, []).append(formula)
    found: dict[Area, list[Lines]] = {"township": [], "county": []}
    for name, mine in by_population.items():
        members = lines.filter(nw.col(name)) if name else lines
        members = members.filter(~nw.col("stage").is_null()) if stage else members
        for area, frame in _added_up(members, mine, plan, [*_AREA, *stage]).items():
            found[area].append(frame)
    keys = ["period", "county", "township", "place", *stage]
    return {area: joined(frames, keys, []) for area, frames in found.items() if frames}


def _added_up(
    members: Lines, formulas: Sequence[Formula], plan: Plan, keys: list[str]
) -> dict[Area, Lines]:
    columns = members.collect_schema().names()
    rows = _addable(formulas, plan, columns)
    lines = members.select(*keys, *(one.alias(name) for name, one in rows.items()))
    # Collected here, because both levels are made of it and it is small.
    townships = lines.group_by(*keys).agg(nw.col(*rows).sum()).collect().lazy()
    above = [key for key in keys if key != "township"]
    county = townships.group_by(*above).agg(nw.col(*rows).sum())
    inside = townships.filter(nw.col("township") != "")
    wanted: dict[Area, Lines] = {
        "township": inside.with_columns(nw.col("township").alias("place")),
        "county": county.with_columns(
            nw.lit("").alias("township"), nw.col("county").alias("place")
        ),
    }
    stage = [key for key in keys if key == "stage"]
    return {
        area: frame.select(
            "period",
            "county",
            "township",
            "place",
            *stage,
            *_outputs([one for one in formulas if area in one.areas], plan, list(rows)),
        )
        for area, frame in wanted.items()
    }


def _addable(formulas: Sequence[Formula], plan: Plan, columns: Sequence[str]) -> dict[str, nw.Expr]:
    """Give the columns that can be added up over school-stages or places."""
    found: dict[str, nw.Expr] = {}
    for formula in formulas:
        if formula.met is not None:
            found |= share_rows(formula, plan, columns)
            continue
        base = plan.formulas[formula.spread_of] if formula.spread_of else formula
        hides = own_hidden(base, plan, columns)
        if hides is not None:
            found[f"{formula.id}.hidden"] = hides
        if formula.spread_of:
            found |= _spread_rows(formula, base, plan)
        elif formula.weights is not None:
            found |= _divided_rows(formula, formula.weights, plan)
    divided = {name for one in formulas if one.weights is not None for name in _totals(one, plan)}
    measures = plan.measures([one for one in formulas if not one.spread_of])
    for name, _ in measures:
        if name not in divided:
            found[name] = nw.col(name)
    for mark in void_marks(columns, measures):
        found[mark] = nw.col(mark)
    return found


def _totals(formula: Formula, plan: Plan) -> list[str]:
    part = formula.numerator
    return [plan.names[measure] for measure, _ in part.terms] if part is not None else []


def _divided_rows(formula: Formula, weights: Weights, plan: Plan) -> dict[str, nw.Expr]:
    """Keep apart what is exact, and what the stages of a school divide among themselves."""
    if formula.numerator is None or formula.denominator is None:
        return {}
    mine = nw.col(weight_name(weights))
    sharers = nw.col(sharers_name(weights, formula.denominator, plan)).cast(nw.Float64)
    total = amount(formula.numerator, plan.names)
    pupils = amount(formula.denominator, plan.names)
    part = total.cast(nw.Float64) * pupils * mine / sharers
    return {
        f"{formula.id}.own": nw.when(mine.is_null()).then(total),
        f"{formula.id}.shared": nw.when(~mine.is_null() & (pupils > 0)).then(part),
    }


def _spread_rows(formula: Formula, base: Formula, plan: Plan) -> dict[str, nw.Expr]:
    """Give what 差异系数 is made of: pupils, and pupils times ratio and its square.

    A school-stage without pupils has no ratio and no weight.
    """
    if base.denominator is None:
        return {}
    parts = own_parts(base, plan)
    pupils = amount(base.denominator, plan.names)
    ratio = parts["numerator"].cast(nw.Float64) / parts["denominator"].cast(nw.Float64)
    has_pupils = parts["denominator"] > 0
    return {
        f"{formula.id}.pupils": nw.when(has_pupils).then(pupils.cast(nw.Float64)),
        f"{formula.id}.total": nw.when(has_pupils).then(pupils * ratio),
        f"{formula.id}.squares": nw.when(has_pupils).then(pupils * ratio * ratio),
    }


def _outputs(formulas: Sequence[Formula], plan: Plan, columns: Sequence[str]) -> list[nw.Expr]:
    """Give the parts of each formula, of columns that have been added up."""
    found: list[nw.Expr] = []
    for formula in formulas:
        parts = _area_parts(formula, plan)
        not_there = own_void(formula, plan, columns)
        if not_there is not None:
            parts["void"] = not_there
        if f"{formula.id}.hidden" in columns:
            parts["hidden"] = nw.col(f"{formula.id}.hidden")
        found += [one.alias(f"{formula.id}.{name}") for name, one in parts.items()]
    return found


def _area_parts(formula: Formula, plan: Plan) -> dict[str, nw.Expr]:
    if formula.met is not None:
        return {name: nw.col(f"{formula.id}.{name}") for name in ("numerator", "denominator")}
    if formula.spread_of:
        pupils, total, squares = (
            nw.col(f"{formula.id}.{name}") for name in ("pupils", "total", "squares")
        )
        square = pupils * squares / (total * total) - 1
        # Equal ratios may come out a hair below 0 in floating point.
        return {"value": nw.when(square > 0).then(square).otherwise(nw.lit(0.0)).sqrt()}
    parts = {name: amount(one, plan.names) for name, one in formula.parts.items()}
    if formula.weights is not None:
        parts["numerator"] = nw.col(f"{formula.id}.own")
        parts["shared"] = nw.col(f"{formula.id}.shared")
    return parts
