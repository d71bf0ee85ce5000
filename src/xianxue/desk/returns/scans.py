"""Whose signed, sealed paper is attached to the revision that stands, and whose is not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground
from xianxue.desk.stores.scans import Scan, ScanFiles
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import Workspace


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
