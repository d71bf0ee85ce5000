"""The write barrier: while a backup is put back nothing is written, in this process or another.

A lock on a file beside the workspace says that it is up; no dead process can keep it. In the
process that puts back, whatever began to write before is waited for; in others a deed meets the
lock when it begins, or finds that the file it has open is no longer the workspace's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Condition, RLock
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.stores.whole_files import lock_file
from xianxue.desk.workspace import MisusedError

BESIDE: Final = "-backups"
"""What the folder beside a workspace is called in which backups lie, and the lock."""
_LOCK: Final = "restoring.sqlite3"
_STORE: Final = "store"
_OWNER_ALONE: Final = 0o700
turning: Final = RLock()
"""Held while a connection is opened, and while files change places: a database of one and a log of
the other would be neither."""
_news: Final = Condition()
_up: Final[set[Path]] = set()
"""Roots behind this process's own barrier."""
_own: ContextVar[bool] = ContextVar("own", default=False)
"""Set in the thread that puts back: it alone goes on."""


class _Going:
    many = 0
    """Requests of this process that may write and are being answered."""


def beside(root: Path) -> Path:
    """Give the folder beside a workspace."""
    resolved = root.resolve()
    return resolved.with_name(resolved.name + BESIDE)


def is_up(root: Path) -> bool:
    """Whether this process is putting a backup of a workspace back."""
    return root.resolve() in _up


@contextmanager
def passing(root: Path) -> Iterator[None]:
    """Answer a request that may write; ComplaintsError while the barrier is up."""
    with _news:
        if is_up(root):
            raise ComplaintsError([_waiting()])
        _Going.many += 1
    try:
        # Who asks was read from a file that has left its place since: they are asked anew.
        _refuse_left()
        yield
    finally:
        with _news:
            _Going.many -= 1
            _news.notify_all()


@contextmanager
def raised(root: Path, patience: float) -> Iterator[None]:
    """Hold the barrier up; MisusedError where another holds it, or what goes on does not end."""
    folder = beside(root)
    folder.mkdir(mode=_OWNER_ALONE, exist_ok=True)
    lock = sqlite3.connect(lock_file(folder / _LOCK), timeout=0, isolation_level=None)
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise MisusedError(say("已经有人在恢复备份：请等它做完，再看还要不要恢复")) from None
        with _held(root.resolve(), patience):
            yield


@contextmanager
def _held(root: Path, patience: float) -> Iterator[None]:
    token = _own.set(True)
    try:
        with _news:
            _up.add(root)
            if not _news.wait_for(lambda: not _Going.many, patience):
                raise MisusedError(
                    say(
                        "有人正在提交，等了 {n} 秒还没有完，没有恢复：请稍候再恢复", n=int(patience)
                    )
                )
        yield
    finally:
        with _news:
            _up.discard(root)
        _own.reset(token)


def refuse_behind(file: Path) -> None:
    """Refuse a deed on a database whose workspace is behind the barrier."""
    if _own.get() or file.parent.name != _STORE:
        return
    root = file.parent.parent
    if is_up(root) or _locked(beside(root) / _LOCK):
        raise ComplaintsError([_waiting()])


def refuse_moved(file: Path, opened: int) -> None:
    """Refuse a deed on a file that was opened before another took its place."""
    if opened and inode_of(file) != opened:
        raise ComplaintsError([_moved()])


def _refuse_left() -> None:
    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    if connection.vendor == "sqlite" and connection.connection is not None:
        opened = getattr(connection, "opened_file", 0)
        refuse_moved(Path(connection.settings_dict["NAME"]), opened)


def note_opened(connection: Any, **_: object) -> None:  # noqa: ANN401 - Django's, of any vendor
    """Note which file a connection has opened; a receiver of ``connection_created``."""
    if connection.vendor == "sqlite":
        connection.opened_file = inode_of(Path(connection.settings_dict["NAME"]))


def inode_of(path: Path) -> int:
    """Give what tells a file from another of its name; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _locked(path: Path) -> bool:
    # Most workspaces never had a backup put back, and then there is no such file.
    try:
        if not path.is_file():
            return False
    except OSError:
        # The folder is its owner's alone; another account still meets ``refuse_moved``.
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    return False


def _waiting() -> Issue:
    return Issue(
        code="J-RESTORING",
        severity=Severity.MUST_FIX,
        saw=say("正在恢复备份，没有办"),
        required=say("恢复期间什么也不写"),
        do=say("请稍候，过几分钟再办"),
    )


def _moved() -> Issue:
    return Issue(
        code="J-RESTORED",
        severity=Severity.MUST_FIX,
        saw=say("办的时候恢复了备份，没有办"),
        required=say("在恢复后的数据上办"),
        do=say("请重新打开再办"),
    )
