"""升级处置: what follows when results repeat, mending fails, or orders go unheeded.

Two counties judge the same facts by two cards, and come to two consequences: nothing national says
what follows from a grade. A consequence is proposed with its history; somebody decides.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited, DatedRule
from xianxue.bureau.values.sentence import Phrase, Sentence

Positive = Annotated[int, Meta(ge=1)]
EventKind = Literal["yearly", "recheck", "order"]
"""A year's result (年检), the look after mending (复查), an order and whether it was heeded."""


class EventResult(Card, frozen=True, kw_only=True):
    """What an event may come to: 合格, 基本合格, 不合格, 未参检, 未落实."""

    result: str
    term: Sentence


class Escalating(DatedRule, frozen=True, kw_only=True):
    """One rule: when it is reached, what is proposed."""

    step: str
    term: Sentence
    """What is proposed: 终止招生资格."""
    event: EventKind
    results: list[str]
    times: Positive = 1
    """How many such events it takes …"""
    running: bool = True
    """… one after the other, or in all."""
    about: str = ""
    """What it decides on: ``enrolment``, ``permit``; the last that was reached stands."""
    sets: str = ""
    """And what becomes of it: ``ended``, ``suspended``, ``limited``."""
    months: Positive | None = None
    """For how long; None: until it is decided otherwise."""
    turns: str = ""
    """The result that the year turns to: 复查不合格 makes 基本合格 a 不合格 of that year."""


class HistoryRule(Card, frozen=True, kw_only=True):
    """Where the events of a history stand in a ledger.

    A result is written into a ``field``; or an order ``begins`` with a step, and the ``steps``
    after it say what became of it.
    """

    event: EventKind
    ledger: str
    field: str = ""
    """The field that says the result …"""
    year: str = ""
    """… the one that says of which year, …"""
    day: str = ""
    """… and the one with the day; without them it is the day of the line."""
    results: dict[str, str] = {}
    """What the field's values are as results, where they are written otherwise."""
    begins: list[str] = []
    """The steps with which an order is given."""
    steps: dict[str, str] = {}
    """The steps that end it, each with the result that it shows."""
    answers: list[str] = []
    """The steps that say it was heeded: taken in time, it waits for whoever looks at it."""
    until: str = ""
    """The field with the order's last day."""
    late: str = ""
    """What an order is whose last day has passed, with no answer and no end."""


class Escalation(Card, frozen=True, kw_only=True):
    """The rules of one place for one kind of institution."""

    escalation: str
    term: Sentence
    about: Sentence
    """Whom it is about: 民办学校年检."""
    results: list[EventResult]
    rules: list[Escalating]
    """Each is looked at after every event, in this order."""
    history: list[HistoryRule] = []
    """Where what has happened so far is found."""
    note: Sentence = Phrase("")
    source: Cited

    def term_of(self, result: str) -> Sentence | str:
        """Name a result."""
        return next((one.term for one in self.results if one.result == result), result)
