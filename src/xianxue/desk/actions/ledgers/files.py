"""Files that prove something: which nobody needs any more, and how they are destroyed.

A row goes with the deed that says so; then the file goes. A process that dies in between leaves a
file that nobody knows of, and the next sweep takes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import EntryLine, Evidence
from xianxue.desk.models.personal import EXPIRY, GONE
from xianxue.desk.stores.mappings import BroughtFiles
from xianxue.desk.stores.scans import ScanFiles

FOLDER: Final = "evidence"
"""Of the cabinet."""
SWEPT: Final = f"{SUBJECT}.sweep"


def held(digests: Iterable[str] | None = None) -> set[str]:
    """Give the files that some entry holds, of those asked for or of all.

    A line whose name of a file was destroyed holds it no longer.
    """
    wanted = None if digests is None else set(digests)
    found: set[str] = set()
    lines = EntryLine.objects.exclude(evidence=[]).values_list("evidence", "names")
    for evidence, names in lines.iterator():
        found.update(
            digest
            for digest in evidence
            if names.get(digest) != GONE and (wanted is None or digest in wanted)
        )
    return found


def unbound(ground: Ground, at: datetime) -> list[Evidence]:
    """Give the files that no entry has taken up within the time the policy says."""
    old = list(Evidence.objects.filter(at__lte=at - ground.unbound_for).order_by("pk"))
    taken = held(row.digest for row in old)
    return [row for row in old if row.digest not in taken]


def strays(ground: Ground, cabinet: Path, at: datetime) -> list[Path]:
    """Give the files of the cabinet that no row knows of, and that nobody writes any more."""
    known = set(Evidence.objects.values_list("digest", flat=True))
    found = ScanFiles(cabinet, FOLDER).before(at - ground.unbound_for)
    return [path for path in found if path.name.partition(".")[0] not in known]


class SweepFiles(Record):
    """Destroy what was handed in and never taken up by an entry (清除没有用上的凭据)."""

    ground: Ground
    cabinet: Path
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> int:
        """Destroy what is due; give how many files. ComplaintsError where the actor may not."""
        county = self.ground.register.county
        subject = Subject("journal", "", county.code, title=say("{name}日志", name=county.name))
        granted(self.ground.authority.may(self.actor, EXPIRY, subject))
        with writing():
            rows = unbound(self.ground, self.at)
            lost = strays(self.ground, self.cabinet, self.at)
            if rows:
                Evidence.objects.filter(pk__in=[row.pk for row in rows]).delete()
                digests = [row.digest for row in rows]
                tell_of(self, SWEPT, FOLDER, {"files": digests}, self.why)
        files = ScanFiles(self.cabinet, FOLDER)
        files.destroy(row.digest for row in rows)
        files.destroy(path.name.partition(".")[0] for path in lost)
        BroughtFiles(self.cabinet).sweep(self.at - self.ground.unbound_for)
        return len(rows) + len(lost)
