"""Bringing over a ledger that an office has kept elsewhere (迁入原有台账): all of it, or nothing.

An old ledger says how far each matter has come, and neither who took each step nor with what
evidence. Its entries get the steps of the card that lead there, each with the reason «据原台账…»,
so that whoever reads them sees what they rest on; what is asked of a step that somebody takes now
is not asked of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.ledgers.moving import Wanted
from xianxue.bureau.ledgers.old import Old
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Attempt, Subject
from xianxue.desk.actions.context import granted
from xianxue.desk.actions.ledgers.take_in import TakeIn
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import many_lines
from xianxue.desk.workspace import ComplaintsError

_New = tuple[int, Line, tuple[Happened, ...]]
"""The place of an entry in what was handed over, its line, its whole way."""
BROUGHT: Final = f"{SUBJECT}.map"
"""The deed, as the policy and the journal name it."""


class Brought(Record, kw_only=True):
    """What a ledger that was kept elsewhere comes to."""

    added: dict[int, str] = field(default_factory=dict[int, str])
    """The place of each in what was handed over, and the number it was given; empty before."""
    unchanged: dict[int, str] = field(default_factory=dict[int, str])
    """Those that are there already, with their numbers."""
    issues: dict[int, list[Issue]] = field(default_factory=dict[int, list[Issue]])
    """What keeps others out."""


class BringOver(TakeIn):
    """Take in the entries of an old ledger, each with the way that led it where it stands."""

    def look(self, entries: Sequence[Old]) -> Brought:
        """Say what would come of entries, without writing; ComplaintsError for who may not."""
        self._refuse()
        return self._planned(entries)[0]

    def bring(self, entries: Sequence[Old], about: Mapping[str, object]) -> Brought:
        """Take them in; ComplaintsError with everything that keeps one of them out."""
        self._refuse()
        with writing(), many_lines():
            told, new = self._planned(entries)
            if told.issues:
                raise ComplaintsError([one for some in told.issues.values() for one in some])
            numbers = self.register_all([(line.place, history) for _, line, history in new])
            for (at, _, _), number in zip(new, numbers, strict=True):
                told.added[at] = number
            if numbers:
                tell_of(self, BROUGHT, self.ledger.ledger, {**about, "entries": numbers}, self.why)
        return told

    def _refuse(self) -> None:
        county = self.ground.register.county
        subject = Subject(SUBJECT, self.ledger.ledger, county.code, title=self.ledger.term)
        granted(self.ground.authority.may(self.actor, BROUGHT, subject))

    def _planned(self, entries: Sequence[Old]) -> tuple[Brought, list[_New]]:
        told = Brought()
        there = self.registered({one.line.place for one in entries})
        claimed: dict[tuple[str, str], Line] = {}
        new: list[_New] = []
        for at, one in enumerate(entries):
            known = there[one.line.key]
            if known:
                told.unchanged[at] = known.pop(0)
                continue
            history = self._history(one)
            if not isinstance(history, tuple):
                told.issues[at] = [one.line.of(issue) for issue in history]
                continue
            entry = Entry(
                ledger=self.ledger.ledger, number="", place=one.line.place, history=history
            )
            # What ended without being done is in nobody's way.
            apart = kept_apart(self.ledger, entry)
            twice = list(self.twice(one.line, claimed)) if apart else []
            if twice:
                told.issues[at] = twice
                continue
            told.added[at] = ""
            new.append((at, one.line, history))
        lines = {id(line): at for at, line, _ in new}
        for line, issue in self._held(claimed):
            at = lines.get(id(line))
            if at is not None:
                told.issues.setdefault(at, []).append(issue)
                told.added.pop(at, None)
        return told, [one for one in new if one[0] not in told.issues]

    def _held(self, claimed: Mapping[tuple[str, str], Line]) -> Iterator[tuple[Line, Issue]]:
        """Complain of what other entries have already."""
        for key, line in claimed.items():
            for issue in self.held({key: line}):
                yield line, issue

    def _history(self, one: Old) -> tuple[Happened, ...] | list[Issue]:
        """Give an entry's whole way, or why it cannot be."""
        actor = self.ground.actor(self.actor, one.line.place)
        on = one.line.on or self.moving.filling.today
        wanted = Wanted(attempt=Attempt(RECORD, actor), on=on, given=one.line.given, why=one.why)
        first = self.moving.record(one.line.place, wanted)
        if isinstance(first, list):
            return first
        history, state = [first], first.to
        for turn in one.turns:
            subject = self.moving.subject(one.line.place)
            filling = self.moving.filling
            issues = filling.complaints(turn.given, one.line.place, "", ())
            if turn.on > filling.today:
                saw = say("{step}的日期还没有到", step=turn.step.term)
                issues.append(complain("L-DAY", subject, saw, say("不晚于今天")))
            if issues:
                return issues
            history.append(
                Happened(
                    step=turn.step.step,
                    on=turn.on,
                    origin=state,
                    to=turn.step.to,
                    actor=self.actor.name,
                    why=one.why,
                    fields=dict(turn.given),
                )
            )
            state = turn.step.to
        return tuple(history)
