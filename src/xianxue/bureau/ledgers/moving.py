"""Registering an entry and taking it a step further: what comes of an attempt, or a complaint.

Pure: nothing is kept, and the same card, entry and attempt give the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.agreement import Agreement
from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger, LedgerStep
from xianxue.bureau.kinds.lifecycle import Step
from xianxue.bureau.ledgers.agreeing import disagreements
from xianxue.bureau.ledgers.filling import Filling, Given
from xianxue.bureau.ledgers.limits import over_limits
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.records.entry import Entry, Files, Happened, Value
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.permission import Authority
from xianxue.bureau.workflow.subject import Actor, Attempt, Done, Subject, person
from xianxue.bureau.workflow.transition import Position, advance


class Wanted(Record, kw_only=True):
    """What somebody wants to do to an entry."""

    attempt: Attempt
    on: date
    """The day it was done."""
    given: Given
    why: str = ""
    evidence: Files = field(default_factory=dict[str, str])


class Moving(Record):
    """The rules of one ledger in one county, on one day."""

    ledger: Ledger
    authority: Authority
    filling: Filling

    def subject(self, place: str, number: str = "") -> Subject:
        """Give what a deed is done to."""
        title = self.ledger.term
        if number:
            title = say("{ledger}{number}号", ledger=self.ledger.term, number=number)
        return Subject(SUBJECT, self.ledger.ledger, place, title=title)

    def record(self, place: str, wanted: Wanted) -> Happened | list[Issue]:
        """Register an entry; its number is given later, when it is kept."""
        actor = wanted.attempt.actor
        turn = Step(
            step=RECORD,
            term=say("登记"),
            origins=[],
            to=self.ledger.lifecycle.start,
            roles=self.ledger.records,
        )
        allowed = self.authority.may(actor, f"{SUBJECT}.{RECORD}", self.subject(place), turn=turn)
        if isinstance(allowed, Issue):
            return [allowed]
        here = self.filling.register.places.get(place)
        kept = self.ledger.kept_by
        if here is None or kept not in {"any", here.level}:
            saw = say("{ledger}不登记代码是“{place}”的单位", ledger=self.ledger.term, place=place)
            required = say("名册里的学校") if kept == "school" else say("名册里的单位")
            return [complain("L-PLACE", self.subject(place), saw, required)]
        asked = [one.field for one in self.ledger.fields if one.required and not one.history]
        found = self.filling.complaints(wanted.given, place, "", asked)
        found += self._limits(wanted, {}, self.subject(place))
        found += self._day(wanted.on, None, self.subject(place))
        found = found or self._sums(wanted, {}, self.subject(place))
        return found or self._line(RECORD, "", self.ledger.lifecycle.start, wanted)

    def step(self, entry: Entry, wanted: Wanted) -> Happened | list[Issue]:
        """Take an entry one step further."""
        subject = self.subject(entry.place, entry.number)
        done = [Done(self.ledger.lifecycle.deed(one.step), one.people) for one in entry.history]
        position = Position(entry.state, done, _last(entry))
        card = self.ledger.lifecycle
        taken = advance(card, self.authority, subject, position, wanted.attempt)
        if isinstance(taken, Issue):
            return [taken]
        step = taken.step
        assert isinstance(step, LedgerStep)  # noqa: S101 - a ledger's way has no other steps
        apart = self._apart(step, entry, wanted, subject)
        if apart is not None:
            return [apart]
        found = self._day(wanted.on, entry, subject)
        found += self._given(step, entry, wanted)
        found = found or self._sums(wanted, entry.fields, subject)
        return found or self._line(step.step, entry.state, step.to, wanted)

    def refusal(self, entry: Entry, step: LedgerStep, actor: Actor) -> Issue | None:
        """Say why somebody may not take a step now, whatever they bring; None where they may."""
        subject = self.subject(entry.place, entry.number)
        done = [Done(self.ledger.lifecycle.deed(one.step), one.people) for one in entry.history]
        deed = self.ledger.lifecycle.deed(step.step)
        allowed = self.authority.may(actor, deed, subject, turn=step, done=done)
        if isinstance(allowed, Issue):
            return allowed
        wanted = Wanted(attempt=Attempt(step.step, actor), on=self.filling.today, given={})
        return self._apart(step, entry, wanted, subject)

    def _line(self, step: str, origin: str, to: str, wanted: Wanted) -> Happened:
        return Happened(
            step=step,
            on=wanted.on,
            origin=origin,
            to=to,
            actor=wanted.attempt.actor.name,
            second=wanted.attempt.second,
            why=wanted.why.strip(),
            evidence=wanted.evidence,
            fields=dict(wanted.given),
        )

    def _sums(self, wanted: Wanted, before: Mapping[str, Value], subject: Subject) -> list[Issue]:
        """Complain of fields that do not agree with one another."""
        found = disagreements(self.ledger, wanted.attempt.step, wanted.given, before)
        return [
            complain("L-SUM", subject, self._told(one, after), one.term) for one, after in found
        ]

    def _told(self, check: Agreement, after: Mapping[str, Value]) -> Sentence:
        sides: list[Sentence] = []
        for names in (check.left, check.right):
            fields = [field for name in names if (field := self.ledger.field(name)) is not None]
            shown = {one.term: self.filling.shown(one, after[one.field]) for one in fields}
            told = [say("{term} {value}", term=term, value=shown[term]) for term in shown]
            sides.append(joined("、", told))
        return say("{left}，{right}", left=sides[0], right=sides[1])

    def _apart(
        self, step: LedgerStep, entry: Entry, wanted: Wanted, subject: Subject
    ) -> Issue | None:
        """Complain where one person would do the work and look at it too."""
        people = {person(wanted.attempt.actor.name)}
        if wanted.attempt.second:
            people.add(person(wanted.attempt.second))
        for one in entry.taken(*step.apart_from):
            both = [name for name in one.people if person(name) in people]
            if both:
                saw = say(
                    "{title}的{did}是{name}办的，不能再由同一人{doing}",
                    title=subject.title,
                    did=self.term(one.step),
                    name=both[0],
                    doing=step.term,
                )
                required = say("{doing}由另一人办理", doing=step.term)
                return complain("F-EYES", subject, saw, required, say("请换一人办理"))
        return None

    def _day(self, on: date, entry: Entry | None, subject: Subject) -> list[Issue]:
        """Complain of a day that lies ahead, or before what has happened already."""
        today = self.filling.today
        said = chinese_day(on)
        if on > today:
            saw = say("{title}的日期是{day}，还没有到", title=subject.title, day=said)
            required = say("不晚于今天（{today}）", today=chinese_day(today))
            return [complain("L-DAY", subject, saw, required, say("请写实际办理的日期"))]
        if entry is not None and on < entry.history[-1].on:
            saw = say(
                "{title}的日期{day}早于上一步（{last}）",
                title=subject.title,
                day=said,
                last=chinese_day(entry.history[-1].on),
            )
            required = say("不早于上一步的日期")
            return [complain("L-DAY", subject, saw, required, say("请写实际办理的日期"))]
        return []

    def _given(self, step: LedgerStep, entry: Entry, wanted: Wanted) -> list[Issue]:
        """Complain of what a step asks for and did not get, and of what it may not change."""
        after: dict[str, Value | None] = {**entry.fields, **wanted.given}
        asked = [name for name in step.asks if after.get(name) is None]
        found = self.filling.complaints(wanted.given, entry.place, entry.number, asked)
        before: Mapping[str, Value] = entry.fields
        for name in wanted.given:
            field = self.ledger.field(name)
            changed = before.get(name) != wanted.given[name]
            if field is not None and changed and name not in {*step.asks, *step.may}:
                terms = [self.ledger.field(each) for each in (*step.asks, *step.may)]
                listed = joined("、", [each.term for each in terms if each is not None])
                saw = say("{step}不能改“{term}”", step=step.term, term=field.term)
                required = (
                    say("这一步可以填 {listed}", listed=listed) if listed else say("不填栏目")
                )
                subject = self.subject(entry.place, entry.number)
                found.append(complain("L-LOCKED", subject, saw, required))
        return found + self._limits(wanted, before, self.subject(entry.place, entry.number))

    def _limits(self, wanted: Wanted, before: Mapping[str, Value], subject: Subject) -> list[Issue]:
        """Complain of amounts above what the rule in force on the day allows."""
        return [
            complain(
                "L-LIMIT",
                subject,
                say(
                    "“{term}”填了“{value}”",
                    term=over.field.term,
                    value=self.filling.shown(over.field, over.amount),
                ),
                say("不大于 {high}", high=f"{over.rule.value.normalize():f}"),
                over.rule.note,
            )
            for over in over_limits(self.ledger, wanted.given, before, wanted.on)
        ]

    def term(self, step: str) -> str:
        """Give what a step is called."""
        if step == RECORD:
            return say("登记")
        return next((one.term for one in self.ledger.steps if one.step == step), step)


def _last(entry: Entry) -> str:
    last = entry.history[-1]
    return say("（{name} {day}办）", name=last.actor, day=chinese_day(last.on))


def replayed(ledger: Ledger, entry: Entry) -> str | None:
    """Say what is wrong with a history, in English for ``verify``; None where it is the card's.

    The state an entry has is the one that its history leads to; a card that was changed later
    must still know every step that was taken.
    """
    first = entry.history[0]
    state = ledger.lifecycle.start
    if (first.step, first.to) != (RECORD, state):
        return f"the first line is {first.step} into {first.to}"
    for at, one in enumerate(entry.history[1:], 2):
        step = ledger.lifecycle.step(one.step, state)
        if step is None or (one.origin, one.to) != (state, step.to):
            return f"line {at}: {one.step} does not lead from {state} to {one.to}"
        state = step.to
    return None
