"""The results of an examination for programs: counts with their bases, nothing of small groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL
from xianxue.bureau.exams.shares import at_level
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.exams.county_paper import Subject
from xianxue.desk.exams.lines_told import reached_of
from xianxue.desk.workspace import MisusedError


def told(subject: Subject, school: str = "") -> dict[str, Any]:
    """Tell the county, or one school with its classes; a group that is not shown is null."""
    analysis = subject.analysis
    if school:
        groups = [one for one in analysis.by_school() if one.keys[SCHOOL] == school]
        if not groups:
            raise MisusedError(say("这次考试没有学校 {school} 的成绩", school=school))
        mine = groups[0] if subject.shown.school(school) else None
        parts = [one for one in analysis.by(SCHOOL, CLASS) if one.keys[SCHOOL] == school]
        inner = [
            {"class": one.keys[CLASS], **_group(subject, one)}
            if subject.shown.in_class(school, one.keys[CLASS])
            else {"class": one.keys[CLASS], "hidden": True}
            for one in parts
        ]
    else:
        mine = analysis.county
        inner = [
            {"school": one.keys[SCHOOL], **_group(subject, one)}
            if subject.shown.school(one.keys[SCHOOL])
            else {"school": one.keys[SCHOOL], "hidden": True}
            for one in analysis.by_school()
        ]
    standing = subject.standing
    release = standing.release.number if standing.release is not None else 0
    return {
        "sitting": standing.sitting.key,
        "release": release if standing.released else 0,
        "school": school or None,
        "divisor": analysis.card.divisor,
        "smallest": subject.shown.smallest,
        "results": _group(subject, mine) if mine is not None else None,
        "lines": _lines(subject, school) if mine is not None else [],
        "groups": inner,
    }


def _group(subject: Subject, tally: Tally) -> dict[str, Any]:
    return {
        "pupils": tally[PUPILS],
        "total": _moments(subject, tally, TOTAL),
        "subjects": [
            {
                "subject": one.subject,
                "full": plain(Fraction(one.full)),
                **_moments(subject, tally, one.subject),
                "absent": tally[named(one.subject, "absent")],
                "levels": {
                    level.mark: at_level(tally, one.subject, level).part
                    for level in subject.analysis.levels
                }
                if shows(subject, tally, one.subject)
                else None,
            }
            for one in subject.analysis.card.subjects
        ],
    }


def shows(subject: Subject, tally: Tally, what: str) -> bool:
    """Whether marks of a group are shown; of all together they are, where there are enough."""
    moments = Moments.of(tally, what)
    whole = not tally.keys
    return subject.shown.enough(moments.n) if whole else subject.shown.tells(moments)


def _moments(subject: Subject, tally: Tally, what: str) -> dict[str, Any]:
    moments = Moments.of(tally, what)
    if not shows(subject, tally, what):
        return {"n": None, "mean": None, "deviation": None}
    mean, deviation = moments.mean, moments.deviation(subject.analysis.card.divisor)
    return {
        "n": moments.n,
        "mean": None if isinstance(mean, Sentence) else plain(mean),
        "deviation": None if isinstance(deviation, Sentence) else plain(deviation),
    }


def _lines(subject: Subject, school: str) -> list[dict[str, Any]]:
    return [
        {
            "line": one.line,
            "track": one.track or None,
            "over": one.over,
            "base": one.base,
            "rate": None if one.rate is None else plain(one.rate),
        }
        for one in reached_of(subject.analysis, school)
        if (
            subject.shown.school(school, one.track) if school else subject.shown.of_track(one.track)
        )
    ]
