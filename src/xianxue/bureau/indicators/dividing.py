"""What a school's stages share, divided by pupils times weight.

A stage's part of a total ``T`` is ``T · n_s·w_s ÷ Σ n_k·w_k``. Divided by its pupils ``n_s`` that
is ``T·w_s ÷ Σ n_k·w_k``: two whole numbers, so a school-stage's own ratio stays exact. Weights
are whole numbers here (``Weights.scale``).
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.amounts import amount, hidden
from xianxue.bureau.indicators.columns import hidden_mark
from xianxue.bureau.indicators.engine import PLACE, Lines
from xianxue.bureau.indicators.formulas import Weights
from xianxue.bureau.indicators.measures import Part
from xianxue.bureau.indicators.plan import Plan


def weight_name(weights: Weights) -> str:
    """Name the column of a stage's whole weight; null where its school shares nothing."""
    return f"{weights.split}:weight"


def weight(weights: Weights) -> nw.Expr:
    """Give a stage's whole weight; null where its school shares nothing."""
    found: nw.Expr | None = None
    for school_type, by_stage in weights.by_type.items():
        for stage, whole in by_stage.items():
            here = (nw.col("school_type") == school_type) & (nw.col("stage") == stage.value)
            then = nw.when(here).then(nw.lit(whole, nw.Int64))
            found = then if found is None else then.otherwise(found)
    return nw.lit(None, nw.Int64) if found is None else found


def sharers_name(weights: Weights, pupils: Part, plan: Plan) -> str:
    """Name the column of ``Σ n_k·w_k`` over a school's stages; null where nothing is shared."""
    terms = "+".join(f"{multiple}{plan.names[measure]}" for measure, multiple in pupils.terms)
    return f"{weights.split}:{terms}"


def undivided_name(weights: Weights, pupils: Part, plan: Plan) -> str:
    """Name the column that is set where stages share something and no weights are declared."""
    return sharers_name(weights, pupils, plan) + "~"


def sharing(stages: Lines, weights: Weights, pupils: Part, plan: Plan) -> list[Lines]:
    """Give, by place, how many sharers its stages have together, and who cannot be divided.

    ``stages`` has a line a school-stage with its pupils. A school whose type has weights for some
    of its stages only, or that has stages besides those of its type and no weights, cannot be
    divided: its part of each figure is hidden.
    """
    columns = stages.collect_schema().names()
    name = sharers_name(weights, pupils, plan)
    weighed = stages.with_columns(weight(weights).alias("weight"))
    shared = weighed.filter(~nw.col("weight").is_null())
    sharers = [(amount(pupils, plan.names) * nw.col("weight")).alias(name)]
    hides = hidden(pupils, plan.names, columns)
    if hides is not None:
        sharers.append(hides.alias(hidden_mark(name)))
    names = [name] if hides is None else [name, hidden_mark(name)]
    found = [shared.select(*PLACE, *sharers).group_by(*PLACE).agg(nw.col(*names).sum())]
    if "school_types" in plan.shelf.codes:
        odd = weighed.filter(nw.col("weight").is_null() & _beyond_its_type(plan))
        mark = nw.lit(1, nw.Int64).alias(undivided_name(weights, pupils, plan))
        found.append(odd.select(*PLACE).unique(list(PLACE)).with_columns(mark))
    return found


def _beyond_its_type(plan: Plan) -> nw.Expr:
    """Whether a stage is not the only one that its school's type has."""
    alone: dict[str, list[str]] = {}
    for entry in plan.shelf.codes["school_types"].entries:
        if len(entry.stages) == 1:
            alone.setdefault(entry.stages[0].value, []).append(entry.code)
    found = nw.lit(value=False)
    for stage, types in alone.items():
        found = found | ((nw.col("stage") == stage) & nw.col("school_type").is_in(types))
    return ~found
