"""代收: an office takes in for schools what they gave by other ways, and the trail says so."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts.handing import collect as take_in
from xianxue.desk.returns.drafts.uploads import Upload
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import anywhere, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import COLLECT
from xianxue.web.returns.upload import taken_in, uploads_of


@page(COLLECT, anywhere)
def collect(request: Asked, key: str) -> HttpResponse:
    """Show what can be taken in, and ask why the schools do not hand in themselves."""
    visit = request.visit
    upload = _sent(visit, key)
    ground = visit.standing.ground()
    rows = [
        (at, ground.title(Key(one.form, one.period, one.place)), one)
        for at, one in enumerate(upload.sent, 1)
        if taken_in(visit, upload, one)
    ]
    stand_in = ground.policy.stand_in(COLLECT)
    values = {
        "upload": upload,
        "rows": rows,
        "why": stand_in.reason if stand_in is not None else "",
    }
    return show(request, "returns/collect.html", values)


@deed(COLLECT, anywhere)
def collect_now(request: Asked, key: str) -> HttpResponse:
    """Take in what was ticked: it counts at once, and each trail says by whom and why."""
    visit = request.visit
    upload = _sent(visit, key)
    wanted = {at for said in request.POST.getlist("file") if (at := whole(said)) is not None}
    files = [
        (one.name, uploads_of(visit).data(one))
        for at, one in enumerate(upload.sent, 1)
        if at in wanted and taken_in(visit, upload, one)
    ]
    if not files:
        raise ComplaintsError([_nothing()])
    outcome = take_in(
        visit.standing.workspace(),
        files,
        actor=visit.actor,
        why=request.POST.get("why", "").strip()[:500],
        usual=visit.standing.period(),
    )
    refused = [one for one in outcome.issues if one.severity is Severity.MUST_FIX]
    if not outcome.accepted:
        raise ComplaintsError(refused or [_nothing()])
    new = sum(not one.unchanged for one in outcome.accepted)
    if new:
        visit.flash("done", say("代收了 {n} 份，已经算数。", n=new))
    if new < len(outcome.accepted):
        same = len(outcome.accepted) - new
        visit.flash("done", say("{n} 份和已经通过的一样，没有再收。", n=same))
    if refused:
        names = list(dict.fromkeys(one.file for one in refused))
        visit.flash("bad", say("{n} 份没有收：{names}", n=len(names), names=joined("、", names)))
    return went(request, "returns:sent", key)


def _sent(visit: Visit, key: str) -> Upload:
    found = uploads_of(visit).find(key, visit.actor.name)
    if found is None:
        raise MissingError
    return found


def _nothing() -> Issue:
    return Issue(
        code="F-FILES",
        severity=Severity.MUST_FIX,
        saw=say("没有勾选可以代收的文件"),
        do=say("请勾选要代收的再办"),
    )
