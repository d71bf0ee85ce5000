"""From a history of results, rechecks and orders to what is proposed by a card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xianxue.bureau.appraisal.persons.service import months_on
from xianxue.bureau.kinds.appraisal.escalation import Escalating, Escalation, EventKind
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say


class Event(Record, kw_only=True):
    """Something that has happened to an institution."""

    event: EventKind
    year: int
    """The year it is about: a recheck in January is about the year before."""
    day: date
    result: str
    entry: str = ""
    """The ledger's entry that shows it."""
    turned: bool = False
    """Whether a recheck made it what it is."""


class Consequence(Record, kw_only=True):
    """What a card proposes, from a day on."""

    step: str
    term: Sentence
    day: date
    until: date | None
    about: str
    sets: str
    because: Sentence
    events: tuple[Event, ...]
    citation: Citation


class Escalated(Record):
    """All that a history comes to under one card."""

    consequences: tuple[Consequence, ...]
    history: tuple[Event, ...]
    """The events as they stand in the end: a year that a recheck has turned is told so."""

    def standing(self, about: str, on: date) -> str:
        """Say what has become of something by a day; empty: nothing was proposed about it."""
        held = [
            one
            for one in self.consequences
            if one.about == about and one.day <= on and (one.until is None or on < one.until)
        ]
        # What has ended stays so, whatever less is proposed later.
        return next((one.sets for one in held if one.until is None), held[-1].sets if held else "")


def escalate(card: Escalation, events: Iterable[Event]) -> Escalated:
    """Go through a history, oldest first, and say what each event brings."""
    known: list[Event] = []
    found: list[Consequence] = []
    todo = sorted(events, key=lambda one: one.day)
    while todo:
        event = todo.pop(0)
        # A year that is turned takes the place of what it was.
        known = [one for one in known if not (event.turned and _same_year(one, event))]
        known.append(event)
        for rule in card.rules:
            if not holds_on(rule, event.day) or event.event != rule.event:
                continue
            those = _reached(rule, known)
            if not those:
                continue
            found.append(_consequence(card, rule, event, those))
            if rule.turns:
                turned = replace(event, event="yearly", result=rule.turns, turned=True)
                todo.insert(0, turned)
    return Escalated(tuple(found), tuple(known))


def _same_year(one: Event, other: Event) -> bool:
    return one.event == other.event and one.year == other.year


def _reached(rule: Escalating, known: Sequence[Event]) -> list[Event]:
    """Give the events by which a rule is reached just now; none where it is not."""
    mine = [one for one in known if one.event == rule.event]
    if rule.event == "yearly":
        mine.sort(key=lambda one: one.year)
    if not rule.running:
        those = [one for one in mine if one.result in rule.results]
        return those[-rule.times :] if known[-1] in those and len(those) >= rule.times else []
    last = mine[: mine.index(known[-1]) + 1][-rule.times :]
    enough = len(last) == rule.times and all(one.result in rule.results for one in last)
    return last if enough and _without_a_gap(rule, last) else []


def _without_a_gap(rule: Escalating, those: Sequence[Event]) -> bool:
    """Whether years follow each other: one of which nothing is known is no result of any kind."""
    if rule.event != "yearly":
        return True
    years = [one.year for one in those]
    return years == list(range(years[0], years[0] + len(years)))


def _consequence(
    card: Escalation, rule: Escalating, event: Event, those: Sequence[Event]
) -> Consequence:
    told = joined("、", [_told(card, one) for one in those])
    return Consequence(
        step=rule.step,
        term=rule.term,
        day=event.day,
        until=None if rule.months is None else months_on(event.day, rule.months),
        about=rule.about,
        sets=rule.sets,
        because=say("{told}，建议{what}", told=told, what=rule.term),
        events=tuple(those),
        citation=rule.citation,
    )


def _told(card: Escalation, event: Event) -> Sentence:
    result = card.term_of(event.result)
    if event.turned:
        return say("{year}年复查后作{result}", year=event.year, result=result)
    if event.event == "yearly":
        return say("{year}年{result}", year=event.year, result=result)
    if event.event == "recheck":
        return say("{day}复查{result}", day=event.day, result=result)
    return say("{day}的整改通知{result}", day=event.day, result=result)
