"""What the journal tells of one place, newest first, in words."""

from __future__ import annotations

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.verification import term_of, told_of
from xianxue.desk.models import JournalLine
from xianxue.desk.models.together import each
from xianxue.desk.stores.clock import minute_of


class Told(Record):
    """One line of the journal."""

    number: int
    at: str
    by: str
    role: str
    term: str
    period: str
    changed: str
    why: str


def told_of_place(ground: Ground, place: str, most: int) -> tuple[list[Told], int]:
    """Give the newest lines about a place, and how many there are in all."""
    lines = Asked(place=place).found()
    found: list[Told] = []
    card = ground.card(place)
    newest = each(lines.reverse()[:most])
    for line in newest:
        if line.place != place:
            continue
        changed = told_of(line, card, ground, comments=False)
        found.append(told(ground, line, term_of(line, card), changed))
    return found, lines.count()


def told(ground: Ground, line: JournalLine, term: str, changed: str) -> Told:
    """Tell a line, once it is known what its deed is called and what it changed."""
    role = ground.policy.role(line.detail.get("role", ""))
    return Told(
        number=line.number,
        at=minute_of(line.at),
        by=line.actor,
        role=role.term if role is not None else "",
        term=term,
        period=line.period,
        changed=changed,
        why=line.why,
    )
