"""Numerators and denominators at every level, from the bases.

For a formula ``x`` a frame has, as far as they exist,

================== ==========================================================================
``x:numerator``    Int64, in steps of ``1 ÷ formula.numerator.scale``
``x:denominator``  Int64, likewise
``x:hidden``       how many numbers are hidden in it; absent where none is in the whole frame
``x:void``         whether it does not apply there; absent where it always does. Of a ratio: one
                   of its numbers is said not to; of a sum: one is, and none is given. Areas have
                   it for sums only: whose ratio does not apply has left both parts of theirs
``x:partly``       sums and shares: whether some of it does not apply; absent likewise
``x:weight``       school-stages that divide what is shared: their whole weight, and both parts
                   are those of ``dividing.py``; null for the others
``x:pupils``       beside ``x:weight``: the denominator as it is counted
``x:shared``       areas: Float64, what the school-stages that divide something add to the
                   numerator, which is that of the others alone
``x:value``        areas, spreads: Float64, the coefficient itself
================== ==========================================================================

Parts are null in stages in which a formula is not figured, and in school-stages that a
population leaves out. Frames hold 0 where nobody was asked: who was asked, and who is missing, is
told where figures are made (``figures.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from xianxue.bureau.indicators.amounts import added_marks, amount, given
from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.dividing import sharers_name, undivided_name, weight_name
from xianxue.bureau.indicators.engine import Expr, Lines, Words
from xianxue.bureau.indicators.formulas import Formula
from xianxue.bureau.indicators.keys import as_text, is_stage
from xianxue.bureau.indicators.members import counts_name, unsure_name
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.shares import share_rows
from xianxue.bureau.values.units import UNITS

KEYS: Final = ["county", "township", "place", "stage"]
"""Behind ``period``; ``stage`` only where stages are figured one by one."""


def own_parts(formula: Formula, plan: Plan) -> dict[str, Expr]:
    """Give a formula's parts as one school-stage or place has them."""
    words = plan.words
    parts = {name: amount(one, plan) for name, one in formula.parts.items()}
    if formula.weights is None or formula.denominator is None:
        return parts
    total, pupils = parts["numerator"], parts["denominator"]
    mine = words.col(weight_name(formula.weights))
    sharers = words.col(sharers_name(formula.weights, formula.denominator, plan)).fill_null(0)
    # Without pupils of its own a stage has no part, however many the school has.
    together = words.when(pupils > 0).then(sharers).otherwise(words.lit(0, words.Int64))
    return {
        "numerator": words.when(mine.is_null()).then(total).otherwise(total * mine),
        "denominator": words.when(mine.is_null()).then(pupils).otherwise(together),
        "weight": mine,
        "pupils": pupils,
    }


def hidden_marks(formula: Formula, plan: Plan, columns: Collection[str]) -> list[str]:
    """Give the columns that count what is hidden of a formula, as far as they are there."""
    marks = [hidden_mark(name) for part in formula.parts.values() for name in plan.columns(part)]
    if formula.weights is not None and formula.denominator is not None:
        marks.append(hidden_mark(sharers_name(formula.weights, formula.denominator, plan)))
        marks.append(undivided_name(formula.weights, formula.denominator, plan))
    if formula.counted is not None:
        marks.append(unsure_name(formula.counted))
    if formula.denominator is not None and formula.is_mixed(plan.shelf):
        # Only one of its parts could leave: what the ratio would be then, nobody knows.
        marks += _void_marks(formula, plan)
    return [mark for mark in dict.fromkeys(marks) if mark in columns]


def _void_marks(formula: Formula, plan: Plan) -> list[str]:
    return [void_mark(name) for part in formula.parts.values() for name in plan.columns(part)]


def own_hidden(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Count what is hidden in a line; None where nothing can be."""
    return added_marks(plan.words, hidden_marks(formula, plan, columns))


def own_void(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Whether a formula does not apply in a line; None where it always does.

    A ratio does not where any of its numbers is said not to: the others alone would be too few,
    and that is how a zero would count. A sum has what is given of it; a number of things may be 0.
    """
    if formula.card.kind == "count":
        return None
    if formula.denominator is None:
        said = _said_void(formula, plan, columns)
        there = None if formula.numerator is None else given(formula.numerator, plan, columns)
        return None if said is None or there is None else (said > 0) & (there == 0)
    if formula.is_mixed(plan.shelf):
        return None
    said = _said_void(formula, plan, columns)
    return None if said is None else said > 0


def own_partly(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Whether some of a sum is said not to apply; None where nothing is, or it is a ratio."""
    said = _said_void(formula, plan, columns) if formula.denominator is None else None
    return None if said is None else said > 0


def _said_void(formula: Formula, plan: Plan, columns: Collection[str]) -> Expr | None:
    marks = _void_marks(formula, plan)
    if formula.weights is not None and formula.denominator is not None:
        # What stages share cannot be divided where the pupils of one of them do not apply.
        marks.append(void_mark(sharers_name(formula.weights, formula.denominator, plan)))
    return added_marks(plan.words, (mark for mark in dict.fromkeys(marks) if mark in columns))


def figured(words: Words, formula: Formula, part: Expr) -> Expr:
    """Keep a part in those stages only in which the formula is figured."""
    if not formula.stages:
        return part
    if formula.counted is not None and set(formula.counted.card.stages) <= set(formula.stages):
        # Who does not count is left out already.
        return part
    return words.when(is_stage(words, formula.stages)).then(part)


def own_level(lines: Lines, formulas: Sequence[Formula], plan: Plan) -> Lines:
    """Give the parts of each school-stage or school by itself."""
    words = plan.words
    columns = frozenset(lines.collect_schema().names())
    found: list[Expr] = []
    for formula in formulas:
        if formula.met is not None:
            found += [one.alias(name) for name, one in share_rows(formula, plan, columns).items()]
            continue
        for name, one in own_parts(formula, plan).items():
            kept = one
            if formula.counted is not None:
                kept = words.when(words.col(counts_name(formula.counted))).then(one)
            found.append(figured(words, formula, kept).alias(formula.column(name)))
        hides = own_hidden(formula, plan, columns)
        if hides is not None:
            found.append(hides.alias(formula.column("hidden")))
        not_there = own_void(formula, plan, columns)
        if not_there is not None:
            found.append(not_there.alias(formula.column("void")))
        partly = own_partly(formula, plan, columns)
        if partly is not None:
            found.append(partly.alias(formula.column("partly")))
    keys = [key for key in KEYS if key in columns]
    return lines.select(*as_text(words, plan.periods, keys), *found)


def value(words: Words, formula: Formula, columns: Collection[str]) -> Expr:
    """Give a formula's value in its unit as Float64, of the columns of any level."""

    def part(name: str) -> Expr:
        return words.col(formula.column(name))

    scales = {name: one.scale for name, one in formula.parts.items()}
    if formula.spread_of:
        found = part("value")
    else:
        found = part("numerator").cast(words.Float64)
        if formula.column("shared") in columns:
            found = found + part("shared")
    if formula.card.kind in {"ratio", "share"}:
        per = UNITS[formula.card.unit].per * scales.get("denominator", 1)
        whole = part("denominator")
        found = words.when(whole > 0).then(found / whole * (per / scales.get("numerator", 1)))
    elif formula.numerator is not None:
        found = found / formula.numerator.scale
    # A rate of what is there alone is no rate: what is hidden or does not apply makes it null.
    for mark in ("hidden", "void"):
        if formula.column(mark) in columns:
            # One mark is a count, the other yes or no: as whole numbers they are asked alike.
            found = words.when(part(mark).cast(words.Int64) == 0).then(found)
    return found
