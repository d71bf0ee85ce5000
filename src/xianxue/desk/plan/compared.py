"""Supposed sets side by side: what stands first, then each set, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.plan.kept_sets import KeptSet
from xianxue.desk.plan.supposed_told import tally, value_dict
from xianxue.desk.plan.supposing import Outcome, outcome
from xianxue.desk.standing.counted import Counted


class ComparedFigure(Record):
    """One figure of the county: as it stands, then as each set would have it."""

    some: Figure
    """Any of them, to name it by."""
    values: tuple[Figure | None, ...]


class ComparedStandard(Record):
    """One standard: as it is judged, then as it would be by each set."""

    standard: str
    term: Sentence | str
    judged: tuple[Assessment, ...]


class Compared(Record):
    """Sets beside what stands."""

    names: tuple[str, ...]
    standards: tuple[ComparedStandard, ...]
    figures: tuple[ComparedFigure, ...]
    """The county's figures that at least one set would change."""


def compared(counted: Counted, kept: Sequence[KeptSet]) -> Compared:
    """Work out each set, and lay them side by side. ComplaintsError where one does not fit."""
    return laid(counted, kept, [outcome(counted, one.changes) for one in kept])


def laid(counted: Counted, kept: Sequence[KeptSet], found: Sequence[Outcome]) -> Compared:
    """Lay sets side by side that have been worked out; ``found``: what each comes to."""
    county = counted.register.county.code
    keys = dict.fromkeys(
        one.key
        for each in found
        for one in each.figures
        if (one.after or one.before) is not None and _county(one.key) == county
    )
    figures: list[ComparedFigure] = []
    for key in keys:
        row = (counted.figures.get(key), *(each.year.figures.get(key) for each in found))
        some = next(one for one in row if one is not None)
        figures.append(ComparedFigure(some, row))
    standards = [
        ComparedStandard(
            first.standard,
            first.term,
            (first.before, *(each.standards[at].after for each in found)),
        )
        for at, first in enumerate(found[0].standards)
    ]
    return Compared(tuple(one.name for one in kept), tuple(standards), tuple(figures))


def _county(key: str) -> str:
    return key.split("/")[1]


def compared_dict(found: Compared, counted: Counted) -> dict[str, Any]:
    """Give a comparison for programs; lists follow the order of ``sets``, after what stands."""
    return {
        "period": counted.period.code,
        "sets": list(found.names),
        "standing": Standing.SUPPOSED.value,
        "standards": [
            {
                "standard": one.standard,
                "term": one.term,
                "now": _judged(one.judged[0]),
                "sets": [_judged(each) for each in one.judged[1:]],
            }
            for one in found.standards
        ],
        "figures": [
            {
                "indicator": one.some.indicator,
                "term": _term(one.some, counted),
                "stage": one.some.stage.value if one.some.stage else None,
                "slice": str(one.some.slice) if one.some.slice else None,
                "unit": one.some.unit,
                "now": value_dict(one.values[0]),
                "sets": [value_dict(each) for each in one.values[1:]],
            }
            for one in found.figures
        ],
    }


def _judged(one: Assessment) -> dict[str, Any]:
    return {"verdict": one.verdict.value, "tally": tally(one)}


def _term(figure: Figure, counted: Counted) -> str:
    card = counted.shelf.indicator(figure.indicator)
    return figure.named(card.term) if card is not None else figure.indicator
