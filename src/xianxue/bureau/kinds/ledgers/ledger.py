"""Ledgers (台账): what was promised, by whom, by when, and whether it is truly done.

A ledger is a card. What is common to all of them (a way of states and steps, clocks, lamps,
counts) is here; what differs is written on the cards, and nothing of it in code.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.ledgers.agreement import Agreement
from xianxue.bureau.kinds.ledgers.clock import Frequency, LedgerClock, LedgerLamp
from xianxue.bureau.kinds.ledgers.count import Count, Rate, Risk
from xianxue.bureau.kinds.lifecycle import Lifecycle, State, Step
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.values.periods import PeriodKind
from xianxue.bureau.values.sentence import Phrase, Sentence

SUBJECT = "ledgers"
"""The kind of subject, as policies and the journal name it."""

Act = Literal["record", "work", "verify", "assign", "amend"]
"""Which deed of the policy a step is: registering (登记), doing the work (办理), looking at what
was done (核验), giving it to somebody or prolonging it (交办), putting a slip right (更正)."""

Holds = Literal["", "place", "place_name", "entry", "id_number", "student_number", "telephone"]
"""What a text is, where more than its letters can be checked."""


class Option(Card, frozen=True, kw_only=True):
    """One choice of a field that has a short list of its own."""

    code: str
    term: Sentence
    also: list[str] = []
    """Other words for it in lists that people keep. Read, never written."""


class LedgerField(Field, frozen=True, kw_only=True):
    """One thing that is written down of an entry."""

    options: list[Option] = []
    """For a code: the ledger's own list, where no list of the catalogue is named."""
    holds: Holds = ""
    """``entry``: the number of an entry of ``ledger``."""
    ledger: str = ""
    public: bool = False
    """Whether it is shown where the ledger is made public (公示)."""
    ahead: bool = False
    """For a date: whether it may lie ahead (due, planned, valid until)."""
    history: bool = False
    """Whether it is only ever filled in by a step, never when the entry is registered."""
    at_most: list[DatedValue] = []
    """For a number: the most that a rule allows, by date and by what the entry is (``when``): the
    standard of a programme of aid. In whole units; an entry that none fits has no limit."""


class LedgerStep(Step, frozen=True, kw_only=True):
    """One step of an entry."""

    act: Act = "work"
    asks: list[str] = []
    """Fields that have to be filled in by then; those given with the step are written down."""
    may: list[str] = []
    """Fields that may be changed with the step."""
    apart_from: list[str] = []
    """Steps whose people may not take this one: who did the work does not look at it."""
    reopens: bool = False
    """Whether it opens again what was closed; such steps are counted."""
    slip: str = ""
    """The notice card of what is handed over with it: 限期整改通知书."""


class Findings(Card, frozen=True, kw_only=True):
    """Entries that what assessment finds lacking opens by itself."""

    standards: list[str]
    """The standards whose lacks it takes; each lack is one entry, of whichever it is."""
    days: int
    """Within how many days it is to be put right where nobody says otherwise."""
    closes: str
    """The step that is taken once it is recomputed as met."""


class Orders(Card, frozen=True, kw_only=True):
    """How an order to mend that follows from an appraisal is written: which field says what."""

    problem: str
    """What was found."""
    found_on: str
    """The day it was found."""
    due: str
    """Its last day."""
    measures: str = ""
    """What has to be done."""
    says: dict[str, str] = {}
    """What its other fields say of every such entry."""


class Ledger(Card, frozen=True, kw_only=True):
    """One ledger."""

    ledger: str
    term: Sentence
    office: Sentence
    """The 股室 that answers for it."""
    kept_by: Literal["school", "county", "any"] = "school"
    """Whose entries they are: schools', the bureau's own, or any place's."""
    period: PeriodKind = "calendar_year"
    """The kind of period its counts are usually told for."""
    titled: str
    """The field that names an entry in a list."""
    fields: list[LedgerField]
    states: list[State]
    steps: list[LedgerStep]
    records: list[str]
    """The roles that may register an entry."""
    clocks: list[LedgerClock] = []
    lamps: list[LedgerLamp] = []
    frequencies: list[Frequency] = []
    counts: list[Count]
    rates: list[Rate] = []
    risks: list[Risk] = []
    checks: list[Agreement] = []
    findings: Findings | None = None
    orders: Orders | None = None
    """None: it takes no orders to mend that follow from an appraisal."""
    verified: bool = True
    """Whether what is done has to be shown, and looked at by another person: *closed* is not
    *fixed*. A register (teachers, vehicles) promises nothing that could be looked at."""
    restricted: list[str] = []
    """The only roles that know of its entries; reading them is written into the journal."""
    retention: Retention | None = None
    """How long entries about persons are kept after they are closed."""
    unique: list[list[str]] = []
    """Fields that no two entries may have alike (``place`` is one): no double payment. An entry
    that ended without being done is in nobody's way."""
    note: Sentence = Phrase("")
    source: Cited

    def field(self, name: str) -> LedgerField | None:
        """Give the field with a name, or None."""
        return next((field for field in self.fields if field.field == name), None)

    def clock(self, name: str) -> LedgerClock | None:
        """Give the clock with a name, or None."""
        return next((clock for clock in self.clocks if clock.clock == name), None)

    def count(self, name: str) -> Count | None:
        """Give the count with a name, or None."""
        return next((count for count in self.counts if count.count == name), None)

    @property
    def about_persons(self) -> bool:
        """Whether its entries are about persons, and so may be the files that come with them."""
        return any(field.personal for field in self.fields)

    @property
    def reopening(self) -> frozenset[str]:
        """The steps that open again what was closed."""
        return frozenset(step.step for step in self.steps if step.reopens)

    @property
    def lifecycle(self) -> Lifecycle:
        """The way of its entries, as all ways are walked."""
        return Lifecycle(
            lifecycle=self.ledger,
            term=self.term,
            subject=SUBJECT,
            states=self.states,
            steps=[*self.steps],
            source=self.source,
        )

    def codes_of(self, field: LedgerField) -> str:
        """Give the id of the code list a field is written in."""
        return field.codes or (f"{self.ledger}.{field.field}" if field.options else "")

    @property
    def coded(self) -> Ledger:
        """The ledger with each field naming its list, the lists of its own included."""
        fields = [
            msgspec.structs.replace(field, codes=self.codes_of(field)) for field in self.fields
        ]
        return msgspec.structs.replace(self, fields=fields)
