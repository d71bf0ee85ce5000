"""Lines of the journal about supposed sets, as people read them, and the rows they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.plan.keep_set import PLANS, SUPPOSE, WITHDRAW
from xianxue.desk.models import JournalLine, SupposedLine

DEEDS: Final = f"{PLANS}."
"""How the names of these deeds begin."""
TELLING: Final = (SUPPOSE, WITHDRAW)


def term(deed: str) -> Sentence | str:
    """Name a deed on a supposed set."""
    return {SUPPOSE: say("保存设想方案"), WITHDRAW: say("撤下设想方案")}.get(deed, deed)


def title(subject: str) -> Sentence:
    """Name a supposed set and its period."""
    period, _, name = subject.partition("/")
    return say("设想方案“{name}”（{period}）", name=name, period=Period.parse(period).term)


def told(detail: dict[str, Any]) -> Sentence | str:
    """Say how many changes were supposed; nothing of a withdrawal."""
    if "changes" not in detail:
        return ""
    return say("{n} 项设想，第 {m} 稿", n=len(detail["changes"]), m=detail["revision"])


def sets() -> Iterator[tuple[object, ...]]:
    """Give what the table says."""
    for row in SupposedLine.objects.iterator():
        said = (str(row.changes), row.note, row.withdrawn)
        yield row.subject, row.revision, *said, row.at, row.by


def sets_told(lines: list[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines say of it."""
    last: dict[str, tuple[str, str]] = {}
    for line in lines:
        withdrawn = line.deed == WITHDRAW
        if not withdrawn:
            said = line.detail.get("changes"), line.detail.get("note", "")
            last[line.subject] = str(said[0]), str(said[1])
        # A withdrawal says nothing of the changes: they are those that were in force.
        changes, note = last.get(line.subject, ("", ""))
        revision = line.detail.get("revision")
        yield line.subject, revision, changes, note, withdrawn, line.at, line.actor
