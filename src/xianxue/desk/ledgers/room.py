"""The ledgers of one county: its cards, its calendar, who may see what of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.titles import called
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.ledgers.attributes import attributes_of
from xianxue.desk.workspace import MisusedError

VIEW = f"{SUBJECT}.view"


class Room(Record, dict=True):
    """The ledgers of one county, as one person may see them; None for the machine's operator."""

    ground: Ground
    cabinet: Path
    actor: Actor | None = None

    @own_property
    def days(self) -> Days:
        """The calendars of the county."""
        return Days.of(self.ground.shelf)

    @own_property
    def ledgers(self) -> Mapping[str, Ledger]:
        """The ledgers that the person may know of, in the order of the catalogue."""
        return {name: card for name, card in self.ground.shelf.ledgers.items() if self.knows(card)}

    def knows(self, card: Ledger) -> bool:
        """Whether a ledger is one that the person may know of.

        What is restricted is not even counted to others.
        """
        if self.actor is None:
            return True
        if card.restricted and self.actor.role not in card.restricted:
            return False
        return bool(self.ground.policy.scopes(self.actor.role, VIEW))

    def ledger(self, name: str) -> Ledger:
        """Give a ledger; MisusedError where there is none, or none to this person."""
        found = self.ledgers.get(name)
        if found is None:
            known = joined("、", self.ledgers)
            message = say("没有台账“{name}”；现有：{known}", name=name, known=known or say("无"))
            raise MisusedError(message)
        return found

    def clocks(self, ledger: str) -> Clocks:
        """Give the clocks of a ledger."""
        return Clocks(self.ledgers[ledger], self.days)

    def sees(self, ledger: str, place: str) -> bool:
        """Whether the person may see a place's entries of a ledger."""
        if self.actor is None:
            return True
        subject = Subject(SUBJECT, ledger, place)
        return not isinstance(self.ground.authority.may(self.actor, VIEW, subject), Issue)

    def places(self, ledger: str) -> frozenset[str] | None:
        """Give the places whose entries the person may see; None for all of them."""
        if self.actor is None or "county" in self.ground.policy.scopes(self.actor.role, VIEW):
            return None
        # An office's reach depends on the ledger; everybody else's is the same for all of them.
        if "office" not in self.ground.policy.scopes(self.actor.role, VIEW):
            return self._reached
        register = self.ground.register
        return frozenset(place.code for place in register if self.sees(ledger, place.code))

    @own_property
    def _reached(self) -> frozenset[str]:
        assert self.actor is not None  # noqa: S101 - the operator sees every place
        return self.ground.authority.reached(self.actor, VIEW)

    def attributes(self, on: date) -> dict[str, Facts]:
        """Give what each school open on a day is, for conditions on places."""
        return {place.code: attributes_of(place, on) for place in self.ground.register.schools(on)}

    def called(self, card: Ledger, title: object) -> str:
        """Give an entry's title as people read it."""
        return called(card, self.ground.shelf.codes, title)
