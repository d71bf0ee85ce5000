"""Restoring a backup: proved first, put together beside the place, and only then put there.

What stands at the place is never written over: it is refused, or where somebody asks for it, moved
aside under a name that says when. A workspace that does not verify is not put there either.
"""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.backup.exchange import can_exchange, exchange
from xianxue.desk.backup.taking_place import aside_of, cleared, empty_beside
from xianxue.desk.backup.told_back import PuttingBack, tell_put_back
from xianxue.desk.database.barrier import raised, turning
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.stores.archive import DATABASE, FILES, Contents, Database, Reader
from xianxue.desk.stores.settings_file import NAME
from xianxue.desk.stores.whole_files import settle_folder
from xianxue.desk.workspace import MisusedError, Workspace

_ROOM: Final = 64 << 20
"""Bytes left free beside what is unpacked, for the database's log."""


class Restored(Record):
    """What came of a backup."""

    contents: Contents
    lines: int
    digest: str
    issues: list[Issue]
    aside: Path | None
    """Where what stood there before is now."""
    placed: bool
    """False where it does not verify, and nobody asked for it in spite of that."""
    told: bool = False
    """Whether the journal goes on with a line that tells of it."""


class By(Record):
    """Who restores at the terminal, when and why."""

    name: str
    at: datetime
    why: str = ""


def restore(
    archive: Reader, folder: Path, *, replace: bool, harmed: bool, by: By | None = None
) -> Restored:
    """Unpack an archive, verify what came of it and put it in place.

    ArchiveError where the archive is damaged, MisusedError where the place is taken or too small;
    nothing is written then. Without ``harmed``, what does not verify is not put in place. Where it
    takes the place of a workspace, its journal goes on with a line that says who put it back; a
    copy in a new folder stays what was backed up, so that it can be held against what was noted.
    """
    _refuse_place(archive.contents, folder, replace=replace)
    folder = folder.resolve()
    # All of it once before a byte is written: damage at the end must not leave half a workspace.
    archive.prove()
    # A living workspace stands still meanwhile, and of two who restore one is refused.
    with raised(folder, 0) if _holds(folder) else nullcontext():
        # Beside the place and not elsewhere, so that it can be put there by renaming.
        scratch = empty_beside(folder)
        try:
            lines, digest, issues = lay_out(archive, scratch, harmed=harmed)
            if issues and not harmed:
                return Restored(archive.contents, lines, digest, issues, None, placed=False)
            telling = _told_by(by, archive, folder)
            if telling is not None:
                lines, digest = tell_put_back(scratch, telling)
            aside = _put(scratch, folder)
        finally:
            if scratch.exists():
                cleared(folder, scratch)
    told = telling is not None
    return Restored(archive.contents, lines, digest, issues, aside, placed=True, told=told)


def _told_by(by: By | None, archive: Reader, folder: Path) -> PuttingBack | None:
    """Give what the line is to say; None where nothing stood there, or no journal goes on."""
    if by is None or archive.contents.database is None or not (folder / NAME).is_file():
        return None
    from xianxue.desk.database import snapshots  # noqa: PLC0415 - needs Django

    return PuttingBack(
        name=archive.path.name,
        seal=archive.seal,
        actor=by.name,
        at=by.at,
        why=by.why,
        left=snapshots.noted_head(folder / "store"),
        known={"terminal": True},
    )


