"""What deeds are done to, by whom, and what was done to it before."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.values.record import Record

OFFICE: Final = "office_clerk"
"""The role of a command that takes none: without accounts, the operator of the bureau's machine
acts for the office. A policy may still refuse it what it does."""


# No record: a record compares all its fields (docs/decisions/records.md), and the title must not
# count.
@dataclass(frozen=True, order=True)
class Subject:
    """What a deed is done to: one return, one ledger's entry, one report."""

    kind: str
    """Named as its room: ``returns``, ``ledgers``."""
    id: str
    """Which of its kind: the form, the ledger and entry; empty for all of them."""
    place: str
    """The code of the place that it belongs to."""
    period: str = ""
    title: str = field(default="", compare=False)
    """What people call it; a name says nothing about which subject it is."""


class Actor(Record):
    """Who acts: the name, the part they play, the place they belong to, the machine they sit at.

    In a workspace with accounts all of it comes from the account; without, the command line takes
    it on trust. The journal keeps it.
    """

    name: str
    role: str
    place: str = ""
    """The code of the actor's own place, or the id of their office; empty for those who act for
    the whole county."""
    where: str = ""
    acting_for: str = ""
    """代理: the name of the person in whose stead they act."""
    only: frozenset[str] | None = None
    """The deeds that a token limits them to; None where nothing but the policy does."""


class Done(Record):
    """One deed that was done to a subject, and all who had part in it."""

    deed: str
    """As in the policy, ``returns.submit``."""
    people: frozenset[str]
    """Names: who did it, and all who signed for it."""


class Attempt(Record):
    """Somebody wants to take a step."""

    step: str
    actor: Actor
    carried: frozenset[Need] = frozenset()
    """What comes with it; a second person is named in ``second``."""
    second: str = ""
    """The name of the second person, where the step needs one."""
    override: str | None = None
    """The reason for doing it alone where two people are asked for; None where nobody wishes to."""


def person(name: str) -> str:
    """Bring a name into the form in which two names are compared.

    Names are all that tells people apart while there are no accounts, so «张 三» and a full-width
    «Ａnn» must not pass for somebody else than «张三» and «ann».

    >>> person(" 张 三") == person("张三"), person("Ａnn") == person("ann")
    (True, True)
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def people(*names: str) -> frozenset[str]:
    """Give those of several names that are written at all, without doubles."""
    # Kept as it was written, for the journal; told apart as names are compared.
    kept = {person(name): name.strip() for name in names if name.strip()}
    return frozenset(kept.values())
