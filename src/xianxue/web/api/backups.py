"""Backups: made, listed, taken away."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.note_backup import MADE, TAKEN, NoteBackup
from xianxue.desk.backup.kept import backup_named, backup_now, backups_of, faults_told
from xianxue.desk.works.running import Going, Result
from xianxue.web.api.calls import Told, does, gives_file, reads
from xianxue.web.api.shaped import deeds as shapes
from xianxue.web.api.shapes import Word
from xianxue.web.api.works import begun
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked


@reads("/backups", list[shapes.BackupOut], "backup.make", "county")
def backups(request: HttpRequest) -> list[Told]:
    """List the backups, the newest first."""
    del request
    found = backups_of(asked().visit.standing.workspace())
    names = shapes.BackupOut.model_fields
    return [{name: getattr(one, name) for name in names} for one in found]


@does("/backups", shapes.WorkOut, "backup.make", "county")
def make(request: HttpRequest) -> Told:
    """Make a backup while others work."""
    del request
    visit = asked().visit
    workspace = visit.standing.workspace()

    def work(going: Going) -> Result:
        made = backup_now(workspace, visit.at)
        going.step()
        return {"faults": len(faults_told(made))}

    # Written before the copy, so that the backup itself tells of it.
    note = NoteBackup(visit.standing.ground(), visit.actor, visit.at)
    note(MADE, workspace.register.county.name)
    return begun("backup.make", say("备份"), 1, work)


@gives_file("/backups/{name}", "application/zip", "backup.make", "county")
def take(request: HttpRequest, name: Word) -> FileResponse:
    """Take a backup away; who took it stands in the journal."""
    del request
    visit = asked().visit
    path = backup_named(visit.standing.workspace(), name)
    if path is None:
        raise MissingError(say("没有这份备份：{name}。", name=name))
    NoteBackup(visit.standing.ground(), visit.actor, visit.at)(TAKEN, name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
