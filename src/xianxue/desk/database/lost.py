"""A database that is lost, emptied or damaged beside what it should refer to: refused in words.

The cabinet and the releases are never written before there is a database. Where they hold
something and the database nothing, somebody has lost it; to begin a new one would hide that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.stores.harm import HarmedError

_CELLS: Final = ("cabinet/batches", "cabinet/workbooks")
"""Written before the first deed is done: they may lie beside a journal without a line."""
_SETTLED: Final = ("cabinet/compacted", "releases")
"""Written after deeds that the journal tells of."""

_DAMAGED: Final = (
    *("malformed", "not a database", "corrupt", "no such table", "no such column"),
    *("encrypted", "does not exist", "invalid page", "could not read block"),
)
"""What SQLite and PostgreSQL say of a database that is not busy but broken."""
_FULL: Final = ("disk is full", "no space left")
"""What they say where there is no room: waiting would help nobody."""


def kept_beside(folder: Path, *, settled: bool = False) -> list[str]:
    """Name the parts of a store that hold something, those alone that follow from deeds or all."""
    parts = _SETTLED if settled else (*_CELLS, *_SETTLED)
    return [name for name in parts if any(_entries(folder / name))]


def refuse_lost(folder: Path, database: str) -> None:
    """Complain of a database that is not there, or empty, where the store holds something."""
    if beside := kept_beside(folder):
        saw = say(
            "数据库不见了或被清空（{database}），旁边却还有留存的报表和发布（{beside}）",
            database=database,
            beside=joined("、", beside),
        )
        raise HarmedError([lost(saw)])


def refuse_emptied(folder: Path) -> None:
    """Complain of a journal without a line beside what only deeds could have left."""
    if issue := emptied(kept_beside(folder, settled=True)):
        raise HarmedError([issue])


def emptied(beside: list[str]) -> Issue | None:
    """Complain where the journal has no line, or no head, and these parts hold something."""
    from xianxue.desk.models import JournalHead  # noqa: PLC0415 - needs Django set up first

    head = JournalHead.objects.first()
    if head is None:
        return lost(say("数据库里记日志行数和末行摘要的那一条不见了"))
    if head.lines or not beside:
        return None
    saw = say(
        "数据库里一行日志也没有，旁边却有留存的报表和发布（{beside}）",
        beside=joined("、", beside),
    )
    return lost(saw)


def lost(saw: str) -> Issue:
    """Complain of the database as a whole."""
    return Issue(
        code="K-DATABASE",
        severity=Severity.MUST_FIX,
        file=say("数据库"),
        saw=saw,
        required=say("数据库与留存的报表、发布同在"),
        do=say(
            "什么都没有写。请查看工作目录和数据库设置是否指对；"
            "确已丢失的，请封存现场，从备份恢复后再办"
        ),
    )


def damaged(error: Exception) -> bool:
    """Whether an error of the database says that it is broken, not busy."""
    said = str(error).lower()
    return any(word in said for word in _DAMAGED)


def told(error: Exception) -> Sentence:
    """Say what has happened to the database, in words that tell busy from broken."""
    if damaged(error):
        return say(
            "错误：数据库损坏，或者缺了表（{error}）。什么都没有写，重试也没有用："
            "请封存数据库文件，从备份恢复。",
            error=error,
        )
    if any(word in str(error).lower() for word in _FULL):
        return say(
            "错误：磁盘满了，数据库写不进去（{error}）。正在办的这一步没有生效，请腾出空间再办。",
            error=error,
        )
    return say(
        "错误：数据库正忙，或者写不进去（{error}）。正在办的这一步没有生效，请稍后再办。",
        error=error,
    )


def _entries(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            # What a dead process was making is no more than that.
            yield from (entry.name for entry in found if not entry.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return
