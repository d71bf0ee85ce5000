"""Ledgers and their entries, as they can be found; of what is restricted only the ledger's card."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.ledgers.titles import called
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.search.entries import Entry
from xianxue.desk.search.matching import Names

_MOST = 3_000
"""The newest entries that the box looks through; older ones are found in their ledger's list."""
VIEW = f"{SUBJECT}.view"


def ledger_entries(ground: Ground) -> Iterator[Entry]:
    """Give the ledgers, then the entries of those that are not restricted."""
    cards = ground.shelf.ledgers
    for name, card in cards.items():
        yield Entry(
            kind="ledger",
            title=card.term,
            detail=card.office,
            names=Names.of(card.term, name),
            deed=VIEW,
            subject=Subject(SUBJECT, name, ""),
            room=SUBJECT,
            ids={"ledger": name},
            roles=tuple(card.restricted),
        )
    plain = [name for name, card in cards.items() if not card.restricted]
    rows = LedgerEntry.objects.filter(ledger__in=plain).order_by("-year", "-serial")[:_MOST]
    for row in rows:
        card = cards[row.ledger]
        title = called(card, ground.shelf.codes, row.fields.get(card.titled))
        number = say("{ledger}{number}号", ledger=card.term, number=row.number)
        named = card.field(card.titled)
        # A covered name is found by its number alone.
        said = "" if named is not None and named.personal else title
        yield Entry(
            kind="entry",
            title=title or row.number,
            detail=joined("，", [number, ground.name(row.place)]),
            names=Names.of(said or row.number, row.number, others=(f"{card.term}{row.number}",)),
            deed=VIEW,
            subject=Subject(SUBJECT, row.ledger, row.place),
            room=SUBJECT,
            ids={"ledger": row.ledger, "entry": row.number},
        )
