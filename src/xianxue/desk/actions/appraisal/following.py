"""What follows from a published result: taken up, refused with a reason, answered by a school.

A card proposes; whoever answers for it decides, once for each place. An order to mend that is taken
up becomes an entry of its ledger in the same transaction; it can neither be there without the
decision nor the decision without it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

from xianxue.bureau.kinds.appraisal.grading import Consequence
from xianxue.bureau.ledgers.deadlines import later_month
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.appraisal.days import last_day
from xianxue.desk.actions.appraisal.doing import (
    APPEAL,
    FOLLOW,
    PUBLISHED,
    About,
    Doing,
    complain,
    known_place,
)
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import releases_of
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine
from xianxue.desk.stores.clock import day_of

_FINAL: Final = "final"
Standing = Literal["proposed", "taken", "refused"]


class StepReached(Record, kw_only=True):
    """A step of an escalation that a history has reached."""

    step: str
    term: Sentence
    day: date
    until: date | None
    """None: until it is decided otherwise."""
    because: Sentence
    entries: tuple[str, ...]
    """The numbers of the ledger's entries that show it."""


class Proposal(Record, kw_only=True):
    """What a card proposes for one place, and what was decided of it."""

    card: Consequence
    release: int
    """The number of the results that it follows from."""
    place: str
    name: str
    grade: str
    grade_term: str
    because: Sentence
    """Why it is proposed, in words."""
    lost: Sentence | str = ""
    """Where most points were lost."""
    due: date | None = None
    """The last day: of an order given today, or of the right of reply; as decided, where it is."""
    until: date | None = None
    """Until when honours are frozen."""
    steps: tuple[StepReached, ...] = ()
    """What repeated results lead to now."""
    replies: tuple[str, ...] = ()
    """What the place said to it."""
    standing: Standing = "proposed"
    by: str = ""
    on: date | None = None
    """By whom and when it was decided; nobody, while it is not."""
    why: str = ""
    entry: str = ""
    """The ledger's entry that was made: ``inspection_findings/2026-0003``."""
    overtaken: bool = False
    """Whether it was decided upon earlier results, and those that stand propose it no more."""

    @property
    def key(self) -> tuple[str, str]:
        """Tell it from all others of the appraisal."""
        return self.card.consequence, self.place

    @property
    def problem(self) -> Sentence:
        """What was found, as an order says it."""
        return say("{because}{lost}", because=self.because, lost=self.lost)

    @property
    def amount(self) -> Decimal | None:
        """Yuan; of a reward."""
        return self.card.amount

    @property
    def term(self) -> Sentence:
        """What is proposed."""
        if not self.steps:
            return self.card.term
        return say("{term}：{step}", term=self.card.term, step=self.steps[-1].term)


