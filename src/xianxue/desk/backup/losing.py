"""What would be lost by putting a backup back: all that the journal tells of since it was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db.models import Count

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.backup.kept import Kept
from xianxue.desk.journal.telling import Line, terms_of, told_line
from xianxue.desk.journal.verification import EXPIRY, head
from xianxue.desk.models import JournalLine
from xianxue.desk.models.journal import RESTORED

_SHOWN: Final = 30
"""Lines that are told one by one; all of them are in the journal."""


_KINDS: Final[tuple[tuple[Sentence, Callable[[str], bool]], ...]] = (
    (say("发布"), lambda deed: deed in {"returns.release", "report.release"}),
    (say("报表"), lambda deed: deed.startswith("returns.")),
    (say("台账"), lambda deed: deed.startswith("ledgers.")),
    (say("账号"), lambda deed: deed.startswith("accounts.")),
)


class Losing(Record):
    """What stands between a backup and now."""

    same: bool
    """Whether the backup's journal is the beginning of this one, or what was left when another was
    put back: else it is another county's, or one of the two was altered."""
    back: bool = False
    """Whether it was left so: putting it back undoes a restoring."""
    lines: int = 0
    """Deeds since it was made: they would be lost."""
    deeds: tuple[tuple[Sentence | str, int], ...] = ()
    """What kinds of them there are, the most first."""
    people: int = 0
    """How many people did them."""
    newest: tuple[Line, ...] = ()
    kinds: tuple[tuple[Sentence, int], ...] = ()
    """How many there are of returns, releases, entries, accounts and the rest; none is left out."""
    accounts: tuple[Line, ...] = ()
    """What was done to accounts: passwords, roles and what was shut come back as they were."""
    destroyed: int = 0
    """How often personal data were destroyed: they come back, and have to be destroyed again."""
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
    fork = None if same else _left_at(kept.head)
    if not same and fork is None:
        return Losing(same=False, head=now)
    at = at if fork is None else fork
    since = JournalLine.objects.filter(number__gt=at)
    terms = terms_of(ground)
    counts = [
        (str(deed), int(many))
        for deed, many in since.order_by().values_list("deed").annotate(many=Count("id"))
    ]
    ranked = sorted(counts, key=lambda one: -one[1])
    accounts = since.filter(kind="accounts").order_by("-number")[:_SHOWN]
    return Losing(
        same=True,
        back=fork is not None,
        lines=max(0, number - at),
        deeds=tuple((terms.get(deed, deed), many) for deed, many in ranked),
        people=since.order_by().values("actor").distinct().count(),
        newest=tuple(told_line(line, ground) for line in since.order_by("-number")[:_SHOWN]),
        kinds=_kinds(counts),
        accounts=tuple(told_line(line, ground) for line in accounts),
        destroyed=dict(counts).get(EXPIRY, 0),
        head=now,
    )


class Restoring(Record):
    """The last time a backup was put back here."""

    at: datetime
    by: str
    name: str
    """The backup that was put back."""
    safety: str
    """The name of the backup of what was left."""


def last_restored() -> Restoring | None:
    """Give the last restoring that the journal tells of; None where there was none."""
    line = JournalLine.objects.filter(deed=RESTORED).order_by("-number").first()
    if line is None:
        return None
    return Restoring(line.at, line.actor, line.subject, line.detail.get("safety", ""))


def _left_at(noted: str) -> int | None:
    """Give the line after which a journal went on without what a backup holds; None if it did not.

    Where a backup was put back, the line that tells of it names the head that was left.
    """
    for line in JournalLine.objects.filter(deed=RESTORED).order_by("-number"):
        if line.detail.get("left") == noted:
            return line.number - 1
    return None


def _kinds(counts: list[tuple[str, int]]) -> tuple[tuple[Sentence, int], ...]:
    found = [0] * (len(_KINDS) + 1)
    for deed, many in counts:
        at = next((at for at, (_, means) in enumerate(_KINDS) if means(deed)), len(_KINDS))
        found[at] += many
    return tuple(zip((*(words for words, _ in _KINDS), say("其他")), found, strict=True))
