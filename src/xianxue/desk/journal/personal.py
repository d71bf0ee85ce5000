"""Whether the personal values kept beside the journal are those it tells of."""

from __future__ import annotations

from dataclasses import dataclass, field

from xianxue.bureau.values.sentence import say
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.personal import EXPIRY, digests_in


@dataclass
class Personals:
    """What the journal tells of personal values, set beside those that are kept."""

    expired: int = 0
    """Values that lines tell of and that were destroyed by a deed."""
    faults: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Line number, 0 for none, and what is wrong, in Chinese."""


def personals() -> Personals:
    """Hold every digest in the journal against the values kept.

    Read in one transaction with the chain, of which this takes for granted that it holds.
    """
    told: dict[str, int] = {}
    destroyed: set[str] = set()
    for line in JournalLine.objects.order_by("number").iterator():
        for digest in digests_in(line.detail):
            told[digest] = line.number
        if line.deed == EXPIRY:
            destroyed.update(map(str, line.detail.get("digests", ())))
    found = Personals()
    kept: set[str] = set()
    for row in PersonalValue.objects.order_by("id").iterator():
        kept.add(row.digest)
        number = told.get(row.digest, 0)
        if saw := _fault(row, number, destroyed):
            found.faults.append((number, saw))
    gone = {digest: number for digest, number in told.items() if digest not in kept}
    found.expired = sum(digest in destroyed for digest in gone)
    for digest, number in gone.items():
        if digest not in destroyed:
            found.faults.append((number, say("这一行的个人信息值不见了，没有哪一行说过按期销毁")))
    return found


def _fault(row: PersonalValue, number: int, destroyed: set[str]) -> str:
    """Say what is wrong with a value that is kept; empty where nothing is."""
    if not number:
        return say("有一个个人信息值，没有哪一行说过它")
    if not row.fits():
        return say("这一行的个人信息值与摘要不符，在写下之后被改动")
    return say("这一行的个人信息值日志说已销毁，却还在") if row.digest in destroyed else ""
