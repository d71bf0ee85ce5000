"""What the pages of this room are about: a ledger, or one of its entries, by its address."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.ledgers.reading import UNMASKED, ReadRestricted, uncovered_until
from xianxue.desk.ledgers.entries import Row, row_of
from xianxue.desk.ledgers.opened import Opened, opened
from xianxue.desk.ledgers.room import VIEW, Room
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.stores import clock
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit

SEE: Final = VIEW
RECORD: Final = f"{SUBJECT}.record"
UNMASK: Final = UNMASKED


def views_of(visit: Visit) -> LedgerViews:
    """Give the ledgers as the visitor sees them today."""
    return LedgerViews(visit.standing, visit.actor, clock.day_of(visit.at))


def room_of(visit: Visit) -> Room:
    """Give the ledgers that the visitor may know of."""
    return views_of(visit).room


def card_of(visit: Visit, name: str) -> Ledger:
    """Give a ledger; MissingError where there is none, and in the same words where it is not told.

    What is restricted is not even there for those who may not know of it.
    """
    found = room_of(visit).ledgers.get(name)
    if found is None:
        raise MissingError(say("没有这个台账。"))
    return found


def row_at(visit: Visit, ledger: str, number: str) -> Row:
    """Give the row of an entry; MissingError for none.

    What is restricted is not there either where it is beyond the visitor's reach: nobody counts
    another school's by trying one number after the other.
    """
    card = card_of(visit, ledger)
    found = row_of(ledger, number)
    if found is None or (card.restricted and not room_of(visit).sees(ledger, found.place)):
        raise MissingError(say("{ledger}里没有{number}号。", ledger=card.term, number=number))
    return found


def of_entry(visit: Visit, ledger: str, number: str, **_address: str) -> Subject:
    """Say that a page is about an entry: whoever may see the place's entries sees it."""
    row = row_at(visit, ledger, number)
    card = card_of(visit, ledger)
    title = say("{ledger}{number}号", ledger=card.term, number=row.number)
    return Subject(SUBJECT, ledger, row.place, title=title)


def own(visit: Visit, row: Row) -> bool:
    """Whether it is the visitor's own place's: they see what they have written themselves."""
    return visit.actor.place == row.place and visit.may(UNMASK, row.place, row.ledger)


def opened_to(visit: Visit, row: Row) -> Opened:
    """Open an entry as the visitor may see it; what is restricted is written down as read."""
    room = room_of(visit)
    card = room.ledger(row.ledger)
    ReadRestricted(room.ground, card, visit.actor, visit.at)(row)
    open_now = uncovered_until(visit.actor.name, row, visit.at) is not None
    uncovered = own(visit, row) or (open_now and visit.may(UNMASK, row.place, row.ledger))
    return opened(room, row, visit.at, unmasked=uncovered)


def reads(visit: Visit, card: Ledger) -> None:
    """Write down that the visitor reads a restricted ledger as a list."""
    ReadRestricted(visit.standing.ground(), card, visit.actor, visit.at)()