def _holds(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def lay_out(archive: Reader, scratch: Path, *, harmed: bool) -> tuple[int, str, list[Issue]]:
    """Unpack an archive into an empty folder; give the journal's head and its faults."""
    for member in archive.contents.files:
        if member.name.startswith(FILES):
            archive.unpack(member, scratch / member.name.removeprefix(FILES))
    return _database(archive, scratch, harmed=harmed)


def refuse_small(needed: int, near: Path) -> None:
    """Refuse a disk that has no room for what is to be unpacked; nothing has been written."""
    free, needed = shutil.disk_usage(near).free, needed + _ROOM
    if free < needed:
        message = say(
            "磁盘空间不够：要 {needed} MB，只有 {free} MB；什么也没有写",
            needed=needed >> 20,
            free=free >> 20,
        )
        raise MisusedError(message)


def _refuse_place(contents: Contents, folder: Path, *, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise MisusedError(say("{folder} 不是目录，没有恢复", folder=folder))
    if _holds(folder) and not replace:
        message = say(
            "{folder} 里已有东西，没有动它：请恢复到一个新目录；"
            "确实要换下它，加 --replace，原来的整个改名留着",
            folder=folder,
        )
        raise MisusedError(message)
    # The folder need not exist yet; the disk it will lie on is that of what does.
    near = next(each for each in folder.resolve().parents if each.exists())
    refuse_small(contents.size, near)


def _database(archive: Reader, scratch: Path, *, harmed: bool) -> tuple[int, str, list[Issue]]:
    """Lay the database out, and let the journal prove it."""
    told = archive.contents.database
    if told is None:
        Workspace.open(scratch)
        return 0, "", []
    from xianxue.desk.database import snapshots  # noqa: PLC0415 - needs Django

    store = scratch / "store"
    if snapshots.database_vendor(store) != told.vendor:
        message = say(
            "备份里的数据库是 {theirs}，这里设的是 {ours}：请改 {variable} 再恢复；什么也没有写",
            theirs=told.vendor,
            ours=snapshots.database_vendor(store),
            variable=VARIABLE,
        )
        raise MisusedError(message)
    if told.vendor == "sqlite":
        return _sqlite(archive, scratch, told, harmed=harmed)
    return _postgresql(archive, scratch, told, harmed=harmed)


def _sqlite(
    archive: Reader, scratch: Path, told: Database, *, harmed: bool
) -> tuple[int, str, list[Issue]]:
    from xianxue.desk.database import snapshots  # noqa: PLC0415 - as above

    target = snapshots.sqlite_file(scratch / "store")
    if target.exists():
        message = say(
            "{variable} 指的数据库 {path} 已经有了，没有动它：请先去掉这个变量，或指向一个新文件",
            variable=VARIABLE,
            path=target,
        )
        raise MisusedError(message)
    for member in archive.contents.files:
        if member.name.startswith(DATABASE):
            archive.unpack(member, target)
    # Where the variable names a file elsewhere, removing the scratch folder does not remove it.
    outside = not target.is_relative_to(scratch)
    proved = False
    try:
        lines, digest, issues = _verified(scratch, told)
        proved = harmed or not issues
    finally:
        if outside and not proved:
            target.unlink()
    return lines, digest, issues


def _postgresql(
    archive: Reader, scratch: Path, told: Database, *, harmed: bool
) -> tuple[int, str, list[Issue]]:
    from xianxue.desk.database import open_empty, snapshots  # noqa: PLC0415 - as above

    lines = scratch / "restored-lines"
    for member in archive.contents.files:
        if member.name.startswith(DATABASE):
            archive.unpack(member, lines / member.name.removeprefix(DATABASE))
    open_empty(scratch / "store")
    snapshots.load(lines, told.schema, told.columns)
    # They would be put in place with the workspace, and hold all it holds.
    shutil.rmtree(lines)
    found = _verified(scratch, told)
    if found[2] and not harmed:
        snapshots.drop_all()
    return found


def _verified(scratch: Path, told: Database) -> tuple[int, str, list[Issue]]:
    """Go through the journal, up to the head that stood when the backup was made."""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    workspace = Workspace.open(scratch)
    open_ground(workspace, to_verify=True)
    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    from xianxue.desk.journal.verification import verify  # noqa: PLC0415 - as above
    from xianxue.desk.releases.whole_store import faults_of  # noqa: PLC0415 - as above

    try:
        found = verify(f"{told.lines}:{told.digest}" if told.lines else "")
        issues = [*found.issues, *faults_of(workspace)]
    finally:
        # The folder is renamed next; an open log would stay behind under the old name.
        connection.close()
    return found.lines, found.digest, issues


def _put(scratch: Path, folder: Path) -> Path | None:
    """Put a finished folder in its place; what stands there is moved aside whole."""
    # The whole folder has to have reached the disk before it takes its name.
    if hasattr(os, "sync"):
        os.sync()
    aside = None
    if _holds(folder):
        if can_exchange(folder):
            with turning:
                exchange(folder, scratch)
            return cleared(folder, scratch)
        aside = aside_of(folder)
        folder.rename(aside)
    elif folder.is_dir():
        folder.rmdir()
    scratch.rename(folder)
    settle_folder(folder.parent)
    return aside
