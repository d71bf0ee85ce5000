"""Entries of ledgers: what was registered, and everything that has happened to it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xianxue.bureau.values.record import Record, field

Value = int | str
"""A field's value: amounts in the smallest steps of their unit, yes and no as 1 and 0, days as ISO
text, everything else as text."""
Files = Mapping[str, str]
"""The digests of files to the names under which they came, in their order.

The name is said by whoever hands a file in with a step: the same bytes may come to another entry,
from other hands, under another name.
"""


class Happened(Record, kw_only=True):
    """One line of an entry's history."""

    step: str
    """``record`` for the first; else the step of the ledger's way."""
    on: date
    """The day it was done, which is not the day it was written down."""
    origin: str
    to: str
    actor: str
    second: str = ""
    """The second person, where the step needs one."""
    why: str = ""
    evidence: Files = field(default_factory=dict[str, str])
    """The files that came with it."""
    fields: Mapping[str, Value | None] = field(default_factory=dict[str, "Value | None"])
    """What was filled in with it; None where a value was taken away."""

    @property
    def people(self) -> frozenset[str]:
        """All who had part in it."""
        return frozenset(name for name in (self.actor, self.second) if name)


class Entry(Record, kw_only=True):
    """One entry with its history, the registration first. It is never without one."""

    ledger: str
    number: str
    place: str
    history: tuple[Happened, ...]

    @property
    def state(self) -> str:
        """Where it is now."""
        return self.history[-1].to

    @property
    def recorded(self) -> date:
        """The day it was registered for."""
        return self.history[0].on

    @property
    def fields(self) -> dict[str, Value]:
        """What its fields say now: the last thing that was written into each."""
        found: dict[str, Value | None] = {}
        for one in self.history:
            found.update(one.fields)
        return {name: value for name, value in found.items() if value is not None}

    def as_of(self, day: date) -> Entry | None:
        """Give the entry as it stood at the end of a day; None where it was not there yet."""
        kept = tuple(one for one in self.history if one.on <= day)
        # What was registered late is there from the day it tells of.
        if not kept or kept[0] is not self.history[0]:
            return None
        return Entry(ledger=self.ledger, number=self.number, place=self.place, history=kept)

    def taken(self, *steps: str) -> Iterator[Happened]:
        """Go through the lines of some steps, oldest first."""
        return (one for one in self.history if one.step in steps)

    def entered(self, state: str) -> date | None:
        """Give the day it last came into a state; None where it never did."""
        days = [one.on for one in self.history if one.to == state and one.origin != state]
        return days[-1] if days else None
