"""Putting a backup back into the workspace that people are working in.

Nobody writes meanwhile (``database/barrier.py``). What stands is backed up first; the backup is
laid out and proved beside it; then both folders change places in one step. A process that dies
before that step leaves everything as it was, one that dies after it leaves everything as it is to
be.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, known_of
from xianxue.desk.actions.note_backup import RESTORE, refuse_backup
from xianxue.desk.backup.exchange import can_exchange, exchange
from xianxue.desk.backup.kept import (
    BEFORE,
    Kept,
    backup_named,
    backup_now,
    backups_of,
    own_folder,
)
from xianxue.desk.backup.laid_beside import Order, lay_beside
from xianxue.desk.backup.losing import losing
from xianxue.desk.backup.restoring import refuse_small
from xianxue.desk.backup.taking_place import clear_up, cleared, empty_beside
from xianxue.desk.database.barrier import raised, turning
from xianxue.desk.database.opening import close_database
from xianxue.desk.database.snapshots import database_vendor, sqlite_file
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.verification import head
from xianxue.desk.stores.archive import reading_archive
from xianxue.desk.works.running import Going, going_beside
from xianxue.desk.workspace import MisusedError, Workspace

STEPS: Final = 3
"""What was proved, what was kept, what was laid out: the last step is the exchange itself."""
_PATIENCE: Final = 20.0
"""Seconds that what somebody is just sending is waited for."""


class Wanted(Record, kw_only=True):
    """Which backup somebody wants back, and why."""

    name: str
    actor: Actor
    at: datetime
    why: str = ""
    address: str = ""
    """The page that tells of it afterwards."""


class Back(Record, kw_only=True):
    """A backup that stands in the place."""

    lines: int
    digest: str
    left: str
    """The head of the journal that was left."""
    safety: str
    """The name of the backup of that."""
    aside: Path
    """Where all of it lies as it was."""


def cannot(workspace: Workspace) -> Sentence | None:
    """Say why no backup can be put back here from a page; None where it can."""
    if database_vendor(workspace.store) != "sqlite":
        return say(
            "这个县用 PostgreSQL：要先新建一个空的数据库，让 XIANXUE_DATABASE_URL 指向它。"
            "网页上办不了，请在机器上按下面的步骤恢复"
        )
    if not sqlite_file(workspace.store).resolve().is_relative_to(workspace.root.resolve()):
        return say("数据库文件不在工作目录里，网页上办不了，请在机器上按下面的步骤恢复")
    if not can_exchange(workspace.root.resolve()):
        return say(
            "这台机器的系统或磁盘不能一步换下整个目录，网页上办不了，请在机器上按下面的步骤恢复"
        )
    return None


def put_back(workspace: Workspace, ground: Ground, wanted: Wanted, going: Going) -> Back:
    """Put a backup back; MisusedError or ComplaintsError where nothing has changed."""
    refuse_backup(ground, wanted.actor, RESTORE, wanted.name)
    path, kept = _found(workspace, ground, wanted.name)
    own_folder(workspace)
    with raised(workspace.root, _PATIENCE):
        _refuse_busy(going)
        clear_up(workspace.root)
        with reading_archive(path) as archive:
            # It is laid out, and what stands is kept, on one disk.
            refuse_small(archive.contents.size + _size_of(workspace.root), path.parent)
            archive.prove()
        going.step()
        made = backup_now(workspace, wanted.at, BEFORE)
        safety = next(one for one in backups_of(workspace) if one.seal == made.seal)
        going.step()
        return _exchanged(workspace, kept, safety, wanted, going)


def _found(workspace: Workspace, ground: Ground, name: str) -> tuple[Path, Kept]:
    path = backup_named(workspace, name)
    kept = next((one for one in backups_of(workspace) if one.name == name), None)
    if path is None or kept is None or kept.made_at is None:
        raise MisusedError(say("没有这份备份，或者读不出来：{name}", name=name))
    why = cannot(workspace)
    if why is not None:
        raise MisusedError(why)
    if not losing(ground, kept).same:
        raise MisusedError(say("这份备份不是这本日志的，没有恢复"))
    return path, kept


def _refuse_busy(going: Going) -> None:
    """Refuse while other long works go on in this process: they would stop half way."""
    others = going_beside(going.key)
    if others:
        raise MisusedError(
            say("“{title}”还没有办完，没有恢复：请等它办完，或请办的人停下", title=others[0])
        )


def _exchanged(
    workspace: Workspace, kept: Kept, safety: Kept, wanted: Wanted, going: Going
) -> Back:
    root = workspace.root.resolve()
    scratch = empty_beside(root)
    order = Order(
        archive=str(own_folder(workspace) / kept.name),
        seal=kept.seal,
        root=str(root),
        scratch=str(scratch),
        actor=wanted.actor.name,
        known=known_of(wanted.actor),
        at=wanted.at,
        why=wanted.why,
        left=safety.head,
        safety=safety.name,
        work=_row(going, wanted),
    )
    try:
        found = lay_beside(order)
        going.step()
        with writing():
            _refuse_later(safety.head)
            # SQLite sees that the file it has open has moved, and leaves the new one's log alone.
            with turning:
                exchange(root, scratch)
    finally:
        aside = cleared(root, scratch)
        # What this thread has open is the database that has left its place.
        close_database()
    return Back(
        lines=found.lines, digest=found.digest, left=safety.head, safety=safety.name, aside=aside
    )


def _refuse_later(noted: str) -> None:
    """Refuse where somebody who did not see the barrier has done something since it was kept."""
    number, digest = head()
    if (f"{number}:{digest}" if number else "") != noted:
        raise MisusedError(say("恢复的时候有人办了事，没有恢复：请再看一遍会丢什么"))


def _row(going: Going, wanted: Wanted) -> dict[str, Any]:
    """Give the row of the work as it is to stand when this is done."""
    from xianxue.desk.models import LongWork  # noqa: PLC0415 - needs Django set up first

    names = ("key", "who", "kind", "title", "total", "began_at", "moved_at")
    row = LongWork.objects.filter(key=going.key).values(*names).first()
    done = {"state": "done", "done": STEPS, "result": {"address": wanted.address}}
    return {} if row is None else {**row, **done}


def _size_of(root: Path) -> int:
    return sum(path.lstat().st_size for path in root.rglob("*") if path.is_file())
