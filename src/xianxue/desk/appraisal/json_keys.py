"""Appraisals as programs are told of them."""

from __future__ import annotations

from typing import Any

from xianxue.bureau.appraisal.scoring import rounded
from xianxue.bureau.records.appraised import ItemScore
from xianxue.bureau.values.rounding import plain
from xianxue.desk.appraisal.scored import Result


def as_json(result: Result) -> dict[str, Any]:
    """Give an appraisal's points: one a place, with all of its items."""
    how = result.asked.rubric.rounding
    return {
        "rubric": result.asked.rubric.rubric,
        "period": result.asked.period.code,
        "places": [
            {
                "place": score.place,
                "total": None if score.total is None else plain(rounded(score.total, how)),
                "grade": graded.grade or None,
                "rank": graded.rank,
                "items": [item_json(one) for one in score.items],
            }
            for score, graded in result.by_place.values()
        ],
    }


def item_json(one: ItemScore) -> dict[str, Any]:
    """Give one item: what it got, of how much, from where, and why."""
    return {
        "item": one.item,
        "points": None if one.points is None else plain(one.points),
        "of": plain(one.of),
        "source": one.source,
        "because": one.because,
    }
