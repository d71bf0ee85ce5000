"""Backups that are made from the pages: kept beside the workspace, listed, taken away by deeds."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.backup.making import Made, make_backup
from xianxue.desk.database.barrier import beside
from xianxue.desk.stores.archive import ArchiveError, reading_archive
from xianxue.desk.stores.clock import BEIJING
from xianxue.desk.workspace import MisusedError, Workspace

BEFORE: Final = "-before-restoring"
"""What the name of a backup ends with that was made before another was put back."""
_OWNER_ALONE: Final = 0o700


class Kept(Record, kw_only=True):
    """One backup that lies there."""

    name: str
    size: int
    """Bytes of the file."""
    made_at: datetime | None = None
    """None where it does not read as a backup."""
    files: int = 0
    head: str = ""
    """The journal's head in it: lines and digest."""
    seal: str = ""

    @property
    def before(self) -> bool:
        """Whether it was made of itself, before another was put back."""
        return self.name.endswith(BEFORE + ".zip")


def folder_of(workspace: Workspace) -> Path:
    """Give the folder of a workspace's backups: beside it, for one in it would be lost with it."""
    return beside(workspace.root)


def backups_of(workspace: Workspace) -> list[Kept]:
    """List the backups, the newest first."""
    folder = folder_of(workspace)
    found = folder.glob("*.zip") if folder.is_dir() else ()
    return [_kept(path) for path in sorted(found, reverse=True)]


def backup_now(workspace: Workspace, at: datetime, end: str = "") -> Made:
    """Make a backup there, for its owner alone to read; ``end``: what its name ends with."""
    start = f"{workspace.settings.county}-{at.astimezone(BEIJING):%Y%m%d-%H%M%S}"
    try:
        return make_backup(workspace, _free(own_folder(workspace), start, end))
    except ArchiveError as error:
        raise MisusedError(error.args[0]) from error


def _free(folder: Path, start: str, end: str) -> Path:
    """Give a name nobody has: two backups may be made within one second."""
    more = ("" if number == 1 else f"-{number}" for number in count(1))
    names = (folder / f"{start}{one}{end}.zip" for one in more)
    return next(path for path in names if not path.exists())


def own_folder(workspace: Workspace) -> Path:
    """Have the folder of the backups, for its owner alone."""
    folder = folder_of(workspace)
    folder.mkdir(mode=_OWNER_ALONE, exist_ok=True)
    folder.chmod(_OWNER_ALONE)
    return folder


def backup_named(workspace: Workspace, name: str) -> Path | None:
    """Give the file of a backup; None where there is none of that name."""
    folder = folder_of(workspace)
    # Held against what lies there: a name that leads elsewhere is none of them.
    found = {path.name: path for path in folder.glob("*.zip")} if folder.is_dir() else {}
    return found.get(name)


def faults_told(made: Made) -> list[Issue]:
    """Give what was wrong with the workspace, and what could not be taken."""
    left = [
        Issue(
            code="B-LEFT",
            severity=Severity.MUST_FIX,
            file=name,
            saw=say("没有备份 {name}", name=name),
        )
        for name in made.left
    ]
    return [*made.issues, *left]


def _kept(path: Path) -> Kept:
    size = path.stat().st_size
    try:
        with reading_archive(path) as archive:
            told, seal = archive.contents, archive.seal
    except (ArchiveError, OSError):
        return Kept(name=path.name, size=size)
    kept = told.database
    return Kept(
        name=path.name,
        size=size,
        made_at=told.made_at,
        files=len(told.files),
        head=f"{kept.lines}:{kept.digest}" if kept and kept.lines else "",
        seal=seal,
    )
