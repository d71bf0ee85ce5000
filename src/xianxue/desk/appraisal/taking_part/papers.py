"""Evidence that is handed in on a page: a file that was sent, or one that is kept already."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.appraisal.reports import FOLDER
from xianxue.desk.appraisal.taking_part.own_part import Paper
from xianxue.desk.ledgers.pictures import LARGE, NoPictureError, shown_picture
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.scans import NoScanError, Scan, ScanFiles, look_at_bytes
from xianxue.desk.workspace import ComplaintsError

KeptFile = Scan
"""A file that is kept: its name, digest, kind and size."""
_PICTURES = frozenset({"jpg", "png"})


def sent_file(cabinet: Path, name: str, data: bytes) -> tuple[KeptFile, bytes]:
    """Take a file as it was sent, and keep it: what else is wrong, it need not be sent again."""
    try:
        scan = look_at_bytes(name, data)
    except NoScanError as error:
        required = say("JPG、PNG 照片或 PDF，每个不超过 50 MB")
        issue = Issue(
            code="P-FILE", severity=Severity.MUST_FIX, saw=error.args[0], required=required,
            field="file",
        )  # fmt: skip
        raise ComplaintsError([issue]) from error
    ScanFiles(cabinet, FOLDER).keep(scan, data)
    return scan, data


def kept_file(cabinet: Path, file: KeptFile) -> tuple[KeptFile, bytes] | None:
    """Give a file that is kept; None where it is missing, or not what it was."""
    try:
        return file, ScanFiles(cabinet, FOLDER).read(file)
    except HarmedError:
        return None


def shown_file(cabinet: Path, paper: Paper) -> tuple[str, bytes] | None:
    """Give name and bytes as they are looked at; a photograph without where it was taken."""
    found = kept_file(cabinet, paper.scan)
    if found is None:
        return None
    scan, data = found
    stem = scan.file.rpartition(".")[0] or scan.file
    if scan.kind not in _PICTURES:
        return f"{stem}.{scan.kind}", data
    try:
        return f"{stem}.jpg", shown_picture(data, LARGE)
    except NoPictureError:
        return None
