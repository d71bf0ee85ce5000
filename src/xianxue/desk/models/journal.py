"""The journal: one line a deed, each sealed with the digest of the line before."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, cast

from django.db import connection, models

from xianxue.bureau.values.record import Record
from xianxue.desk.models.personal import put_aside
from xianxue.desk.models.rows import Rows
from xianxue.desk.models.subject import About, about

FIRST_SEAL: Final = 1
"""Over the subject as one text, before its parts were kept."""
SEAL: Final = 2
"""Over the subject's parts too."""


class JournalLine(models.Model):
    """Who did what to what, when and why; lines are only ever added."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.TextField()
    deed = models.CharField(max_length=64)
    """A dotted name, ``returns.accept``."""
    subject = models.TextField()
    """What it was done to, as one text; its parts follow."""
    kind = models.CharField(max_length=32, default="")
    ident = models.TextField(default="")
    """The form of a return, the name of a release or mapping, the code of a place."""
    place = models.CharField(max_length=16, default="")
    period = models.CharField(max_length=16, default="")
    detail = models.JSONField()
    why = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_as = models.PositiveSmallIntegerField(default=FIRST_SEAL)
    """What the digest is over; lines keep theirs, for nobody may seal them anew."""

    class Meta:
        """Each question that is asked of the journal has its index, in the order it is told in."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="journal_by_subject"),
            models.Index(fields=["kind", "ident", "number"], name="journal_by_kind"),
            models.Index(fields=["place", "number"], name="journal_by_place"),
            models.Index(fields=["period", "number"], name="journal_by_period"),
            models.Index(fields=["actor", "number"], name="journal_by_actor"),
            models.Index(fields=["at", "number"], name="journal_by_time"),
        ]

    def __str__(self) -> str:
        """Give number, deed and subject."""
        return f"{self.number} {self.deed} {self.subject}"

    @property
    def about(self) -> About:
        """The parts of the subject."""
        return About(self.kind, self.ident, self.place, self.period)

    def seal(self) -> str:
        """Digest everything the line says, with the digest of the line before it."""
        said = {
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "deed": self.deed,
            "subject": self.subject,
            "detail": self.detail,
            "why": self.why,
            "previous": self.previous,
        }
        if self.sealed_as >= SEAL:
            said |= {"about": self.about, "sealed_as": self.sealed_as}
        # Sorted and without blanks, so that the same line is the same text on both databases.
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def whole(self) -> bool:
        """Whether the line is as it was written.

        The first seal says nothing of the parts, so there they are held against the text.
        """
        if self.sealed_as < SEAL and self.about != about(self.deed, self.subject):
            return False
        return self.seal() == self.digest


class JournalHead(models.Model):
    """How many lines there are and the digest of the last: one row, so that a cut end shows."""

    lines = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    last_at: datetime | None = None
    """When the last line was written, once it has been asked for; no column."""

    def __str__(self) -> str:
        """Give both."""
        return f"{self.lines} {self.digest}"


class Deed(Record, kw_only=True):
    """What a journal line tells of."""

    at: datetime
    actor: str
    name: str
    """A dotted name, ``returns.accept``."""
    subject: str
    detail: dict[str, object]
    """What changed. A ``Personal`` in it is put aside: the line gets its salted digest."""
    why: str = ""


class ClockSetBackError(Exception):
    """The machine's clock stands before the last line: what is written now would come too early."""

    def __init__(self, last: datetime, now: datetime) -> None:
        """Keep both moments."""
        super().__init__(last, now)
        self.last = last
        self.now = now


CLOCK: Final = "journal.clock"
"""The deed by which somebody answers for a clock that ran ahead: from its line on time counts
anew, so that one wrong clock does not close the journal for years."""
RESTORED: Final = "backup.restore"
"""The deed of putting a backup back: the line stands in the journal that was put back, and names
the head of the one that was left."""
_SKEW: Final = timedelta(minutes=5)
"""A deed takes its time before it waits for its turn, and two machines' clocks differ a little;
the order is that of the numbers."""
_MOVE_HEAD: Final = f"UPDATE {JournalHead._meta.db_table} SET lines = %s, digest = %s"  # noqa: S608, SLF001 - a name of ours
_LINES: Final = Rows(JournalLine)
_REMEMBERED: Final = 20_000
"""Lines: a deed on a county's returns writes some hundreds."""
_own: Final[OrderedDict[str, str]] = OrderedDict()
"""The lines that this process has written, the digest of each to that of the line before."""
_head: ContextVar[list[JournalHead] | None] = ContextVar("head", default=None)


@contextmanager
def many_lines() -> Generator[None]:
    """Read the journal's head once for all lines of one transaction in which nobody else writes.

    A line that would stand in the wrong place is refused by the database in any case.
    """
    token = _head.set([])
    try:
        yield
    finally:
        _head.reset(token)


def _read_head() -> JournalHead:
    known = _head.get()
    if known:
        return known[0]
    head = JournalHead.objects.select_for_update().get()
    if known is not None:
        known.append(head)
    return head


def _last_at(head: JournalHead) -> datetime | None:
    return JournalLine.objects.filter(number=head.lines).values_list("at", flat=True).first()


def write_down(deed: Deed) -> JournalLine:
    """Add a line; RuntimeError outside the transaction of the deed it tells of.

    ClockSetBackError where the last line is later than this one: nothing is written in an order
    that is not true.
    """
    if not connection.in_atomic_block:
        message = "a journal line is written in the transaction of its deed"
        raise RuntimeError(message)
    head = _read_head()
    last = head.last_at or _last_at(head)
    if last is not None and deed.at < last - _SKEW and deed.name != CLOCK:
        raise ClockSetBackError(last, deed.at)
    head.last_at = deed.at
    parts = about(deed.name, deed.subject)
    line = JournalLine(
        number=head.lines + 1,
        # As the database gives it back: the seal is over the text of the time, zone and all.
        at=deed.at.astimezone(UTC),
        actor=deed.actor,
        deed=deed.name,
        subject=deed.subject,
        kind=parts.kind,
        ident=parts.id,
        place=parts.place,
        period=parts.period,
        sealed_as=SEAL,
        # As it will be read back: the seal is over what the database gives.
        detail=cast("dict[str, Any]", json.loads(json.dumps(put_aside(deed.detail, deed.at)))),
        why=deed.why,
        previous=head.digest,
    )
    line.digest = line.seal()
    head.lines, head.digest = line.number, line.digest
    # Two short statements for each line, always the same.
    _LINES.put(line)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [head.lines, head.digest])
    _own[line.digest] = line.previous
    while len(_own) > _REMEMBERED:
        _own.popitem(last=False)
    return line


def written_here(since: str, until: str) -> bool:
    """Whether this process has written all lines from after one to another, by their digests.

    A line that was taken back with its transaction stands in nobody's chain.
    """
    for _ in range(_REMEMBERED):
        if until == since:
            return True
        before = _own.get(until)
        if before is None:
            return False
        until = before
    return False
