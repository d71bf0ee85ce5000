"""Which school-stages belong to a population."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.amounts import amount, hidden
from xianxue.bureau.indicators.engine import PLACE, Lines
from xianxue.bureau.indicators.formulas import Counted
from xianxue.bureau.indicators.plan import Plan


def counts_name(counted: Counted) -> str:
    """Name the column that says whether a school-stage belongs to a population."""
    return f"{counted.card.population}:counts"


def unsure_name(counted: Counted) -> str:
    """Name the column that is set where nobody can say, because pupils are not known."""
    return f"{counted.card.population}:unsure"


def few(stages: Lines, counted: Counted, plan: Plan) -> list[Lines]:
    """Give, for each exclusion below a number of pupils, the places that seem to have fewer.

    ``stages`` has a line a school-stage with its pupils; those of all the population's stages
    are taken together. The column is 1 where fewer are known for sure, 2 where some are hidden:
    those may bring a school over the limit.
    """
    columns = stages.collect_schema().names()
    hides = hidden(counted.pupils, plan.names, columns)
    found: list[Lines] = []
    for name, types, below in _thresholds(counted):
        mine = stages.filter(
            nw.col("school_type").is_in(types)
            & nw.col("stage").is_in([stage.value for stage in counted.card.stages])
        )
        pupils = amount(counted.pupils, plan.names).sum().alias("pupils")
        doubt = nw.lit(0).alias("doubt") if hides is None else hides.alias("doubt")
        sums = [pupils, nw.col("doubt").sum()]
        smaller = (
            mine.with_columns(doubt)
            .group_by(*PLACE)
            .agg(*sums)
            .filter(nw.col("pupils") < below * counted.pupils.scale)
        )
        sure = nw.when(nw.col("doubt") == 0).then(nw.lit(1)).otherwise(nw.lit(2))
        found.append(smaller.select(*PLACE, sure.alias(name)))
    return found


def counts(counted: Counted) -> tuple[nw.Expr, nw.Expr]:
    """Say of each school-stage whether it belongs, and whether that is in doubt."""
    always = [
        school_type
        for exclusion in counted.exclude
        if exclusion.pupils_below is None
        for school_type in exclusion.school_types
    ]
    belongs = nw.col("stage").is_in([stage.value for stage in counted.card.stages])
    belongs = belongs & ~nw.col("school_type").is_in(always)
    doubt = nw.lit(value=False)
    for name, _, _ in _thresholds(counted):
        belongs = belongs & (nw.col(name).fill_null(0) != 1)
        doubt = doubt | (nw.col(name).fill_null(0) == 2)  # noqa: PLR2004 - as in `few`
    return belongs.alias(counts_name(counted)), doubt.cast(nw.Int64).alias(unsure_name(counted))


def _thresholds(counted: Counted) -> Iterator[tuple[str, list[str], int]]:
    for index, exclusion in enumerate(counted.exclude):
        if exclusion.pupils_below is not None:
            name = f"{counted.card.population}:few{index}"
            yield name, exclusion.school_types, exclusion.pupils_below
