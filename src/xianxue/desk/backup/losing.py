"""What would be lost by putting a backup back: all that the journal tells of since it was made."""

from __future__ import annotations

from typing import Final

from django.db.models import Count

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.context import Ground
from xianxue.desk.backup.kept import Kept
from xianxue.desk.journal.telling import Line, terms_of, told_line
from xianxue.desk.journal.verification import head
from xianxue.desk.models import JournalLine

_SHOWN: Final = 30
"""Lines that are told one by one; all of them are in the journal."""


class Losing(Record):
    """What stands between a backup and now."""

    same: bool
    """Whether the backup's journal is the beginning of this one: else it is another county's, or
    one of the two was altered."""
    lines: int = 0
    """Deeds since it was made: they would be lost."""
    deeds: tuple[tuple[Sentence | str, int], ...] = ()
    """What kinds of them there are, the most first."""
    people: int = 0
    """How many people did them."""
    newest: tuple[Line, ...] = ()
    head: str = ""
    """The journal's head now, to be noted before: it proves what stood here."""


def losing(ground: Ground, kept: Kept) -> Losing:
    """Compare a backup with the journal as it is now."""
    number, digest = head()
    now = f"{number}:{digest}" if number else ""
    before, _, told = kept.head.partition(":")
    at = int(before) if before else 0
    # A backup made before the first deed is the beginning of any journal.
    same = not at or JournalLine.objects.filter(number=at, digest=told).exists()
    if not same:
        return Losing(same=False, head=now)
    since = JournalLine.objects.filter(number__gt=at)
    terms = terms_of(ground)
    counts = since.order_by().values_list("deed").annotate(many=Count("id"))
    deeds = sorted(
        ((terms.get(str(deed), str(deed)), int(many)) for deed, many in counts),
        key=lambda one: -one[1],
    )
    newest = since.order_by("-number")[:_SHOWN]
    return Losing(
        same=True,
        lines=max(0, number - at),
        deeds=tuple(deeds),
        people=since.order_by().values("actor").distinct().count(),
        newest=tuple(told_line(line, ground) for line in newest),
        head=now,
    )
