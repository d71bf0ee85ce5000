"""A document held against what it says of itself, and against a workspace's figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.audit.sources.known import Figures, compare
from xianxue.bureau.audit.sources.sourced import GRAVE, Known, Sourced
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.units import UNITS
from xianxue.desk.audit.reading import Audited
from xianxue.desk.releases.published import waiting_for_release
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River

_STORE: Final = b"customXml/"
"""In the names of the parts in which our reports carry their map."""


class Against(Record):
    """A workspace's figures of one period, made ready to be compared with documents."""

    workspace: str
    period: str
    release: str
    """Empty for provisional figures."""
    figures: Figures
    waiting: tuple[str, ...] = ()
    """Returns that were approved after the release, each in words: the release is without them."""

    @classmethod
    def of(cls, river: River) -> Against:
        """Take the figures, and everything that the workspace's own outlines say."""
        from xianxue.desk.appraisal.spoken import with_appraisals  # noqa: PLC0415 - needs the engine
        from xianxue.desk.targets.standing import reported  # noqa: PLC0415 - needs the engine

        year = with_appraisals(river)
        shelf = year.shelf
        written = year.written(river.last_day, reported(river))
        return cls(
            workspace=str(river.workspace.root),
            period=river.period.code,
            release=river.release.name if river.release is not None else "",
            figures=Figures.of(year.claims(), written, shelf, river.register, river.period),
            waiting=waiting_for_release(river),
        )


class Report(Record):
    """Everything said of one file."""

    audited: Audited
    sourced: Sequence[Sourced]
    """Its numbers held against a workspace; where none is given, the tagged against its own map."""
    against: Against | None

    @property
    def wrong(self) -> bool:
        """Whether anything is inconsistent, in itself or with a workspace's figures."""
        return any(one.verdict == "inconsistent" for one in self.audited.audit.findings) or any(
            one.state in GRAVE for one in self.sourced
        )


def recorded(data: bytes) -> dict[str, Known]:
    """Give what a document's own map says of its tags; empty where it carries none."""
    # Most documents are not ours, and finding that out must not cost the Word library.
    if _STORE not in data:
        return {}
    from xianxue.bureau.report.read_tags import claims  # noqa: PLC0415 - only for our own reports

    return {
        tag: Known(
            key=one.key,
            term=one.term,
            place=one.place,
            period=one.period,
            exact=one.value,
            unit=UNITS[one.unit].term if one.unit in UNITS else "",
            printed=one.printed,
        )
        for tag, one in claims(data).items()
        if one.printed
    }


def look_at(audited: Audited, against: Against | None) -> Report:
    """Hold a document against its own map and, where one is given, a workspace."""
    known = recorded(audited.data) if audited.document.kind == "word" else {}
    figures = against.figures if against is not None else None
    audit, sourced = compare(audited.document, audited.audit, known, figures)
    return Report(replace(audited, audit=audit), sourced, against)


def open_against(folder: Path, period: str | None, release: str) -> Against:
    """Open a workspace and figure its period; needs the engine and the database."""
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    workspace = Workspace.open(folder)
    return Against.of(river_of(workspace, workspace.period(period), release))
