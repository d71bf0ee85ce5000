"""Whether returns stand where the journal says they were brought.

The chain proves the journal; this holds the tables against it. A state, an accepted revision or
anything else of a revision that was set past the deeds is found, for no line tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from xianxue.desk.models import Filing, JournalLine, Revision
from xianxue.desk.models.together import each

_ACCEPTING: Final = frozenset({"returns.approve", "returns.accept"})
"""The deeds after which figures are counted from the revision that stands."""
_HANDING_IN: Final = frozenset({"returns.submit", "returns.accept"})
"""The deeds that make a revision."""
_SAID: Final = ("file", "digest", "content", "batch")
"""What a line repeats of its revision; lines of earlier programs have fewer."""


@dataclass
class Told:
    """Where the lines so far have brought one return."""

    state: str = "draft"
    current: int = 0
    accepted: int = 0
    first_submitted_at: datetime | None = None
    submitted_at: datetime | None = None
    times_returned: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass
class Followed:
    """What the journal tells of returns."""

    stands: dict[str, Told] = field(default_factory=dict[str, Told])
    revisions: dict[tuple[str, int], JournalLine] = field(
        default_factory=dict[tuple[str, int], JournalLine]
    )
    """The line that tells of each revision."""


def replay(lines: Iterable[JournalLine]) -> Followed:
    """Follow all returns through the journal."""
    found = Followed()
    for line in each(lines):
        revision = line.detail.get("revision")
        if not line.deed.startswith("returns.") or not isinstance(revision, int):
            continue
        told = found.stands.setdefault(line.subject, Told())
        # A line of the first version has no state in it: it knew nothing but acceptance.
        told.state, told.current = line.detail.get("to", "accepted"), revision
        told.changed_at, told.changed_by = line.at, line.actor
        # By the deed and not by the state's name, which a county's own card may call otherwise.
        if line.deed in _ACCEPTING:
            told.accepted = revision
        elif line.deed == "returns.send_back":
            told.times_returned += 1
            if told.accepted == revision:
                told.accepted = 0
        elif line.deed == "returns.take_back":
            told.accepted = line.detail.get("restored", 0)
        if line.deed in _HANDING_IN:
            told.submitted_at = line.at
            told.first_submitted_at = told.first_submitted_at or line.at
            found.revisions[line.subject, revision] = line
    return found


def not_as_told() -> list[str]:
    """Name what the tables say otherwise than the journal, return by return."""
    told = replay(JournalLine.objects.order_by("number").iterator())
    # In their order, each once.
    found: dict[str, None] = {}
    for filing in Filing.objects.select_related("current", "accepted").order_by("id"):
        subject = f"{filing.form}/{filing.period}/{filing.place}"
        if _stand_of(filing) != told.stands.pop(subject, Told()):
            found[subject] = None
    # Left over: the journal tells of returns that no row is there for.
    found.update(dict.fromkeys(told.stands))
    for row in Revision.objects.order_by("id"):
        subject = f"{row.form}/{row.period}/{row.place}"
        line = told.revisions.pop((subject, row.number), None)
        if line is None or not _as_written(row, line):
            found[subject] = None
    found.update(dict.fromkeys(subject for subject, _ in told.revisions))
    return list(found)


def _stand_of(filing: Filing) -> Told:
    return Told(
        state=filing.state,
        current=_number(filing.current, filing),
        accepted=_number(filing.accepted, filing),
        first_submitted_at=filing.first_submitted_at,
        submitted_at=filing.submitted_at,
        times_returned=filing.times_returned,
        changed_at=filing.changed_at,
        changed_by=filing.changed_by,
    )


def _as_written(row: Revision, line: JournalLine) -> bool:
    """Whether a revision says what the line says that made it."""
    detail: dict[str, Any] = line.detail
    if (row.at, row.by) != (line.at, line.actor):
        return False
    if any(getattr(row, name) != detail[name] for name in _SAID if name in detail):
        return False
    # A program that did not tell the batch told of signatures only where both had signed.
    if "clerk" not in detail and "batch" not in detail and line.deed == "returns.submit":
        return True
    return (row.clerk, row.head) == (detail.get("clerk", ""), detail.get("head", ""))


def _number(revision: Revision | None, filing: Filing) -> int:
    """Give a revision's number, 0 for none, and -1 for one of another return."""
    if revision is None:
        return 0
    own = (revision.form, revision.period, revision.place)
    return revision.number if own == (filing.form, filing.period, filing.place) else -1
