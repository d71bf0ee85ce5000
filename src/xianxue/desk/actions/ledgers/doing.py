"""What every deed on an entry stands on: the card, the calendar, who acts, when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.clocks import Clocks, Run
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.filling import Filling, Given
from xianxue.bureau.ledgers.moving import Moving
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, known_of
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import Deed, JournalLine, write_down
from xianxue.desk.models.ledger import (
    EntryClock,
    EntryLine,
    EntryOnce,
    LedgerEntry,
    changes_of,
    line_of,
)
from xianxue.desk.models.personal import Personal
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

REFUSED: Final = f"{SUBJECT}.refused"
"""The deed of an attempt that was refused; nothing else was written."""
FILES: Final = "evidence"
"""In place of a field: the names of files, where they are put aside."""
_PASSING: Final = frozenset({"L-STALE", "J-CLOCK"})
"""Complaints of what was nobody's fault."""


class Doing(Record, dict=True):
    """One person at work on one ledger."""

    ground: Ground
    ledger: Ledger
    actor: Actor
    at: datetime

    @cached_property
    def days(self) -> Days:
        """The calendars of the county."""
        return Days.of(self.ground.shelf)

    @cached_property
    def moving(self) -> Moving:
        """The rules by which entries move, as things stand today."""
        ground = self.ground
        filling = Filling(self.ledger, ground.shelf.codes, ground.register, day_of(self.at))
        return Moving(self.ledger, ground.authority, filling)

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks of the ledger."""
        return Clocks(self.ledger, self.days)

    def keep(self, row: LedgerEntry, entry: Entry, line: Happened) -> None:
        """Write the last line of an entry, what follows from it, and the journal's line."""
        self.stand(row, entry)
        row.save()
        kept = self.line_of(row, len(entry.history), line)
        kept.save()
        self._keep_alike(row, entry)
        keep_clocks(row, self.clocks.runs(entry))
        self.tell(row, kept)

    def stand(self, row: LedgerEntry, entry: Entry) -> None:
        """Say in an entry's row what follows from its history."""
        for name, value in changes_of(self.ledger, entry).items():
            setattr(row, name, value)

    def line_of(self, row: LedgerEntry, order: int, line: Happened) -> EntryLine:
        """Give a line of an entry's history as it is kept."""
        return line_of(row, order, line, self.at)

    def tell(self, row: LedgerEntry, line: EntryLine) -> JournalLine:
        """Write the journal's line of an entry's line."""
        detail: dict[str, object] = {
            "line": line.order,
            "on": line.on.isoformat(),
            "from": line.origin,
            "to": line.to,
            "fields": {name: self._told(row, name, said) for name, said in line.fields.items()},
        }
        if line.second:
            detail["second"] = line.second
        if line.evidence:
            detail["evidence"] = list(line.evidence)
            detail["names"] = {
                digest: self._called(row, name) for digest, name in line.names.items()
            }
        return tell_of(self, f"{SUBJECT}.{line.step}", row.subject, detail, line.why)

    def tell_refused(self, subject: str, step: str, issues: Sequence[Issue]) -> None:
        """Write into the journal that somebody tried what may not be done, where that matters.

        That is where something would have been said to be done, or in a restricted ledger.
        """
        way = self.ledger.lifecycle
        matters = any(
            one.step == step and (one.act == "verify" or one.to in way.marked("end"))
            for one in self.ledger.steps
        )
        codes = sorted({issue.code for issue in issues} - _PASSING)
        if not codes or not (matters or self.ledger.restricted):
            return
        deed = Deed(
            at=self.at,
            actor=self.actor.name,
            name=REFUSED,
            subject=subject,
            detail={"step": step, "codes": codes} | known_of(self.actor),
        )
        with writing():
            write_down(deed)

    def _called(self, row: LedgerEntry, name: str) -> object:
        """Give a file's name for the journal: put aside where it may name a person."""
        about_persons = self.ledger.restricted or self.ledger.about_persons
        return Personal(name, row.ledger, FILES, row.place) if about_persons else name

    def _told(self, row: LedgerEntry, name: str, said: object) -> object:
        field = self.ledger.field(name)
        if field is None or not field.personal or said is None:
            return said
        return Personal(str(said), self.ledger.ledger, name, row.place)

    def _keep_alike(self, row: LedgerEntry, entry: Entry) -> None:
        """Keep apart what no two entries may have alike; ComplaintsError for the second."""
        apart = kept_apart(self.ledger, entry)
        for names in self.ledger.unique:
            rule = ",".join(names)
            mine = EntryOnce.objects.filter(entry=row, rule=rule)
            if rule not in apart:
                mine.delete()
                continue
            value = digest_of(apart[rule])
            other = EntryOnce.objects.filter(ledger=row.ledger, rule=rule, value=value).first()
            if other is not None and other.entry.pk != row.pk:
                raise ComplaintsError([self._alike(names, other.entry, row.place)])
            if other is None:
                mine.delete()
                EntryOnce.objects.create(ledger=row.ledger, rule=rule, value=value, entry=row)

    def _alike(self, names: Sequence[str], other: LedgerEntry, place: str) -> Issue:
        where = self.ground.name(other.place)
        return Issue(
            code="L-TWICE",
            severity=Severity.MUST_FIX,
            place=place,
            form=self.ledger.ledger,
            saw=say(
                "{terms}与{where}的{number}号相同",
                terms=self.alike_terms(names),
                where=where,
                number=other.number,
            ),
            required=say("{ledger}里不重复", ledger=self.ledger.term),
            do=say("请核对是不是已经登记过"),
        )

    def alike_terms(self, names: Sequence[str]) -> Sentence:
        """Say what it is that no two entries may have alike."""
        terms = [
            card.term if (card := self.ledger.field(name)) is not None else say("单位")
            for name in names
        ]
        return joined("、", terms)


def digest_of(parts: Sequence[str]) -> str:
    """Digest several texts as one, so that none runs into the next."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def keep_clocks(row: LedgerEntry, runs: Sequence[Run]) -> None:
    """Keep the runs of an entry's clocks as they are worked out now."""
    for run in runs:
        EntryClock.objects.update_or_create(
            entry=row,
            clock=run.clock,
            defaults={"ledger": row.ledger, "place": row.place, **columns_of(run)},
        )
    EntryClock.objects.filter(entry=row).exclude(clock__in=[run.clock for run in runs]).delete()


def columns_of(run: Run) -> dict[str, object]:
    """Give what is kept of a run."""
    return {
        "started": run.started,
        "due": run.due,
        "supposed": run.supposed,
        "open": run.open,
        "paused": run.paused,
        "met": run.met,
    }


def given_of(given: Given) -> Mapping[str, int | str | None]:
    """Give what was written, texts without blanks at their ends."""
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items()
    }
