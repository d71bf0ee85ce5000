"""Which school-stages belong to a population."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce

from xianxue.bureau.indicators.amounts import amount, hidden, void
from xianxue.bureau.indicators.engine import Expr, Words
from xianxue.bureau.indicators.formulas import Counted
from xianxue.bureau.indicators.keys import is_stage
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.kinds.standard import Exclusion


def counts_name(counted: Counted) -> str:
    """Name the column that says whether a school-stage belongs to a population."""
    return f"{counted.card.population}:counts"


def unsure_name(counted: Counted) -> str:
    """Name the column that is set where nobody can say, because pupils are not known."""
    return f"{counted.card.population}:unsure"


def few(
    counted: Counted, plan: Plan, columns: Collection[str]
) -> tuple[Expr, dict[str, Expr]] | None:
    """Say which school-stages may be too small to count, and what to add up over each place's.

    That is, for each exclusion below a number of pupils, the pupils of all the population's
    stages together, how many rows hide some, and how many stages there are. None where size does
    not matter. Pupils who are said not to apply are no zero either: nobody leaves a standard by
    writing 不适用.
    """
    words = plan.words
    sums: dict[str, Expr] = {}
    concerned: Expr | None = None
    unknown = [one(counted.pupils, plan, columns) for one in (hidden, void)]
    marked = [one for one in unknown if one is not None]
    hides = reduce(lambda one, other: one + other, marked) if marked else None
    for name, exclusion in _thresholds(counted):
        mine = words.col("school_type").is_in(exclusion.school_types)
        mine = mine & is_stage(words, counted.card.stages)
        concerned = mine if concerned is None else concerned | mine
        sums[name] = words.when(mine).then(amount(counted.pupils, plan))
        sums[f"{name}+"] = mine.cast(words.Int64)
        if hides is not None:
            sums[f"{name}?"] = words.when(mine).then(hides)
    return None if concerned is None else (concerned, sums)


def counts(words: Words, counted: Counted, columns: Collection[str]) -> tuple[Expr, Expr]:
    """Say of each school-stage whether it belongs, and whether that is in doubt.

    Pupils who are hidden may bring a school over the limit.
    """
    always = [
        school_type
        for exclusion in counted.exclude
        if exclusion.pupils_below is None
        for school_type in exclusion.school_types
    ]
    belongs = is_stage(words, counted.card.stages)
    belongs = belongs & ~words.col("school_type").is_in(always)
    doubt = words.lit(value=False)
    for name, exclusion in _thresholds(counted):
        below = (exclusion.pupils_below or 0) * counted.pupils.scale
        smaller = (words.col(f"{name}+").fill_null(0) > 0) & (words.col(name).fill_null(0) < below)
        if f"{name}?" in columns:
            unsure = words.col(f"{name}?").fill_null(0) > 0
            # In doubt it stays in and hides its number: left out, it would have left by not
            # answering.
            belongs, doubt = belongs & ~(smaller & ~unsure), doubt | (smaller & unsure)
        else:
            belongs = belongs & ~smaller
    return belongs.alias(counts_name(counted)), doubt.cast(words.Int64).alias(unsure_name(counted))


def _thresholds(counted: Counted) -> Iterator[tuple[str, Exclusion]]:
    for index, exclusion in enumerate(counted.exclude):
        if exclusion.pupils_below is not None:
            yield f"{counted.card.population}:few{index}", exclusion
