"""Backups: made while others work, listed, taken away by whoever may."""

from __future__ import annotations

from typing import Final

from django.http import FileResponse, HttpResponse

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.note_backup import MADE, TAKEN, NoteBackup
from xianxue.desk.backup.kept import backup_named, backup_now, backups_of, faults_told, folder_of
from xianxue.desk.backup.losing import last_restored
from xianxue.desk.works import running
from xianxue.desk.works.running import Going
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked, Visit

MAKE: Final = "backup.make"
_WORK: Final = "backup.make"
_MEGA: Final = 1 << 20


@page(MAKE, of_county(MAKE))
def backups(request: Asked) -> HttpResponse:
    """Show the backups, and what came of the last restoring."""
    workspace = request.visit.standing.workspace()
    values = {
        "backups": backups_of(workspace),
        "folder": folder_of(workspace),
        "root": workspace.root.resolve(),
        "restored": last_restored(),
        "personal": _personal(request.visit),
        "mega": _MEGA,
        "tab": "backup",
    }
    return show(request, "admin/backup.html", values)


def _personal(visit: Visit) -> Sentence:
    """Name the personal data that returns hold, and so each backup."""
    fields = [
        field.term
        for form in visit.standing.workspace().shelf.forms.values()
        for sheet in form.sheets
        for field in sheet.fields
        if field.personal
    ]
    return joined("、", list(dict.fromkeys(fields)))


@deed(MAKE, of_county(MAKE))
def make(request: Asked) -> HttpResponse:
    """Begin to make a backup; the page it leads to can be left."""
    visit = request.visit
    workspace, ground = visit.standing.workspace(), visit.standing.ground()
    note = NoteBackup(ground, visit.actor, visit.at)

    def work(going: Going) -> dict[str, object]:
        made = backup_now(workspace, visit.at)
        going.step()
        return {"address": address("admin:backup"), "faults": len(faults_told(made))}

    # Written before the copy, so that the backup itself tells of it.
    note(MADE, workspace.register.county.name)
    key = running.begin(visit.actor.name, _WORK, say("备份"), 1, work)
    return went(request, "home:work", key)


@deed(MAKE, of_county(MAKE))
def take(request: Asked, name: str) -> HttpResponse:
    """Give a backup away; who took it stands in the journal."""
    visit = request.visit
    path = backup_named(visit.standing.workspace(), name)
    if path is None:
        raise MissingError(say("没有这份备份：{name}。", name=name))
    NoteBackup(visit.standing.ground(), visit.actor, visit.at)(TAKEN, name)
    answer: HttpResponse = FileResponse(path.open("rb"), as_attachment=True, filename=name)  # pyright: ignore[reportAssignmentType]  # a streamed answer
    return answer
