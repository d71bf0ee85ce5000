"""Files that prove something, kept by the digest of their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import Evidence
from xianxue.desk.stores.scans import NoScanError, Scan, ScanFiles, look_at_scan
from xianxue.desk.workspace import ComplaintsError

FOLDER = "evidence"
"""Of the cabinet."""


def keep_files(room: Room, files: Sequence[Path], actor: Actor, at: datetime) -> list[str]:
    """Keep files and give their digests; ComplaintsError with each that is no evidence.

    All are looked at before the first is kept.
    """
    found: list[tuple[Scan, bytes]] = []
    issues: list[Issue] = []
    for path in files:
        try:
            found.append(look_at_scan(path))
        except NoScanError as error:
            saw = error.args[0]
            issues.append(Issue(code="L-FILE", severity=Severity.MUST_FIX, saw=saw))
    if issues:
        raise ComplaintsError(issues)
    store = ScanFiles(room.cabinet, FOLDER)
    for scan, data in found:
        store.keep(scan, data)
        Evidence.objects.get_or_create(
            digest=scan.digest,
            defaults={
                "kind": scan.kind,
                "name": scan.file,
                "size": scan.size,
                "at": at,
                "by": actor.name,
            },
        )
    return [scan.digest for scan, _ in found]
