"""Evidence of a school: what is asked for, what was handed in, one file for several items."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.appraisal.reports import AttachDocument, WithdrawLine
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.taking_part.papers import KeptFile, kept_file, sent_file, shown_file
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import asked_of, registered, views_of
from xianxue.web.appraisal.mine import REPORT, SELF, WITHDRAW, Mine, of_reported
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import shown
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

_PLACES: Final = ("file", "for")
"""Fields of the form that a complaint can stand at."""


class Typed(Record, kw_only=True):
    """What came with the form of a document."""

    title: str = ""
    again: str = ""
    """The digest of a file that was handed in before."""
    ticked: tuple[str, ...] = ()
    token: str = ""
    """Stands for a file that was sent with a form in which something else was wrong."""
    file: str = ""
    """What that file is called."""


@page(REPORT, of_reported)
def papers(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Show what is asked for, what is there and what is missing."""
    mine = Mine(request.visit, asked_of(request.visit, rubric, period), place)
    ticked = tuple(request.GET.getlist("for"))
    return _shown(request, mine, Typed(ticked=ticked))


@deed(REPORT, of_reported)
def attach(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Take a document for the items that are ticked."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    mine = Mine(visit, asked, place)
    said = request.POST
    typed = Typed(
        title=said.get("title", ""),
        again=said.get("again", ""),
        ticked=tuple(said.getlist("for")),
        token=said.get("kept", ""),
    )
    issues: list[Issue] = []
    found = None
    try:
        found = _file(request, mine, typed)
    except ComplaintsError as error:
        issues += error.issues
    if found is not None:
        typed = replace(typed, token=_token(visit, found[0]), file=found[0].file)
    if not typed.ticked:
        saw = say("没有勾选佐证用在哪一项")
        issues.append(_issue("P-SERVES", saw, say("至少勾一项"), "for"))
    if found is not None and not issues:
        ground, cabinet = visit.standing.ground(), _cabinet(visit)
        about, title = views_of(visit).about(asked), typed.title or _title(mine, found[0].digest)
        try:
            line = AttachDocument(ground, visit.actor, visit.at)(
                about, place, found, typed.ticked, cabinet, title
            )
        except ComplaintsError as error:
            issues += error.issues
        else:
            done = say("已收下“{title}”，用在 {n} 处。", title=line.said["title"],
                       n=len(typed.ticked))  # fmt: skip
            return went(request, "appraisal:papers", *mine.at, said=done)
    return _shown(request, mine, typed, issues)


@deed(REPORT, of_reported)
def withdraw(request: Asked, rubric: str, period: str, place: str, number: int) -> HttpResponse:
    """Take a document back."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    mine = Mine(visit, asked, place)
    if number not in {one.line for one in mine.part.papers}:
        raise MissingError(say("没有这件佐证，或者已经撤下。"))
    results = Desk(workspace=visit.standing.workspace(), asked=asked).results
    why = request.POST.get("why", "")
    take = WithdrawLine(visit.standing.ground(), visit.actor, visit.at, why=why)
    try:
        take(views_of(visit).about(asked), number, results)
    except ComplaintsError as error:
        return _shown(request, mine, Typed(), error.issues)
    return went(request, "appraisal:papers", *mine.at, said=say("佐证已撤下。"))


@page(REPORT, of_reported)
def paper(request: Asked, rubric: str, period: str, place: str, digest: str) -> HttpResponse:
    """Show a document to whoever reports for the place."""
    mine = Mine(request.visit, asked_of(request.visit, rubric, period), place)
    return file_of(mine, digest)


def file_of(mine: Mine, digest: str) -> HttpResponse:
    """Give a file of one who is judged; MissingError where it is another's, or lost."""
    found = next((one for one in mine.part.papers if one.digest == digest), None)
    if found is None:
        raise MissingError(say("没有这件佐证，或者已经撤下。"))
    file = shown_file(_cabinet(mine.visit), found)
    if file is None:
        raise MissingError(say("这件佐证的文件不见了或被改动，请告诉系统管理员。"))
    return shown(file[1], file[0])


def _shown(request: Asked, mine: Mine, typed: Typed, issues: Sequence[Issue] = ()) -> HttpResponse:
    visit = request.visit
    may = visit.may(WITHDRAW, registered(visit, mine.place))
    values = {
        "mine": mine,
        "typed": typed,
        "terms": {(one.item, one.document): f"{one.index} {one.term}" for one in mine.part.wanted},
        "wrong": {name: [one for one in issues if one.field == name] for name in _PLACES},
        "issues": [one for one in issues if one.field not in _PLACES],
        "many": len(issues),
        "withdraws": mine.open or (may and mine.stage.state != SELF),
        "why": not mine.open,
    }
    return show(request, "appraisal/papers.html", values, status=COMPLAINED if issues else 200)


def _file(request: Asked, mine: Mine, typed: Typed) -> tuple[KeptFile, bytes]:
    """Give the file that is meant: sent now, sent before, or handed in before."""
    cabinet = _cabinet(mine.visit)
    sent = request.FILES.get("file")
    if sent is not None:
        return sent_file(cabinet, sent.name or "", sent.read())
    known = _known(mine.visit, typed.token)
    if known is None and typed.again:
        known = next((one.scan for one in mine.part.files if one.digest == typed.again), None)
    found = None if known is None else kept_file(cabinet, known)
    if found is None:
        saw = say("没有选文件") if known is None else say("这件佐证的文件不见了")
        required = say("选一个文件，或者选一件交过的")
        raise ComplaintsError([_issue("P-FILE", saw, required, "file")])
    return found


def _title(mine: Mine, digest: str) -> str:
    """Give what a file was called before; empty where it is new."""
    return next((one.title for one in mine.part.files if one.digest == digest), "")


def _issue(code: str, saw: str, required: str, field: str) -> Issue:
    return Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, field=field)


def _cabinet(visit: Visit) -> Path:
    return visit.standing.workspace().store / "cabinet"


def _signer(visit: Visit) -> Signer:
    return Signer(salt=f"appraisal.papers.{visit.actor.name}")


def _token(visit: Visit, scan: KeptFile) -> str:
    """Give the word by which this person, and nobody else, may go on with a file that was sent."""
    return _signer(visit).sign(f"{scan.digest}/{scan.kind}/{scan.size}/{scan.file}")


def _known(visit: Visit, token: str) -> KeptFile | None:
    try:
        digest, kind, size, file = _signer(visit).unsign(token).split("/", 3)
    except (BadSignature, ValueError):
        return None
    return KeptFile(file, digest, kind, int(size))
