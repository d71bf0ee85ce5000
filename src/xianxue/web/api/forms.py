"""Forms of the county's own: designed, looked at, asked for, approved, as on their pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import File
from ninja.files import UploadedFile

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.approve_form import ApproveForm
from xianxue.desk.actions.cards.ask_form import AskForm
from xianxue.desk.actions.cards.undo_form import UndoForm
from xianxue.desk.forms.designing import Design
from xianxue.desk.forms.drafted import Asked as Column
from xianxue.desk.forms.drafted import check_draft
from xianxue.desk.forms.drafts import FormDraft, StaleError, design_of
from xianxue.desk.forms.items import OFTEN
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api.calls import Told, does, gives_file, reads
from xianxue.web.api.entry import problem
from xianxue.web.api.shaped import forms as shapes
from xianxue.web.api.shapes import Count
from xianxue.web.forms.design import draft_of, drafts_of
from xianxue.web.forms.following import next_draft, next_of
from xianxue.web.forms.look import seen_of
from xianxue.web.kit.files import WORKBOOK, download
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

DESIGN, SEE = "forms.design", "catalogue.view"
_ALL, _ONE = "/forms/drafts", "/forms/drafts/{number}"


@reads(_ALL, shapes.FormDraftsOut, SEE)
def drafts(request: HttpRequest) -> Told:
    """List the new forms that one sees, those in motion first."""
    del request
    return {"items": [_row(one) for one in drafts_of(asked()).seen()]}


@does(_ALL, shapes.FormSeen, DESIGN)
def begin(request: HttpRequest, wanted: shapes.DesignIn) -> Told:
    """Begin a form."""
    del request
    return _seen(drafts_of(asked()).begin(_design(wanted), asked().visit.at))


@reads(_ONE, shapes.FormSeen, SEE)
def draft(request: HttpRequest, number: Count) -> Told:
    """Give a new form: its design, its card, what is held of it, and what is wrong with it."""
    del request
    return _seen(draft_of(asked(), number))


@does(_ONE, shapes.FormSeen, DESIGN, by="PUT")
def keep(request: HttpRequest, number: Count, wanted: shapes.KeptIn) -> Told:
    """Store a design; refused where somebody has stored another version meanwhile."""
    del request
    draft_of(asked(), number)
    try:
        row = drafts_of(asked()).keep(
            number, wanted.version, _design(wanted.design), asked().visit.at
        )
    except StaleError as error:
        saw = say("{name}刚刚存了第 {n} 稿", name=error.row.changed_by, n=error.row.version)
        raise _refused(saw, say("在最新的一稿上改"), say("请取最新的一稿，改了再存")) from None
    return _seen(row)


@does(f"{_ONE}/steps", shapes.FormSeen, SEE)
def step(request: HttpRequest, number: Count, wanted: shapes.FormStepIn) -> Told:
    """Ask for a form to be put in force, take that back, decide on it, or throw it away."""
    del request
    visit = asked().visit
    row = draft_of(asked(), number)
    workspace, ground = visit.standing.workspace(), visit.standing.ground()
    who = (workspace, ground, visit.actor, visit.at, wanted.why)
    if wanted.step == "discard":
        return _seen(drafts_of(asked()).discard(number, visit.at))
    if wanted.step == "ask":
        seen = seen_of(asked(), row)
        if seen.issues:
            raise ComplaintsError(seen.issues)
        return _seen(AskForm(*who)(number, wanted.version, seen.card))
    if wanted.step == "recall":
        return _seen(AskForm(*who).recall(number))
    if wanted.step == "next":
        return _seen(next_of(asked(), row))
    if wanted.step == "undo":
        return _seen(UndoForm(*who)(number))
    approving = ApproveForm(*who)
    return _seen(approving(number) if wanted.step == "approve" else approving.send_back(number))


@does("/forms/{form}/next", shapes.FormSeen, DESIGN)
def follow(request: HttpRequest, form: shapes.Short) -> Told:
    """Begin the next version of any form of the county; where one is worked on, give that."""
    del request
    return _seen(next_draft(asked(), form))


@gives_file(f"{_ONE}/workbook", WORKBOOK, SEE)
def workbook(request: HttpRequest, number: Count) -> HttpResponse:
    """Give the workbook that the first place asked would get."""
    del request
    seen = seen_of(asked(), draft_of(asked(), number))
    if seen.issues:
        raise ComplaintsError(seen.issues)
    return download(seen.data, seen.name)


@does("/forms/check", shapes.FormChecked, DESIGN)
def check(request: HttpRequest, file: File[UploadedFile]) -> Told:
    """Say what the bureau holds already of a form that is drafted; nothing is kept."""
    del request
    standing = asked().visit.standing
    name = (file.name or "")[-120:]
    found = check_draft(standing.workspace(), standing.period(), name, file.read())
    return {
        "title": found.title,
        "cells": found.cells,
        "saved": found.saved,
        "held": _held(found.columns),
    }


def _design(wanted: shapes.DesignIn) -> Design:
    if wanted.period not in OFTEN:
        saw = say("没有“{period}”这种周期", period=wanted.period)
        raise _refused(saw, say("如 school_year、calendar_year、month"))
    return Design.of(wanted.dict())


def _seen(row: FormDraft) -> Told:
    seen = seen_of(asked(), row)
    found = seen.found
    return {
        "draft": _row(row),
        "design": design_of(row).kept(),
        "card": seen.card,
        "held": _held(found.columns) if found is not None else [],
        "cells": found.cells if found is not None else 0,
        "saved": found.saved if found is not None else 0,
        "issues": [problem(one) for one in seen.issues],
    }


def _row(row: FormDraft) -> Told:
    told = ("form", "term", "office", "state", "version", "remark", "changed_by", "changed_at")
    return {"number": row.pk} | {name: getattr(row, name) for name in told}


def _held(columns: Sequence[Column]) -> list[Told]:
    return [
        {"term": str(tell(one.term)), "where": str(tell(one.where)), "state": one.state}
        for one in columns
    ]


def _refused(saw: str, required: str, do: str = "") -> ComplaintsError:
    issue = Issue(code="F-DESIGN", severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
    return ComplaintsError([issue])
