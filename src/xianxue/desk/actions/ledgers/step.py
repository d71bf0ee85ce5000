"""Taking an entry a step further (交办、报告、核验、销号 …)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.ledgers.filling import Given
from xianxue.bureau.ledgers.moving import Wanted
from xianxue.bureau.records.entry import Entry, Files
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.desk.actions.ledgers.doing import Doing, given_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import LedgerEntry, entry_of, parts_of
from xianxue.desk.workspace import ComplaintsError


class Carried(Record, kw_only=True):
    """What comes with a step."""

    given: Given = field(default_factory=dict[str, "int | str | None"])
    why: str = ""
    second: str = ""
    evidence: Files = field(default_factory=dict[str, str])
    """Files that are kept already."""
    seen: int = 0
    """How many lines the history had when the person looked; 0 where nobody says."""
    recomputed: bool = False
    """Whether it is taken because figures were counted again, and not because somebody says so."""


class StepEntry(Doing):
    """Take one step with one entry."""

    def __call__(self, number: str, step: str, on: date, carried: Carried) -> LedgerEntry:
        """Take it; ComplaintsError where it cannot be taken, and nothing is written."""
        try:
            return self._take(number, step, on, carried)
        except ComplaintsError as error:
            parts = parts_of(number)
            row = self._rows(*parts).first() if parts is not None else None
            if row is not None:
                self.tell_refused(row.subject, step, error.issues)
            raise

    def _take(self, number: str, step: str, on: date, carried: Carried) -> LedgerEntry:
        with writing():
            row = self.find(number)
            before = entry_of(row)
            if carried.seen and carried.seen != len(before.history):
                raise ComplaintsError([self._moved_on(before)])
            wanted = Wanted(
                attempt=self._attempt(step, row.place, carried),
                on=on,
                given=given_of(carried.given),
                why=carried.why,
                evidence=carried.evidence,
            )
            self._hold_recomputed(before, step, carried)
            line = self.moving.step(before, wanted)
            if isinstance(line, list):
                raise ComplaintsError(line)
            entry = Entry(
                ledger=before.ledger,
                number=before.number,
                place=before.place,
                history=(*before.history, line),
            )
            self.keep(row, entry, line)
        return row

    def find(self, number: str) -> LedgerEntry:
        """Give the row of an entry, held until the deed is done; ComplaintsError for none."""
        parts = parts_of(number)
        found = None
        if parts is not None:
            found = self._rows(*parts).select_for_update().first()
        if found is None:
            saw = say("{ledger}里没有{number}号", ledger=self.ledger.term, number=number)
            raise ComplaintsError(
                [
                    Issue(
                        code="L-ENTRY",
                        severity=Severity.MUST_FIX,
                        form=self.ledger.ledger,
                        saw=saw,
                        required=say("台账里有的编号，如 2025-0012"),
                    )
                ]
            )
        return found

    def _rows(self, year: int, serial: int) -> QuerySet[LedgerEntry]:
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger)
        return mine.filter(year=year, serial=serial)

    def _attempt(self, step: str, place: str, carried: Carried) -> Attempt:
        brought: set[Need] = set()
        if carried.why.strip():
            brought |= {"reason", "comment"}
        if carried.evidence:
            brought.add("evidence")
        return Attempt(
            step, self.ground.actor(self.actor, place), frozenset(brought), carried.second
        )

    def _hold_recomputed(self, entry: Entry, step: str, carried: Carried) -> None:
        """Complain where somebody would say that met is what only counting can say."""
        card = self.ledger.findings
        if card is None or step != card.closes or carried.recomputed:
            return
        saw = say(
            "{ledger}{number}号由人{doing}",
            ledger=self.ledger.term,
            number=entry.number,
            doing=self.moving.term(step),
        )
        issue = Issue(
            code="L-RECOMPUTED",
            severity=Severity.MUST_FIX,
            place=entry.place,
            form=entry.ledger,
            saw=saw,
            required=say("重新计算达标才销号"),
            do=say("请用“ledgers findings”重新计算"),
        )
        raise ComplaintsError([issue])

    def _moved_on(self, entry: Entry) -> Issue:
        last = entry.history[-1]
        saw = say(
            "{ledger}{number}号刚由{name}{term}，现在是“{state}”",
            ledger=self.ledger.term,
            number=entry.number,
            name=last.actor,
            term=self.moving.term(last.step),
            state=self.ledger.lifecycle.state_term(entry.state),
        )
        return Issue(
            code="L-STALE",
            severity=Severity.MUST_FIX,
            place=entry.place,
            form=entry.ledger,
            saw=saw,
            required=say("看过最新的情况再办"),
            do=say("请重新打开这一条"),
        )
