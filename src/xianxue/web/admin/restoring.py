"""Putting a backup back: what would be lost, told first; then done, by whoever may and means it."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.confirming import asks_code, confirm
from xianxue.desk.actions.note_backup import RESTORE
from xianxue.desk.backup.kept import Kept, backups_of, folder_of
from xianxue.desk.backup.losing import losing
from xianxue.desk.backup.putting_back import STEPS, Wanted, cannot, put_back
from xianxue.desk.works import running
from xianxue.desk.works.running import Going, Result
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.gate.enter import where_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked, Visit

MAKE: Final = "backup.make"


@page(MAKE, of_county(MAKE))
def restore(request: Asked, name: str) -> HttpResponse:
    """Say what would be lost by putting a backup back, and ask whether it is to be done."""
    visit = request.visit
    workspace, one = visit.standing.workspace(), _kept(visit, name)
    values = {
        "one": one,
        "found": losing(visit.standing.ground(), one),
        "path": folder_of(workspace) / name,
        "root": workspace.root.resolve(),
        "cannot": cannot(workspace),
        "may": visit.may(RESTORE),
        "code": asks_code(visit.signed.person.id),
        "tab": "backup",
    }
    return show(request, "admin/restore.html", values)


@deed(RESTORE, of_county(RESTORE))
def restore_now(request: Asked, name: str) -> HttpResponse:
    """Put a backup back, once it was said by its name and by a new code."""
    visit = request.visit
    one = _kept(visit, name)
    _refuse_unmeant(request, one)
    standing, workspace = visit.standing, visit.standing.workspace()
    ground = standing.ground()
    why = cannot(workspace)
    if why is not None:
        raise MisusedError(why)
    shown = address("admin:backup")
    why_said = request.POST.get("why", "").strip()
    wanted = Wanted(name=name, actor=visit.actor, at=visit.at, why=why_said, address=shown)

    def work(going: Going) -> Result:
        put_back(workspace, ground, wanted, going)
        standing.anew()
        return {"address": shown}

    title = say("恢复备份 {name}", name=name)
    return went(request, "home:work", running.begin(visit.actor.name, RESTORE, title, STEPS, work))


def _kept(visit: Visit, name: str) -> Kept:
    workspace = visit.standing.workspace()
    one = next((each for each in backups_of(workspace) if each.name == name), None)
    if one is None:
        raise MissingError(say("没有这份备份：{name}。", name=name))
    if one.made_at is None:
        raise MissingError(say("这份备份读不出来：{name}。", name=name))
    return one


def _refuse_unmeant(request: Asked, one: Kept) -> None:
    """Refuse what was not said by the backup's own name, with a reason, and with a new code."""
    said = request.POST
    if said.get("name", "").strip() != one.name:
        raise ComplaintsError([_issue(say("备份的文件名抄得不对"), one.name)])
    if not said.get("why", "").strip():
        raise ComplaintsError([_issue(say("没有写为什么要恢复"), say("写明理由，记入日志"))])
    visit = request.visit
    gate, code = visit.standing.ground().gate, said.get("code", "")
    issue = confirm(gate, visit.signed.person.id, code, where_of(request), visit.at)
    if issue is not None:
        raise ComplaintsError([issue])


def _issue(saw: str, required: str) -> Issue:
    return Issue(code="B-UNMEANT", severity=Severity.MUST_FIX, saw=saw, required=required)
