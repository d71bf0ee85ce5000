"""Whether returns stand where the journal says they were brought.

The chain proves the journal; this holds the tables against it. Whoever sets a state or an
accepted revision past the deeds is found, for no line tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from xianxue.desk.models import Filing, JournalLine, Revision

_ACCEPTING: Final = frozenset({"returns.approve", "returns.accept"})
"""The deeds after which figures are counted from the revision that stands."""


@dataclass
class Told:
    """Where the lines so far have brought one return."""

    state: str = "draft"
    current: int = 0
    accepted: int = 0


def replay(lines: Iterable[JournalLine]) -> tuple[dict[str, Told], dict[tuple[str, int], str]]:
    """Follow all returns through the journal.

    Gives where each stands, and the content of each revision that a line tells of. A line of the
    first version, which knew nothing but acceptance, has no state in it.
    """
    stands: dict[str, Told] = {}
    contents: dict[tuple[str, int], str] = {}
    for line in lines:
        revision = line.detail.get("revision")
        if not line.deed.startswith("returns.") or not isinstance(revision, int):
            continue
        told = stands.setdefault(line.subject, Told())
        # A line of the first version has no state in it: it knew nothing but acceptance.
        told.state, told.current = line.detail.get("to", "accepted"), revision
        # By the deed and not by the state's name, which a county's own card may call otherwise.
        if line.deed in _ACCEPTING:
            told.accepted = revision
        elif line.deed == "returns.send_back" and told.accepted == revision:
            told.accepted = 0
        if "content" in line.detail:
            contents[line.subject, revision] = line.detail["content"]
    return stands, contents


def not_as_told() -> list[str]:
    """Name what the tables say otherwise than the journal, return by return."""
    stands, contents = replay(JournalLine.objects.order_by("number").iterator())
    found: list[str] = []
    for filing in Filing.objects.select_related("current", "accepted").order_by("id"):
        subject = f"{filing.form}/{filing.period}/{filing.place}"
        told = stands.pop(subject, Told())
        stands_at = (
            filing.state,
            _number(filing.current, filing),
            _number(filing.accepted, filing),
        )
        if stands_at != (told.state, told.current, told.accepted):
            found.append(subject)
    found.extend(stands)
    for row in Revision.objects.order_by("id"):
        subject = f"{row.form}/{row.period}/{row.place}"
        content = contents.pop((subject, row.number), row.content)
        if content != row.content and subject not in found:
            found.append(subject)
    found.extend(subject for subject, _ in contents if subject not in found)
    return found


def _number(revision: Revision | None, filing: Filing) -> int:
    """Give a revision's number, 0 for none, and -1 for one of another return."""
    if revision is None:
        return 0
    own = (revision.form, revision.period, revision.place)
    return revision.number if own == (filing.form, filing.period, filing.place) else -1
