"""Whose signed, sealed paper is attached to the revision that stands, and whose is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key, complain
from xianxue.desk.stores.scans import FEWEST_DIGITS, NoScanError, Scan, ScanFiles, look_at_bytes
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import ComplaintsError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.attach_scan import Attached

_BETWEEN: Final = re.compile(r"[\s·.-]+")
_DIGITS: Final = re.compile("[0-9a-f]{1,64}")
__all__ = ["OnFile", "Paper", "Scan", "attach", "digits_of", "saved", "scan_data", "scans_at",
           "scans_of"]  # fmt: skip


class OnFile(Record):
    """A return that was handed in, with the scans at its newest revision."""

    place: str
    name: str
    revision: int
    content: str
    scans: tuple[Scan, ...]

    def as_dict(self) -> dict[str, object]:
        """Give it as ``--json`` prints it."""
        scans = [scan.detail for scan in self.scans]
        return {
            "place": self.place,
            "name": self.name,
            "revision": self.revision,
            "content": self.content,
            "scans": scans,
        }


class Paper(Record):
    """What somebody says of the paper that was scanned, as they have read it."""

    revision: int
    digest: str
    """Its first digits at least, however they were typed."""
    instead: bool = False
    """Whether the scans take the place of those attached before, for a reason."""
    why: str = ""


def attach(  # noqa: PLR0913, PLR0917 - who, when, to what, of which paper, which files
    workspace: Workspace,
    ground: Ground,
    actor: Actor,
    at: datetime,
    key: Key,
    paper: Paper,
    files: Sequence[tuple[str, bytes]],
) -> Attached:
    """Attach scans that somebody has sent; ComplaintsError where they, or the paper, are not so."""
    from xianxue.desk.actions.attach_scan import AttachScan, OnPaper  # noqa: PLC0415 - needs Django

    issues: list[Issue] = []
    given: list[tuple[Scan, bytes]] = []
    typed = digits_of(paper.digest)
    for name, data in files:
        try:
            given.append((look_at_bytes(name, data), data))
        except NoScanError as error:
            required = say("PDF、JPG、PNG 的扫描件")
            issues.append(complain("F-SCAN", key, error.args[0], required, file=name))
    if typed is None:
        saw = say("“{typed}”不是内容摘要", typed=paper.digest)
        required = say("照纸上每页下面的写，至少前 {n} 位", n=FEWEST_DIGITS)
        issues.append(complain("F-SCAN", key, saw, required))
    if issues or typed is None:
        raise ComplaintsError(issues)
    who = ground.actor(actor, key.place)
    kept = ScanFiles(workspace.store / "cabinet")
    deed = AttachScan(ground, who, at, paper.why, files=kept, instead=paper.instead)
    return deed(key, OnPaper(paper.revision, typed), given)


def scans_at(ground: Ground, key: Key) -> OnFile | None:
    """Give the scans at the newest revision of one return; None where it was not handed in."""
    form, period = ground.shelf.form_in(key.form, key.period), Period.parse(key.period)
    return next((one for one in scans_of(ground, form, period) if one.place == key.place), None)


def scan_data(workspace: Workspace, scan: Scan) -> bytes:
    """Give the bytes of a scan; HarmedError where it is not what was attached."""
    return ScanFiles(workspace.store / "cabinet").read(scan)


def digits_of(typed: str) -> str | None:
    """Take a digest as it is read from paper; None where it is none."""
    # Typed from paper by people: full-width digits, groups, capitals are all the same digest.
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).lower()
    return digits if len(digits) >= FEWEST_DIGITS and _DIGITS.fullmatch(digits) else None


def scans_of(ground: Ground, form: Form, period: Period) -> list[OnFile]:
    """Give all returns of a form and period that were handed in, by place."""
    from xianxue.desk.actions.attach_scan import (  # noqa: PLC0415 - needs Django set up first
        ATTACHED,
        standing,
    )
    from xianxue.desk.models import Filing, JournalLine  # noqa: PLC0415 - as above

    told: dict[tuple[str, object], list[dict[str, object]]] = {}
    lines = JournalLine.objects.filter(period=period.code, deed=ATTACHED, ident=form.form)
    for line in lines.order_by("number").iterator():
        told.setdefault((line.place, line.detail.get("of_revision")), []).append(line.detail)
    filed = Filing.objects.filter(form=form.form, period=period.code).select_related("current")
    return [
        OnFile(
            row.place,
            ground.name(row.place),
            row.current.number,
            row.current.content,
            tuple(standing(told.get((row.place, row.current.number), []))),
        )
        for row in filed.order_by("place")
    ]


def saved(workspace: Workspace, lines: Iterable[OnFile], folder: Path) -> list[Path]:
    """Write copies of scans into a folder, named so that two never meet; give their paths.

    HarmedError where one is not what was attached.
    """
    files = ScanFiles(workspace.store / "cabinet")
    made: list[Path] = []
    for line in lines:
        for number, scan in enumerate(line.scans, 1):
            data = files.read(scan)
            # By what it is and not by what it was called: a name may say anything.
            name = f"{line.place}_第{line.revision}版_扫描件{number}.{scan.kind}"
            with whole(folder / name) as scratch:
                scratch.write_bytes(data)
            made.append(folder / name)
    return made
