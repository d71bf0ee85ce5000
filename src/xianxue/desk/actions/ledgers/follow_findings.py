"""Findings become entries: what assessment finds lacking is opened, closed and opened again.

A criterion of a standard at one place and stage has one entry for good. It is opened when it is
lacking, closed only when it is recomputed as met, and opened again when it lacks once more; what
cannot be judged changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Findings, LedgerStep
from xianxue.bureau.ledgers.filling import Given
from xianxue.bureau.records.finding import Assessment, Finding, Shortfall, Verdict
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.stores.clock import day_of

KEY: Final = "finding"
_WHOLE: Final = "whole"
"""The code of what is judged for no one stage."""


class Followed(Record):
    """What came of an assessment; the numbers of the entries."""

    opened: list[str] = field(default_factory=list[str])
    again: list[str] = field(default_factory=list[str])
    """Open still, and another amount is lacking."""
    closed: list[str] = field(default_factory=list[str])
    reopened: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])


class FollowFindings(Doing):
    """Bring a ledger's entries into line with what a standard was judged to be."""

    amount: Callable[[Shortfall], Sentence]
    """Says how much is lacking, with what it is."""

    def __call__(self, judged: Assessment) -> Followed:
        """Go through all findings; whole or nothing."""
        found = Followed()
        card = self.ledger.findings
        assert card is not None  # noqa: S101 - the caller has looked for the ledger by it
        with writing():
            known = self._known(judged.standard)
            for one in (*judged.findings, *judged.spread):
                # A joint verdict is mended through the criteria it joins.
                if one.rule != "combination" and one.verdict is not Verdict.UNDETERMINED:
                    self._follow(card, judged, one, known.get(key_of(one)), found)
        return found

    def _follow(
        self,
        card: Findings,
        judged: Assessment,
        one: Finding,
        row: LedgerEntry | None,
        found: Followed,
    ) -> None:
        on, met = day_of(self.at), one.verdict is Verdict.MET
        if row is None:
            if not met:
                record = RecordEntry(self.ground, self.ledger, self.actor, self.at)
                said = self._said(judged, one, on + timedelta(days=card.days))
                made = record(one.place, said | {"opened_on": on.isoformat()}, on)
                found.opened.append(made.number)
        elif met and row.open:
            self._step(row, card.closes, self._recomputed(judged, one), judged)
            found.closed.append(row.number)
        elif not met and not row.open:
            later = self._said(judged, one, on + timedelta(days=card.days))
            self._step(row, self._reopening(row).step, later, judged)
            found.reopened.append(row.number)
        elif not met and row.fields.get("problem") != self._problem(one):
            self._again(row, judged, one, found)
        else:
            found.unchanged.append(row.number)

    def _again(self, row: LedgerEntry, judged: Assessment, one: Finding, found: Followed) -> None:
        """Say what is lacking now, where the card has a step for it."""
        way = self.ledger.lifecycle
        step = next(
            (
                each
                for each in self.ledger.steps
                if "problem" in each.may and row.state in each.origins and "recomputed" in each.asks
            ),
            None,
        )
        if step is None or step.to in way.marked("end"):
            found.unchanged.append(row.number)
            return
        self._step(row, step.step, self._said(judged, one) | self._recomputed(judged, one), judged)
        found.again.append(row.number)

    def _step(self, row: LedgerEntry, step: str, said: Given, judged: Assessment) -> None:
        card = self.ledger.lifecycle.step(step, row.state)
        may = {*card.asks, *card.may} if isinstance(card, LedgerStep) else set[str]()
        given = {name: value for name, value in said.items() if name in may}
        why = say("按{period}学年的数重新计算", period=judged.period)
        deed = StepEntry(self.ground, self.ledger, self.actor, self.at)
        deed(row.number, step, day_of(self.at), Carried(given=given, why=why, recomputed=True))

    def _reopening(self, row: LedgerEntry) -> LedgerStep:
        return next(one for one in self.ledger.steps if one.reopens and row.state in one.origins)

    def _known(self, standard: str) -> Mapping[str, LedgerEntry]:
        """Give the entries of a standard by what they are of. One that was withdrawn is none."""
        rows = LedgerEntry.objects.filter(ledger=self.ledger.ledger).order_by("year", "serial")
        return {
            str(row.fields[KEY]): row
            for row in rows
            if (row.open or row.done) and str(row.fields.get(KEY, "")).startswith(f"{standard}/")
        }

    def _said(
        self, judged: Assessment, one: Finding, due: date | None = None
    ) -> dict[str, int | str | None]:
        """Give what is written into the fields that the card has."""
        county = self.ground.register.county.code
        owner = say("县教育局") if one.place == county else self.ground.name(one.place)
        said: dict[str, int | str | None] = {
            "problem": self._problem(one),
            KEY: key_of(one),
            "standard": judged.term,
            "criterion": one.term,
            "stage": one.stage.value if one.stage is not None else _WHOLE,
            "quantity": one.lacking.quantity if one.lacking is not None else None,
            "shown": one.shown,
            "line": _line(one),
            "judged_for": judged.period,
            "owner": owner,
        }
        if due is not None:
            said["due_on"] = due.isoformat()
        return {name: value for name, value in said.items() if self.ledger.field(name) is not None}

    def _problem(self, one: Finding) -> Sentence:
        if one.lacking is not None:
            return say("{term}：{lacking}", term=one.term, lacking=self.amount(one.lacking))
        return say("{term}：{shown}，要求{line}", term=one.term, shown=one.shown, line=_line(one))

    def _recomputed(self, judged: Assessment, one: Finding) -> dict[str, int | str | None]:
        told = say("{shown}，要求{line}", shown=one.shown, line=_line(one))
        return {"recomputed": told, "judged_for": judged.period}


def together(every: Iterable[Followed]) -> Followed:
    """Give what came of several standards that share a ledger."""
    found = Followed()
    for one in every:
        found.opened.extend(one.opened)
        found.again.extend(one.again)
        found.closed.extend(one.closed)
        found.reopened.extend(one.reopened)
        found.unchanged.extend(one.unchanged)
    return found


def key_of(one: Finding) -> str:
    """Give what an entry is of, whatever the period: standard, criterion, place and stage."""
    stage = one.stage.value if one.stage is not None else _WHOLE
    return f"{one.standard}/{one.criterion}/{one.place}/{stage}"


_RULES: Final = {
    "at_least": say("不低于"),
    "at_most": say("不高于"),
    "less_than": say("低于"),
    "combination": say("合起来判定"),
}


def _line(one: Finding) -> Sentence:
    line = plain(one.threshold) if one.threshold is not None else ""
    return say("{rule}{line}", rule=_RULES[one.rule], line=line)
