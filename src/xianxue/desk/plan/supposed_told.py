"""Supposed sets in words and for programs: what is supposed, and what it would come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.plan.suppose.changes import written
from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.rounding import plain
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.plan.changes_told import change_told
from xianxue.desk.plan.kept_sets import KeptSet
from xianxue.desk.plan.supposing import Outcome, StandardOutcome
from xianxue.desk.standing.counted import Counted


def as_dict(kept: KeptSet, found: Outcome, counted: Counted) -> dict[str, Any]:
    """Give a set with what it would come to, for programs."""
    names = {place.code: place.name for place in counted.register}
    return {
        **set_dict(kept, counted.shelf, names),
        "standards": [_standard(one, names) for one in found.standards],
        "figures": [
            {**_about(one.after or one.before, counted.shelf, names)}
            | {"before": value_dict(one.before), "after": value_dict(one.after)}
            for one in found.figures
        ],
        "notes": list(found.notes),
    }


def set_dict(kept: KeptSet, shelf: Shelf, names: Mapping[str, str]) -> dict[str, Any]:
    """Give a set as it is kept, for programs."""
    return {
        "name": kept.name,
        "period": kept.period,
        "revision": kept.revision,
        "note": kept.note,
        "at": kept.at.isoformat(),
        "by": kept.by,
        "standing": Standing.SUPPOSED.value,
        "changes": [
            {**written(one), "message": change_told(one, shelf, names)} for one in kept.changes
        ],
    }


def value_dict(figure: Figure | None) -> dict[str, Any] | None:
    """Give what a figure comes to; None where there is none."""
    if figure is None:
        return None
    return {
        "value": None if figure.value is None else plain(figure.value),
        "shown": figure.shown,
        "numerator": None if figure.numerator is None else plain(figure.numerator),
        "denominator": None if figure.denominator is None else plain(figure.denominator),
        "standing": figure.standing.value,
    }


def _about(figure: Figure | None, shelf: Shelf, names: Mapping[str, str]) -> dict[str, Any]:
    assert figure is not None  # noqa: S101 - a change has one side at least
    card = shelf.indicator(figure.indicator)
    return {
        "indicator": figure.indicator,
        "term": figure.named(card.term) if card is not None else figure.indicator,
        "place": figure.place,
        "name": names.get(figure.place, figure.place),
        "stage": figure.stage.value if figure.stage else None,
        "slice": str(figure.slice) if figure.slice else None,
        "unit": figure.unit,
    }


def tally(judged: Assessment) -> dict[str, int]:
    """Count the findings and spreads of a standard by verdict."""
    many = Counter(one.verdict for one in (*judged.findings, *judged.spread))
    return {verdict.value: many[verdict] for verdict in Verdict}


def _standard(one: StandardOutcome, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "standard": one.standard,
        "term": one.term,
        "before": one.before.verdict.value,
        "after": one.after.verdict.value,
        "tally_before": tally(one.before),
        "tally_after": tally(one.after),
        "findings": [
            {
                **_finding_about(each.after or each.before, names),
                "before": _judged(each.before, names),
                "after": _judged(each.after, names),
            }
            for each in one.turned
        ],
    }


def _finding_about(finding: Finding | None, names: Mapping[str, str]) -> dict[str, Any]:
    assert finding is not None  # noqa: S101 - as above
    return {
        "place": finding.place,
        "name": names.get(finding.place, finding.place),
        "stage": finding.stage.value if finding.stage else None,
        "criterion": finding.criterion,
        "term": finding.term,
    }


def _judged(finding: Finding | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "verdict": finding.verdict.value,
        "shown": finding.shown,
        "threshold": None if finding.threshold is None else plain(finding.threshold),
        "lacking": lacking_text(finding, names),
    }
