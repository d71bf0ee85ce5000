"""Signing and handing in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.actions.submission import HandedIn
from xianxue.desk.actions.submit import Submit
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.handing import hand_in
from xianxue.desk.returns.drafts.uploads import Upload
from xianxue.desk.returns.submission import Outcome
from xianxue.desk.standing.checking import check_typed
from xianxue.desk.standing.owed import owed_one
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import FILL, FILLED, key_of, masked
from xianxue.web.returns.drafts import draft_seen
from xianxue.web.returns.moved import moved
from xianxue.web.returns.upload import checked_of, uploads_of


@page(FILL, FILLED)
def sign(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Show what is to be handed in, what moves with it, and where both sign."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    asked = request.GET
    checked, clerk, base = _what(visit, key, asked.get("sent", ""), asked)
    owed = owed_one(visit.standing, key)
    if owed is None:
        raise MissingError
    card = visit.standing.ground().card(place)
    step = Submit.next_of(card, visit.actor.role, owed.progress.state)
    # Who sees no personal data of this school gets no names proposed either.
    shown = checked.filed is not None and not masked(visit, key)
    foot = checked.filed.foot if checked.filed is not None and shown else {}
    head = visit.actor.name if visit.actor.role == "school_head" else foot.get("head", "")
    values = {
        "key": key,
        "subtitle": visit.standing.ground().title(key),
        "checked": checked,
        "owed": owed,
        "step": step,
        "why_asked": step is not None and "reason" in step.needs,
        "clerk": clerk or foot.get("filler", ""),
        "head": head,
        "behalf": _behalf(visit, [key]),
        "base": base if base is not None else owed.progress.revision,
        "sent_key": asked.get("sent", ""),
        "number": asked.get("number", ""),
        "of": asked.get("of", ""),
        "moved": moved(visit, checked.filed) if checked.clean and checked.filed else None,
    }
    return show(request, "returns/sign.html", values)


@deed(FILL, FILLED)
def submit(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Hand it in, signed by both; what is still open refuses, and says what."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    said = request.POST
    checked, _, _ = _what(visit, key, said.get("sent", ""), said)
    signed = Signatures(said.get("clerk", "").strip(), said.get("head", "").strip())
    base = whole(said.get("base", ""))
    seen = {key: base} if base is not None else None
    outcome = hand_in(
        visit.standing.workspace(),
        [(checked.file, checked.data)],
        actor=visit.actor,
        signed=signed,
        why=said.get("why", "").strip(),
        usual=visit.standing.period(),
        seen=seen,
    )
    if not outcome.accepted:
        raise ComplaintsError(_open(outcome.issues))
    one = outcome.accepted[0]
    words = _reported(one, signed, behalf=bool(_behalf(visit, [key])))
    return went(request, "returns:one", form, period, place, said=words)


def _reported(one: HandedIn, signed: Signatures, *, behalf: bool) -> Sentence:
    """Say what was handed in; who has done it for another cannot take it back."""
    said = {"n": one.number, "clerk": signed.clerk, "head": signed.head}
    if one.unchanged:
        return say("第 {n} 版报送过了，数没有变。", n=one.number)
    if behalf:
        return say("已代报第 {n} 版，签名：{clerk}、{head}。", **said)
    return say("已报送第 {n} 版，签名：{clerk}、{head}。受理以前可以撤回。", **said)


@page(FILL)
def sign_all(request: Asked, key: str) -> HttpResponse:
    """Show the files of one sending that can be handed in together, and where they are signed."""
    visit = request.visit
    upload = _sent(visit, key)
    ready = _ready(visit, upload)
    ground = visit.standing.ground()
    keys = [Key(one.form, one.period, one.place) for one in (upload.sent[at - 1] for at in ready)]
    values = {
        "upload": upload,
        "ready": list(zip(ready, map(ground.title, keys), strict=True)),
        "behalf": _behalf(visit, keys),
    }
    return show(request, "returns/sign_all.html", values)


@deed(FILL)
def submit_all(request: Asked, key: str) -> HttpResponse:
    """Hand in the files that were ticked; each is judged for itself."""
    visit = request.visit
    upload = _sent(visit, key)
    ready = set(_ready(visit, upload))
    wanted = [at for said in request.POST.getlist("file") if (at := whole(said)) is not None]
    files = [
        (upload.sent[at - 1].name, uploads_of(visit).data(upload.sent[at - 1]))
        for at in wanted
        if at in ready
    ]
    if not files:
        raise ComplaintsError([_nothing()])
    said = request.POST
    signed = Signatures(said.get("clerk", "").strip(), said.get("head", "").strip())
    outcome = hand_in(
        visit.standing.workspace(),
        files,
        actor=visit.actor,
        signed=signed,
        why=said.get("why", "").strip(),
        usual=visit.standing.period(),
    )
    return _told(request, key, outcome)


def _behalf(visit: Visit, keys: Sequence[Key]) -> str:
    """Name the place that hands in for others (代报); empty where nobody does."""
    ground, role = visit.standing.ground(), visit.actor.role
    others = [key for key in keys if key.place != visit.actor.place]
    steps = [one for key in others for one in ground.card(key.place).steps if role in one.roles]
    return ground.name(visit.actor.place) if any(one.on_behalf for one in steps) else ""


def _what(
    visit: Visit,
    key: Key,
    sent: str,
    said: Any,  # noqa: ANN401 - what an address or a form says
) -> tuple[Checked, str, int | None]:
    """Give what is to be handed in, who prepared it, and the revision it began from."""
    if sent:
        checked = checked_of(visit, sent, said.get("number", ""))
        if checked.key not in {None, key}:
            raise MissingError(say("这个文件是另一份报表的。"))
        own = visit.actor.name if visit.actor.role == "school_clerk" else ""
        return checked, own, None
    draft = draft_seen(visit, key, said.get("of", ""))
    if draft.conflicts:
        raise ComplaintsError([_undecided(len(draft.conflicts))])
    checked = check_typed(visit.standing, key, draft.cells)
    clerk = draft.who if draft.who != visit.actor.name or visit.actor.role != "school_head" else ""
    return checked, clerk, draft.base


def _sent(visit: Visit, key: str) -> Upload:
    found = uploads_of(visit).find(key, visit.actor.name)
    if found is None:
        raise MissingError
    return found


def _ready(visit: Visit, upload: Upload) -> list[int]:
    return [
        at
        for at, one in enumerate(upload.sent, 1)
        if one.clean and visit.may(FILL, one.place) and not upload.rivals(one)
    ]


def _told(request: Asked, key: str, outcome: Outcome) -> HttpResponse:
    visit = request.visit
    refused = _open(outcome.issues)
    if not outcome.accepted:
        raise ComplaintsError(refused)
    visit.flash("done", say("报送了 {n} 份。", n=len(outcome.accepted)))
    if refused:
        names = list(dict.fromkeys(one.file for one in refused))
        visit.flash("bad", say("{n} 份没有报：{names}", n=len(names), names=joined("、", names)))
    return went(request, "returns:sent", key)


def _open(issues: Sequence[Issue]) -> list[Issue]:
    return [one for one in issues if one.severity is Severity.MUST_FIX]


def _undecided(n: int) -> Issue:
    return Issue(
        code="F-UNDECIDED",
        severity=Severity.MUST_FIX,
        saw=say("有 {n} 格在两个页面里改得不一样，还没有选", n=n),
        do=say("请回到填表的页面选好再报"),
    )


def _nothing() -> Issue:
    return Issue(code="F-FILES", severity=Severity.MUST_FIX, saw=say("没有选可以报的文件"))
