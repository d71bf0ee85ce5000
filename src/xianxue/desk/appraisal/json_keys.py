"""Appraisals as they are kept when published, and as programs are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import msgspec

from xianxue.bureau.appraisal.scoring import rounded
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.records.appraised import Graded, ItemScore, Score
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.scored import Result

_PLACE: Final = ("place", "total", "grade", "rank", "items")
_ITEM: Final = ("item", "points", "of", "source", "because")
"""What programs are told; what is kept has more, for those who read it in words."""


def told(result: Result) -> dict[str, Any]:
    """Tell an appraisal with everything that is shown of it."""
    asked = result.asked
    groups = {one.group: one.term for one in asked.rubric.groups}
    return {
        "rubric": asked.rubric.rubric,
        "term": asked.rubric.term,
        "period": asked.period.code,
        "on": asked.on.isoformat(),
        "places": [
            _place(result, score, graded, groups) for score, graded in result.by_place.values()
        ],
        "remarks": [_remark(result, one) for one in result.grades.issues],
    }


def _remark(result: Result, issue: Issue) -> Sentence:
    """Tell what is to be said of the grades, and of whom."""
    held = result.by_place.get(issue.place)
    if held is None:
        return issue.message
    return say("{name}：{message}", name=held[0].name, message=issue.message)


def _place(
    result: Result, score: Score, graded: Graded, groups: Mapping[str, Sentence]
) -> dict[str, Any]:
    how = result.asked.rubric.rounding
    return {
        "place": score.place,
        "name": score.name,
        "total": None if score.total is None else plain(rounded(score.total, how)),
        "shown": score.shown,
        "grade": graded.grade or None,
        "grade_term": graded.term,
        "why": graded.because,
        "group": groups.get(graded.group, graded.group),
        "rank": graded.rank,
        "missing": list(score.missing),
        "vetoes": [{"term": one.term, "document": one.document} for one in score.struck],
        "faults": [one.message for one in score.issues],
        "items": [item_told(one) for one in score.items],
    }


def item_told(one: ItemScore) -> dict[str, Any]:
    """Tell one item: what it got, of how much, from where, and why."""
    return {
        "item": one.item,
        "number": one.number,
        "term": one.term,
        "points": None if one.points is None else plain(one.points),
        "of": plain(one.of),
        "source": one.source,
        "because": one.because,
        "flags": list(one.flags),
    }


def as_json(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give of what was told, or kept, what programs are told."""
    return {
        "rubric": said["rubric"],
        "period": said["period"],
        "places": [
            {name: place[name] for name in _PLACE if name != "items"}
            | {"items": [{name: one[name] for name in _ITEM} for one in place["items"]]}
            for place in said["places"]
        ],
    }


def item_json(one: ItemScore) -> dict[str, Any]:
    """Give one item as programs are told of it."""
    said = item_told(one)
    return {name: said[name] for name in _ITEM}


def as_kept(result: Result) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give an appraisal's results and its card as a release keeps them."""
    return _plain(told(result)), card_as_kept(result.asked.rubric)


def card_as_kept(rubric: Rubric) -> dict[str, Any]:
    """Write a card down as it stands."""
    return _plain(rubric)


def _plain(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", msgspec.to_builtins(value, enc_hook=_said))


def _said(value: object) -> str:
    if isinstance(value, Sentence):
        return str(value)
    raise NotImplementedError
