"""Risk lists of ledgers: entries weighed by the card's reasons, for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xianxue.bureau.kinds.ledgers.count import Risk
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.counting import Counter
from xianxue.bureau.ledgers.risks import AtRisk, at_risk
from xianxue.bureau.values.record import Record
from xianxue.desk.ledgers.entries import entries_of
from xianxue.desk.ledgers.room import Room


class RiskList(Record, kw_only=True):
    """One list of one ledger."""

    ledger: Ledger
    risk: Risk
    found: tuple[AtRisk, ...]


def risks_on(room: Room, on: date, names: Iterable[str] = ()) -> list[RiskList]:
    """Give the lists of some ledgers, or of all that have one and that the person may know of."""
    found: list[RiskList] = []
    for name in list(names) or list(room.ledgers):
        card = room.ledger(name)
        if card.risks:
            counter = Counter(card, room.days, room.attributes(on))
            facts = counter.facts(entries_of(room, name), on)
            found += (
                RiskList(ledger=card, risk=risk, found=tuple(at_risk(risk, facts)))
                for risk in card.risks
            )
    return found
