"""The results of an examination for programs: counts with their bases, nothing of small groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL
from xianxue.bureau.exams.shares import at_level
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.exams.lines_told import reached_shown
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.scopes import COUNTY, Scope


def told(subject: Subject, scope: Scope = COUNTY) -> dict[str, Any]:
    """Tell a group with what it is made of; a group that is not shown is null."""
    analysis, standing = subject.analysis, subject.standing
    release = standing.release.number if standing.release is not None else 0
    shows = scope == COUNTY or subject.shown.shows(scope.group())
    (mine,) = scope.tallies(analysis)
    return {
        "sitting": standing.sitting.key,
        "release": release if standing.released else 0,
        "school": scope.school or None,
        "class": scope.in_class or None,
        "group": scope.union or None,
        "divisor": analysis.card.divisor,
        "smallest": subject.shown.smallest,
        "results": _group(subject, mine, scope) if shows else None,
        "lines": _lines(subject, scope) if shows else [],
        "groups": list(_inner(subject, scope)),
        "unions": list(_unions(subject)) if scope == COUNTY else [],
    }


def _unions(subject: Subject) -> Iterator[dict[str, Any]]:
    for one in subject.unions:
        scope = Scope(union=one.code, schools=one.schools)
        (tally,) = scope.tallies(subject.analysis)
        said = {"group": one.name, "kind": str(one.kind), "schools": list(one.schools)}
        yield _part(subject, tally, scope, said)


def _inner(subject: Subject, scope: Scope) -> Iterator[dict[str, Any]]:
    """Tell what a group is made of: a class of nothing, a school of classes, others of schools."""
    if scope.in_class:
        return
    if scope.school:
        for one in subject.analysis.by_class(scope.school):
            name = one.keys[CLASS]
            inner = Scope(school=scope.school, in_class=name, schools=(scope.school,))
            yield _part(subject, one, inner, {"class": name}) if name else {"class": ""}
        return
    for one in subject.analysis.by_school():
        code = one.keys[SCHOOL]
        if not scope.schools or code in scope.schools:
            inner = Scope(school=code, schools=(code,))
            yield _part(subject, one, inner, {"school": code})


def _part(subject: Subject, tally: Tally, scope: Scope, said: Mapping[str, Any]) -> dict[str, Any]:
    if not subject.shown.shows(scope.group()):
        return {**said, "hidden": True}
    return {**said, **_group(subject, tally, scope)}


def _group(subject: Subject, tally: Tally, scope: Scope) -> dict[str, Any]:
    shows = lambda what: subject.shown.shows(scope.group(), what)  # noqa: E731 - asked three times
    return {
        "pupils": tally[PUPILS],
        "total": _moments(subject, tally, TOTAL, shows=shows(TOTAL)),
        "subjects": [
            {
                "subject": one.subject,
                "full": plain(Fraction(one.full)),
                **_moments(subject, tally, one.subject, shows=shows(one.subject)),
                "absent": tally[named(one.subject, "absent")] if shows(one.subject) else None,
                "levels": {
                    level.mark: at_level(tally, one.subject, level).part
                    for level in subject.analysis.levels
                }
                if shows(one.subject)
                else None,
            }
            for one in subject.analysis.card.subjects
        ],
    }


def _moments(subject: Subject, tally: Tally, what: str, *, shows: bool) -> dict[str, Any]:
    if not shows:
        return {"n": None, "mean": None, "deviation": None}
    moments = Moments.of(tally, what)
    mean, deviation = moments.mean, moments.deviation(subject.analysis.card.divisor)
    return {
        "n": moments.n,
        "mean": None if isinstance(mean, Sentence) else plain(mean),
        "deviation": None if isinstance(deviation, Sentence) else plain(deviation),
    }


def _lines(subject: Subject, scope: Scope) -> list[dict[str, Any]]:
    return [
        {
            "line": one.line,
            "track": one.track or None,
            "over": one.over,
            "base": one.base,
            "rate": None if one.rate is None else plain(one.rate),
        }
        for one in reached_shown(subject.analysis, subject.shown, scope)
    ]
