"""A backup laid out beside a living workspace, in a process of its own.

The process that serves pages has one set of database settings for all its threads and must not turn
to another database for the minute that this takes. Started as a program
(``python -m xianxue.desk.backup.laid_beside``) it reads an `Order` and prints an `Outcome`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.backup.restoring import lay_out
from xianxue.desk.backup.told_back import PuttingBack, tell_put_back
from xianxue.desk.database.system_faults import machine_words
from xianxue.desk.stores.archive import ArchiveError, reading_archive
from xianxue.desk.stores.site_key import NAME as SITE_KEY
from xianxue.desk.works.packing import packed, unpacked
from xianxue.desk.workspace import ComplaintsError, MisusedError

_OWNER_ALONE: Final = 0o600


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be laid out, and what the restored journal and pages are to know of it."""

    archive: str
    seal: str
    root: str
    """The living workspace."""
    scratch: str
    """An empty folder beside it."""
    actor: str
    known: dict[str, Any]
    """What the journal says of the actor beside the name."""
    at: datetime
    why: str
    left: str
    """The journal's head in the workspace that is left: lines and digest."""
    safety: str
    """The name of the backup of that."""
    work: dict[str, Any]
    """The row of the work that puts it back, so that its page is found afterwards."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: a reason why not, or the head of the journal as it now is."""

    why: Any = None
    """A packed sentence."""
    lines: int = 0
    digest: str = ""


def lay_beside(order: Order) -> Outcome:
    """Have it laid out by another process; MisusedError where that cannot be done."""
    done = subprocess.run(  # noqa: S603 - this program's own module
        [sys.executable, "-m", __name__],
        input=msgspec.json.encode(order),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
    )
    try:
        found = msgspec.json.decode(done.stdout, type=Outcome)
    except msgspec.DecodeError:
        message = say("在旁边恢复的程序中途停了，没有恢复，什么也没有改：请再试一次")
        raise MisusedError(message) from RuntimeError(done.stderr.decode(errors="replace"))
    if found.why is not None:
        raise MisusedError(unpacked(found.why))
    return found


def main() -> None:
    """Read an order, carry it out, print what came of it."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    try:
        found = _laid(order)
    except (ArchiveError, MisusedError) as error:
        found = Outcome(why=packed(error.args[0]))
    except ComplaintsError as error:
        found = Outcome(why=packed(error.issues[0].message))
    except Exception as error:
        words = machine_words(error)
        if words is None:
            raise
        found = Outcome(why=packed(words))
    sys.stdout.buffer.write(msgspec.json.encode(found))


def _laid(order: Order) -> Outcome:
    scratch = Path(order.scratch)
    with reading_archive(Path(order.archive)) as archive:
        if archive.seal != order.seal:
            return Outcome(why=packed(say("备份文件在这期间换过了，没有恢复")))
        _, _, issues = lay_out(archive, scratch, harmed=False)
    if issues:
        return Outcome(why=packed(_faulty(issues[0].message)))
    _keep_key(Path(order.root), scratch)
    lines, digest = _told(order, scratch)
    # All of it has to have reached the disk before it takes the place of what stands.
    os.sync()
    return Outcome(lines=lines, digest=digest)


def _faulty(first: str) -> Sentence:
    return say("这份备份里的数据有问题，没有恢复：{first}", first=first)


def _keep_key(root: Path, scratch: Path) -> None:
    """Leave the pages the secret by which they know their own forms."""
    there, here = root / "store" / SITE_KEY, scratch / "store" / SITE_KEY
    if there.is_file():
        shutil.copyfile(there, here)
    if here.is_file():
        here.chmod(_OWNER_ALONE)


def _told(order: Order, scratch: Path) -> tuple[int, str]:
    told = PuttingBack(
        name=Path(order.archive).name,
        seal=order.seal,
        actor=order.actor,
        known=order.known,
        at=order.at,
        why=order.why,
        left=order.left,
        safety=order.safety,
    )
    return tell_put_back(scratch, told, order.work)


if __name__ == "__main__":
    main()
