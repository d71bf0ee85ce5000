"""Files that prove something, kept by the digest of their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.entry import Files
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ledgers.files import FOLDER
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import Evidence
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.scans import (
    NoScanError,
    Scan,
    ScanFiles,
    look_at_bytes,
    look_at_scan,
)
from xianxue.desk.workspace import ComplaintsError

Proof = Scan
"""A file that proves something: its name, digest, kind and size."""
_APPLE = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
"""How the photographs of some telephones begin, which no office computer opens."""
_BEGIN = slice(4, 12)


def keep_files(room: Room, files: Sequence[Path], at: datetime) -> Files:
    """Keep files and give their digests and names; ComplaintsError with each that is no evidence.

    All are looked at before the first is kept.
    """
    found: list[tuple[Scan, bytes]] = []
    issues: list[Issue] = []
    for path in files:
        try:
            found.append(look_at_scan(path))
        except NoScanError as error:
            issues.append(_refused(error.args[0]))
    return _kept(room, found, issues, at)


def keep_sent(room: Room, files: Iterable[tuple[str, bytes]], at: datetime) -> Files:
    """Keep what was sent under its names, as ``keep_files`` does."""
    found: list[tuple[Scan, bytes]] = []
    issues: list[Issue] = []
    for name, data in files:
        if data[_BEGIN] in _APPLE:
            issues.append(_refused(say("{name} 是 HEIC 照片，办公电脑打不开", name=name), _TURN))
            continue
        if not data:
            issues.append(_refused(say("{name} 是空文件", name=name)))
            continue
        try:
            found.append((look_at_bytes(name, data), data))
        except NoScanError as error:
            issues.append(_refused(error.args[0]))
    return _kept(room, found, issues, at)


_TURN = say("请在手机“相机”设置里选“兼容性最佳”再拍，或者转成 JPG 再附")


def _refused(saw: str, do: str = "") -> Issue:
    required: Sentence = say("JPG、PNG 照片或 PDF，每个不超过 50 MB")
    return Issue(code="L-FILE", severity=Severity.MUST_FIX, saw=saw, required=required, do=do)


def _kept(
    room: Room,
    found: Sequence[tuple[Scan, bytes]],
    issues: list[Issue],
    at: datetime,
) -> Files:
    if issues:
        raise ComplaintsError(issues)
    store = ScanFiles(room.cabinet, FOLDER)
    for scan, data in found:
        store.keep(scan, data)
        # Handed in again, it waits anew to be taken up by an entry.
        Evidence.objects.update_or_create(
            digest=scan.digest, defaults={"kind": scan.kind, "size": scan.size, "at": at}
        )
    # In the order in which they came, each once.
    return {scan.digest: scan.file for scan, _ in found}


def scans_of(files: Files) -> dict[str, Proof]:
    """Give what is known of files, each under the name that it has here."""
    rows = {row.digest: row for row in Evidence.objects.filter(digest__in=list(files))}
    return {
        digest: Scan(name, digest, rows[digest].kind, rows[digest].size)
        for digest, name in files.items()
        if digest in rows
    }


def read_evidence(room: Room, proof: Proof) -> bytes | None:
    """Read a file as it was handed in; None where it is missing, or not what it was."""
    try:
        return ScanFiles(room.cabinet, FOLDER).read(proof)
    except HarmedError:
        return None