class TakeUp(Doing):
    """Decide that a proposal is carried out (采纳)."""

    def __call__(self, about: About, proposal: Proposal) -> AppraisalLine:
        """Take it up, once; an order to mend is written into its ledger."""
        allowed = self.refuse(FOLLOW, about, proposal.place)
        with writing():
            row = _undecided(self, about, proposal)
            self.in_state(row, _FINAL)
            self._heard(proposal)
            said = _said(proposal, taken=True) | self._carried(proposal)
            return _written(self, row, proposal, said, allowed)

    def _heard(self, proposal: Proposal) -> None:
        """Refuse a circular before those named in it had their time to answer."""
        due, today = proposal.due, day_of(self.at)
        if proposal.card.kind != "circular" or due is None or today > due or proposal.replies:
            return
        saw = say("{name}还可以申辩到 {day}", name=proposal.name, day=due.isoformat())
        raise complain(
            "P-HEARD",
            saw,
            say("申辩期满，或者已经申辩"),
            say("过了 {day} 再办", day=due.isoformat()),
        )

    def _carried(self, proposal: Proposal) -> dict[str, Any]:
        today, card = day_of(self.at), proposal.card
        if card.kind == "reward":
            return {"amount": plain(Fraction(card.amount or 0)), "line": str(card.line)}
        if card.kind == "freeze":
            return {"until": later_month(today, card.months).isoformat()}
        if card.kind != "mend":
            return {}
        last = last_day(self.ground.shelf, card.within, today)
        due = last.day.isoformat() if last is not None else None
        entry = self._ordered(proposal, due) if due and card.ledger else ""
        return {"due": due} | ({"entry": entry} if entry else {})

    def _ordered(self, proposal: Proposal, due: str) -> str:
        """Write the order into its ledger; give the entry's name."""
        if proposal.place not in self.ground.register:
            return ""
        ledger = self.ground.shelf.ledgers[proposal.card.ledger]
        orders = ledger.orders
        assert orders is not None  # noqa: S101 - the door lets no other card in
        today = day_of(self.at).isoformat()
        given: dict[str, int | str | None] = {
            **orders.says,
            **proposal.card.says,
            orders.problem: str(proposal.problem),
            orders.found_on: today,
            orders.due: due,
        }
        if orders.measures:
            given[orders.measures] = str(proposal.card.note or proposal.card.term)
        record = RecordEntry(self.ground, ledger, self.actor, self.at)
        return str(record(proposal.place, given, day_of(self.at)))


class Refuse(Doing):
    """Decide that a proposal is not carried out, and why (不采纳)."""

    def __call__(self, about: About, proposal: Proposal) -> AppraisalLine:
        """Refuse it, once."""
        allowed = self.refuse(FOLLOW, about, proposal.place)
        if not self.why.strip():
            raise complain("P-NOTE", say("没有写为什么不采纳"), say("写明理由"))
        with writing():
            row = _undecided(self, about, proposal)
            return _written(self, row, proposal, _said(proposal, taken=False), allowed)


class Reply(Doing):
    """Answer, as the one whom a proposal is about, before it is decided (申辩)."""

    def __call__(self, about: About, proposal: Proposal, text: str) -> AppraisalLine:
        """Write it down; a later one stands beside an earlier one."""
        code = known_place(about, proposal.place)
        allowed = self.refuse(APPEAL, about, code)
        if not text.strip():
            raise complain("P-NOTE", say("没有写申辩的内容"), say("写明事实和理由"))
        with writing():
            row = _undecided(self, about, proposal)
            said = {"consequence": proposal.card.consequence, "text": text.strip()}
            return self.write(row, "reply", said, deed=APPEAL, allowed=allowed, place=code)


def _undecided(doing: Doing, about: About, proposal: Proposal) -> Appraisal:
    """Give the appraisal's row; refuse what follows from other results, or was decided."""
    row = doing.opened(about)
    doing.in_state(row, *PUBLISHED)
    rows = releases_of(row)
    if not rows or rows[-1].number != proposal.release:
        saw = say("结果已经另行公示，这条建议是按第 {n} 号提的", n=proposal.release)
        raise complain("P-RELEASE", saw, say("按最近一号的结果办"), say("请重新打开看"))
    decided = [
        one
        for one in Lines.of(row).standing("follow")
        if (one.said["consequence"], one.place) == proposal.key
    ]
    if decided:
        saw = say("{name}的“{term}”已经决定过", name=proposal.name, term=proposal.card.term)
        raise complain("P-DECIDED", saw, say("每家每条决定一次"))
    return row


def _said(proposal: Proposal, *, taken: bool) -> dict[str, Any]:
    return {
        "consequence": proposal.card.consequence,
        "taken": taken,
        "release": proposal.release,
        "grade": proposal.grade,
        "steps": [one.step for one in proposal.steps],
    }


def _written(
    doing: Doing, row: Appraisal, proposal: Proposal, said: dict[str, Any], allowed: Allowed
) -> AppraisalLine:
    return doing.write(row, "follow", said, deed=FOLLOW, allowed=allowed, place=proposal.place)
