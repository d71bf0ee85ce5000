"""Lines of an examination: moved on the page with the counts following, and set by a deed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from django.http import HttpResponse, QueryDict

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.exams.heights import Typed, heights_of
from xianxue.desk.exams.lines_told import Reached, reached_of
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.releasing import set_lines
from xianxue.desk.exams.results import results_of
from xianxue.desk.exams.sittings import Standing, held_card
from xianxue.desk.exams.written import height, percent
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.exams.found import COUNTY, county_subject, standing_at
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

LINES: Final = "exams.lines"
_LONGEST: Final = 120
_STEPS: Final = 100


class Asking(Record, kw_only=True):
    """One line of the form: a line and a track, and what is written there."""

    name: str
    """Of its field; that of the second mark has ``2`` behind it."""
    line: str
    track: str
    term: Sentence | str
    subject: Sentence | str
    """The subject that has a mark of its own; empty where there is none."""
    height: str
    second: str


class Compared(Record, kw_only=True):
    """One line as it stands and as it is tried."""

    term: Sentence | str
    now: Reached | None
    then: Reached | None


@page(LINES, COUNTY)
def lines(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Show the lines, and what those that are typed would make of the counts."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    subject = county_subject(visit, standing)
    asked = _asking(subject, standing, request.GET)
    tried: list[Compared] = []
    issues: list[Issue] = []
    if any(one.name in request.GET for one in asked):
        tried, issues = _tried(visit, subject, standing, asked)
    values = {
        "standing": standing,
        "asked": asked,
        "tried": tried,
        "issues": issues,
        "now": _now(subject),
        "percent": percent,
        "height": height,
        "document": request.GET.get("document", ""),
    }
    return show(request, "exams/lines.html", values, part="tried")


@deed(LINES, COUNTY)
def put(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Set the lines that are typed, with the document that says so."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    subject = county_subject(visit, standing)
    asked = _asking(subject, standing, request.POST)
    workspace = visit.standing.workspace()
    typed = [_typed(one) for one in asked if one.height]
    document = request.POST.get("document", "").strip()[:_LONGEST]
    heights, issues = heights_of(held_card(workspace, standing), workspace.shelf, typed, document)
    if issues:
        raise ComplaintsError(issues)
    changed = set_lines(workspace, standing, heights, visit.actor)
    said = say("分数线已记下，还没有发布。") if changed else say("分数线没有改动。")
    return went(request, "exams:one", exam, period, name, said=said)


def _tried(
    visit: Visit, subject: Subject, standing: Standing, asked: list[Asking]
) -> tuple[list[Compared], list[Issue]]:
    workspace = visit.standing.workspace()
    typed = [_typed(one) for one in asked if one.height]
    # Nothing is kept of a trial: it needs no document.
    trial = str(say("试算"))
    heights, issues = heights_of(held_card(workspace, standing), workspace.shelf, typed, trial)
    if issues:
        return [], issues
    after = {
        (one.line, one.track): one for one in reached_of(results_of(workspace, standing, heights))
    }
    before = {(one.line, one.track): one for one in reached_of(subject.analysis)}
    keys = dict.fromkeys([*after, *before])
    shown = [key for key in keys if not key[1] or subject.shown.of_track(key[1])]
    return [
        Compared(
            term=_term(subject, line, track),
            now=before.get((line, track)),
            then=after.get((line, track)),
        )
        for line, track in shown
    ], []


def _now(subject: Subject) -> list[Compared]:
    return [
        Compared(term=_term(subject, one.line, one.track), now=one, then=None)
        for one in reached_of(subject.analysis)
        if not one.track or subject.shown.of_track(one.track)
    ]


def _term(subject: Subject, line: str, track: str) -> Sentence | str:
    words, card = subject.words, subject.analysis.card
    if track:
        return say("{track}{line}", track=words.track(track), line=words.line(line))
    return say("{line}（合计）", line=words.line(line)) if card.tracks else words.line(line)


def _typed(one: Asking) -> Typed:
    return Typed(one.line, one.track, one.height, one.second)


def _asking(subject: Subject, standing: Standing, said: QueryDict) -> list[Asking]:
    """Give a field for each line of the card, filled with what is typed or what stands."""
    card = subject.analysis.card
    known = _standing(standing)
    found: list[Asking] = []
    for kind in card.lines:
        for track in kind.tracks or [one.track for one in card.tracks] or [""]:
            name = f"h-{kind.line}-{track}"
            total, second = known.get((kind.line, track), ("", ""))
            found.append(
                Asking(
                    name=name,
                    line=kind.line,
                    track=track,
                    term=_term(subject, kind.line, track),
                    subject=subject.words.subject(kind.second)
                    if kind.second and card.subject(kind.second) is not None
                    else "",
                    height=said.get(name, total).strip()[:_LONGEST],
                    second=said.get(f"{name}2", second).strip()[:_LONGEST],
                )
            )
    return found


def _standing(standing: Standing) -> Mapping[tuple[str, str], tuple[str, str]]:
    kept = standing.lines.heights if standing.lines is not None else []
    return {
        (str(one["line"]), str(one["track"])): (
            _points(one.get("total")),
            _points(one.get("second_mark")) if one.get("second") else "",
        )
        for one in kept
    }


def _points(steps: object) -> str:
    return plain(Fraction(int(str(steps)), _STEPS)) if steps is not None else ""
