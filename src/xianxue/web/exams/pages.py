"""The list of examinations, one of them, a school in it, and its release."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.exams.papers.sheet import schools_with_results
from xianxue.desk.exams.releasing import release, schools_in
from xianxue.desk.exams.sittings import Standing
from xianxue.web.exams.found import (
    COUNTY,
    VIEW,
    all_of,
    county_subject,
    schools_by_name,
    standing_at,
    told,
)
from xianxue.web.exams.told import parts_of
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

RELEASE: Final = "exams.release"
_LONGEST: Final = 300


class Row(Record, kw_only=True):
    """An examination in the list."""

    standing: Standing
    kind: Sentence | str
    period: Sentence | str
    pupils: int
    state: Sentence
    stage: str
    """released, changed, open."""
    schools: tuple[tuple[str, str], ...] = ()
    """Code and name of the schools whose sheets may be opened; empty for the county's people."""


@page(VIEW)
def exams(request: Asked) -> HttpResponse:
    """List examinations; a school finds its own sheet in each that was released."""
    visit = request.visit
    whole = visit.may(VIEW)
    rows = [row for one in all_of(visit) if (row := _row(visit, one, whole=whole)) is not None]
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.standing.sitting.name} {row.kind} {row.period}",
        choices=[
            Choice("kind", say("种类"), lambda row: row.standing.sitting.exam, _kind_of(visit))
        ],
    )
    wanted = exported(request, listing, say("考试"))
    if wanted is not None:
        return wanted
    values = {"list": listing, "whole": whole, "may_load": visit.may("exams.load")}
    return show(request, "exams/exams.html", values, part="rows")


@page(VIEW, COUNTY)
def one(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Show what an examination came to in the county."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    subject = county_subject(visit, standing)
    text = told(visit, subject)
    schools = schools_with_results(subject)
    by_name = schools_by_name(subject, schools)
    unions = {one.name: one.code for one in subject.unions}

    def leads(cell: str) -> str:
        if cell in by_name:
            return address("exams:school", exam, period, name, by_name[cell])
        return address("exams:union", exam, period, name, unions[cell]) if cell in unions else ""

    parts = parts_of(
        text, lambda number: address("exams:picture", exam, period, name, number), leads
    )
    others = [other for other in all_of(visit) if other.sitting.key != standing.sitting.key]
    values = {
        "standing": standing,
        "subject": subject,
        "parts": parts,
        "notes": [str(line.runs[0]) for line in text.notes[1:]],
        "others": others,
        "may": {name: visit.may(f"exams.{name}") for name in ("lines", "release")},
        "schools": len(schools),
    }
    return show(request, "exams/one.html", values)


@deed(RELEASE, COUNTY)
def publish(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Release what stands now; what was released before is kept."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    why = request.POST.get("why", "").strip()[:_LONGEST]
    made = release(visit.standing.workspace(), standing, visit.actor, why)
    said = (
        say("已发布第 {n} 号；与上一号相比变了 {m} 个数。", n=made.number, m=len(made.moved))
        if made.fresh
        else say("与第 {n} 号发布相同，没有新的发布。", n=made.number)
    )
    return went(request, "exams:one", exam, period, name, said=said)


def _row(visit: Visit, standing: Standing, *, whole: bool) -> Row | None:
    sitting = standing.sitting
    card = visit.standing.workspace().shelf.examinations.get(sitting.exam)
    row = Row(
        standing=standing,
        kind=card.term if card is not None else sitting.exam,
        period=Period.parse(sitting.period).term,
        pupils=standing.marks.rows,
        state=state_of(standing),
        stage="open"
        if standing.release is None
        else "released"
        if standing.released
        else "changed",
    )
    if whole:
        return row
    if standing.release is None:
        return None
    reach, register = visit.places(VIEW), visit.standing.workspace().register
    mine = tuple(
        (code, register[code].name_on(sitting.day))
        for code in schools_in(standing.release)
        if code in reach
    )
    if not mine:
        return None
    return Row(
        standing=standing,
        kind=row.kind,
        period=row.period,
        pupils=0,
        state=say("已发布第 {n} 号", n=standing.release.number),
        stage="released",
        schools=mine,
    )


def state_of(standing: Standing) -> Sentence:
    """Say how far an examination has come."""
    if standing.release is None:
        return say("没有划线，没有发布") if standing.lines is None else say("没有发布")
    if standing.released:
        return say("已发布第 {n} 号", n=standing.release.number)
    return say("发布第 {n} 号以后又改过", n=standing.release.number)


def _kind_of(visit: Visit):  # noqa: ANN202 - code to term
    cards = visit.standing.workspace().shelf.examinations
    return lambda code: cards[code].term if code in cards else code


_COLUMNS: Final = (
    Column[Row]("name", say("考试"), lambda row: row.standing.sitting.name),
    Column[Row]("kind", say("种类"), lambda row: row.kind),
    Column[Row]("period", say("学年"), lambda row: row.standing.sitting.period),
    Column[Row]("day", say("日期"), lambda row: row.standing.sitting.day),
    Column[Row]("pupils", say("考生"), lambda row: row.pupils or None, number=True),
    Column[Row]("state", say("状态"), lambda row: row.state, sorts=False),
)
