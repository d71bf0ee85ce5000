"""What a school's stages share, divided by pupils times weight.

A stage's part of a total ``T`` is ``T · n_s·w_s ÷ Σ n_k·w_k``. Divided by its pupils ``n_s`` that
is ``T·w_s ÷ Σ n_k·w_k``: two whole numbers, so a school-stage's own ratio stays exact. Weights
are whole numbers here (``Weights.scale``).
"""

from __future__ import annotations

from collections.abc import Collection

from xianxue.bureau.indicators.amounts import amount, hidden, void
from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Expr, Words
from xianxue.bureau.indicators.formulas import Weights
from xianxue.bureau.indicators.keys import is_stage
from xianxue.bureau.indicators.measures import Part
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.places.stages import Stage


def weight_name(weights: Weights) -> str:
    """Name the column of a stage's whole weight; null where its school shares nothing."""
    return f"{weights.split}:weight"


def weight(words: Words, weights: Weights) -> Expr:
    """Give a stage's whole weight; null where its school shares nothing."""
    found = words.lit(None, words.Int64)
    for school_type, by_stage in weights.by_type.items():
        for stage, whole in by_stage.items():
            here = (words.col("school_type") == school_type) & is_stage(words, [stage])
            found = words.when(here).then(words.lit(whole, words.Int64)).otherwise(found)
    return found


def sharers_name(weights: Weights, pupils: Part, plan: Plan) -> str:
    """Name the column of ``Σ n_k·w_k`` over a school's stages; null where nothing is shared."""
    return ":".join([weights.split, *plan.columns(pupils)])


def undivided_name(weights: Weights, pupils: Part, plan: Plan) -> str:
    """Name the column that is set where stages share something and no weights are declared."""
    return sharers_name(weights, pupils, plan) + "~"


def sharing(
    weights: Weights, pupils: Part, plan: Plan, columns: Collection[str]
) -> tuple[Expr, dict[str, Expr]]:
    """Say which school-stages share something, and what to add up over those of a place.

    That is how many sharers they have together, and who cannot be divided: a school whose type
    has weights for some of its stages only, or that has stages besides those of its type and no
    weights. Its part of each figure is hidden.
    """
    words = plan.words
    mine = weight(words, weights)
    shares = ~mine.is_null()
    # Attached classes (附设班): nothing says how much of the rooms is theirs, and to give them none
    # or all would be a guess.
    beyond = ~shares & _beyond_its_type(plan)
    name = sharers_name(weights, pupils, plan)
    sums = {
        name: amount(pupils, plan) * mine,
        undivided_name(weights, pupils, plan): beyond.cast(words.Int64),
    }
    hides = hidden(pupils, plan, columns)
    if hides is not None:
        sums[hidden_mark(name)] = words.when(shares).then(hides)
    not_there = void(pupils, plan, columns)
    if not_there is not None:
        sums[void_mark(name)] = words.when(shares).then(not_there)
    return shares | beyond, sums


def _beyond_its_type(plan: Plan) -> Expr:
    """Whether a stage is not the only one that its school's type has."""
    words = plan.words
    if "school_types" not in plan.shelf.codes:
        return words.lit(value=False)
    alone: dict[Stage, list[str]] = {}
    for entry in plan.shelf.codes["school_types"].entries:
        # A type of one stage has it alone; such a school divides nothing.
        if len(entry.stages) == 1:
            alone.setdefault(entry.stages[0], []).append(entry.code)
    found = words.lit(value=False)
    for stage, types in alone.items():
        found = found | (is_stage(words, [stage]) & words.col("school_type").is_in(types))
    return ~found
