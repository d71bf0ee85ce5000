"""Making a backup while others write.

The database and the files that people and deeds alter (settings, register, events, cards) are taken
of one moment, inside the writers' lock. Everything else in a store is written once, before the
database refers to it, so it may be copied afterwards: more than the database knows of is harmless,
less cannot be. Compacting and scratch files come and go meanwhile; the folder is gone through again
until a round brings nothing new.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.database import has_database
from xianxue.desk.database.snapshots import (
    database_vendor,
    frozen,
    newest_known,
    sqlite_file,
)
from xianxue.desk.releases.whole_store import faults_of
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock, events, machine, roster, settings_file
from xianxue.desk.stores.archive import (
    DATABASE,
    FILES,
    FORMAT,
    VERSION,
    Contents,
    Database,
    Writer,
    reading_archive,
    takes_name,
    writing_archive,
)
from xianxue.desk.stores.whole_files import MAKING
from xianxue.desk.workspace import MAPPINGS, MisusedError, Workspace

_LOCKS: Final = frozenset({"upgrading.sqlite3", "recording.sqlite3"})
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite lays beside its file."""
_STORE: Final = "store/"
"""What the names of kept files begin with."""
_ROUNDS: Final = 10
"""Rounds through a folder in which something new still turns up: then somebody is pouring it in."""


class Made(Record):
    """A finished backup."""

    contents: Contents
    seal: str
    issues: list[Issue]
    """What was wrong with the workspace when it was taken."""
    left: list[str]
    """What is no regular file, or has a name no archive takes, and was not taken."""

    @property
    def wanting(self) -> bool:
        """Whether something is wrong with the workspace, or the store was not taken whole."""
        return bool(self.issues) or any(name.startswith(_STORE) for name in self.left)


def make_backup(workspace: Workspace, target: Path) -> Made:
    """Write an archive of a workspace and read it back; MisusedError where it may not stand there.

    ArchiveError where it does not read back as it was written.
    """
    root = workspace.root.resolve()
    # Before anything is read: a folder and its backup on one disk are lost together.
    _refuse_place(root, target)
    at = clock.now()
    with writing_archive(target, at) as archive:
        database, issues = _everything(workspace, archive)
        left = _rest(root, archive, _live_database(workspace.store))
        contents = Contents(
            format=FORMAT,
            version=VERSION,
            made_at=at,
            where=machine.here(),
            program=version("xianxue"),
            county=workspace.settings.county,
            name=workspace.register.county.name,
            database=database,
            files=sorted(archive.members.values(), key=lambda member: member.name),
        )
        seal = archive.close(contents)
    # A full or failing disk may have taken other bytes than were written; better told now than on
    # the day the backup is needed.
    with reading_archive(target) as written:
        written.prove()
    return Made(contents, seal, issues, left)


def _refuse_place(root: Path, target: Path) -> None:
    if target.exists():
        raise MisusedError(say("{path} 已经有了，没有覆盖它：请换一个文件名", path=target))
    if target.resolve().is_relative_to(root):
        message = say(
            "备份不能放在工作目录 {root} 里面：目录没了，备份也没了；请写到别的盘或别的机器上",
            root=root,
        )
        raise MisusedError(message)


def _everything(workspace: Workspace, archive: Writer) -> tuple[Database | None, list[Issue]]:
    """Take the database and what is altered in place, of one moment."""
    root = workspace.root
    if not has_database(workspace.store):
        _altered(root, workspace, archive)
        return None, []
    open_ground(workspace)
    from xianxue.desk.database.transactions import writing  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.journal.verification import head, verify  # noqa: PLC0415 - as above

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xianxue-")))
        with writing():
            # Head, altered files and database inside one lock, so that all three are of one moment.
            lines, digest = head()
            _altered(root, workspace, archive)
            snapshot = stack.enter_context(frozen(folder))
        # The moment is held already: from here on others may write again.
        columns = snapshot.write(folder)
        for path in sorted(folder.iterdir()):
            archive.add(DATABASE + path.name, path)
    database = Database(
        vendor="sqlite" if database_vendor(workspace.store) == "sqlite" else "postgresql",
        schema=newest_known(),
        lines=lines,
        digest=digest,
        columns=columns,
    )
    return database, [*verify("").issues, *faults_of(workspace)]


def _altered(root: Path, workspace: Workspace, archive: Writer) -> None:
    """Take what people and deeds alter in place."""
    for name in (settings_file.NAME, roster.NAME, events.NAME):
        if (root / name).is_file():
            archive.add(FILES + name, root / name)
    for name in (MAPPINGS, *workspace.settings.overlays):
        for path in sorted((root / name).rglob("*")):
            # An overlay may be shared from outside the workspace, or a link lead there: what lies
            # there is not ours to restore.
            inside = path.resolve().is_relative_to(root.resolve())
            if inside and _regular(path) and not path.name.startswith(MAKING):
                taken = FILES + path.relative_to(root).as_posix()
                if taken not in archive.members and takes_name(taken):
                    archive.add(taken, path)


def _rest(root: Path, archive: Writer, live: set[Path]) -> list[str]:
    """Take all other files; give those that cannot be taken."""
    left: list[str] = []
    for _ in range(_ROUNDS):
        new = 0
        for path in _files(root, live):
            name = FILES + path.relative_to(root).as_posix()
            # Taken already: what was altered in place is never taken a second time, of a later
            # moment.
            if name in archive.members or name in left:
                continue
            new += 1
            # Found out here and not when the finished archive is read back, which would refuse it.
            if not _regular(path) or not takes_name(name):
                left.append(name)
                continue
            try:
                archive.add(name, path)
            except FileNotFoundError:
                # Compacted or renamed since: what has come in its place is met in the next round.
                continue
        if not new:
            return [name.removeprefix(FILES) for name in left]
    message = say("工作目录 {root} 里不断有新文件写进来，备份没有做成；请稍后再做", root=root)
    raise MisusedError(message)


def _files(root: Path, live: set[Path]) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        scratch = any(part.startswith(MAKING) for part in path.relative_to(root).parts)
        if not scratch and path not in live and path.name not in _LOCKS and not _folder(path):
            yield path


def _live_database(store: Path) -> set[Path]:
    """Name the database's own files, of which a copy of one moment was taken."""
    if database_vendor(store) != "sqlite":
        return set()
    file = sqlite_file(store).resolve()
    return {file.with_name(file.name + end) for end in _BESIDE}


def _folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        # Gone since the folder was listed: opening it says so.
        return True
