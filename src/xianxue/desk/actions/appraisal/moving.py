"""The way of an appraisal: begun, assessed, closed, published, appealed, final."""

from __future__ import annotations

from datetime import date
from typing import Any

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.bureau.workflow.transition import Position, advance
from xianxue.desk.actions.appraisal.doing import (
    APPEAL,
    APPRAISAL,
    CONDUCT,
    DECIDE,
    About,
    Doing,
    complain,
    done_before,
    known_item,
    known_place,
)
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import Results, publish_anew, releases_of
from xianxue.desk.actions.appraisal.windows import last_day
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

_PUBLISHES = "publish"


class BeginAppraisal(Doing):
    """Begin an appraisal, and say who is judged where no register has them (布置)."""

    def __call__(
        self, about: About, subjects: dict[str, dict[str, Any]], due: date | None = None
    ) -> Appraisal:
        """Write who is judged, and by when they appraise themselves.

        A later one takes the place of an earlier one.
        """
        allowed = self.refuse(CONDUCT, about)
        if due is not None and due < day_of(self.at):
            saw = say("交自评的最后一天写了 {day}", day=due.isoformat())
            raise complain("P-DUE", saw, say("不早于今天"))
        with writing():
            row = self.opened(about)
            self.in_state(row, self.way.start)
            said: dict[str, Any] = {"subjects": subjects}
            told: dict[str, object] = {"subjects": len(subjects)}
            if due is not None:
                said["due"] = told["due"] = due.isoformat()
            self.write(row, "begin", said, deed=CONDUCT, allowed=allowed, told=told)
        return row


class MoveOn(Doing):
    """Take a step of the way; publishing keeps the results under a number (公示)."""

    def __call__(self, about: About, step: str, results: Results) -> Appraisal:
        """Take it; ComplaintsError where it is not the turn, or somebody else has to."""
        with writing():
            row = self.opened(about)
            carried: set[Need] = {"reason"} if self.why.strip() else set()
            taken = advance(
                self.way,
                self.ground.authority,
                self.subject(about),
                Position(row.state, done_before(Lines.of(row))),
                Attempt(step, self.actor, frozenset(carried), override=self.override),
            )
            if isinstance(taken, Issue):
                raise ComplaintsError([taken])
            said = {"step": step, "from": row.state, "to": taken.step.to}
            row.state = taken.step.to
            row.save(update_fields=["state"])
            deed = f"{APPRAISAL}.{taken.step.act or step}"
            self.write(row, "step", said, deed=deed, allowed=taken.allowed)
            if step == _PUBLISHES:
                publish_anew(self, row, results, taken.allowed)
        return row


class Appeal(Doing):
    """Appeal against a published result, with the reason (申诉)."""

    def __call__(self, about: About, place: str, item: str, text: str) -> AppraisalLine:
        """Write it down; ``item`` is empty for the whole."""
        code = known_place(about, place)
        allowed = self.refuse(APPEAL, about, code)
        if not text.strip():
            raise complain("P-NOTE", say("没有写申诉的理由"), say("写明理由"))
        name = known_item(about, item).item.item if item else ""
        with writing():
            row = self.opened(about)
            self.in_state(row, "publicity", "appeal")
            self._in_time(about, row)
            return self.write(
                row, "appeal", {"text": text.strip()}, deed=APPEAL, allowed=allowed,
                place=code, item=name,
            )  # fmt: skip

    def _in_time(self, about: About, row: Appraisal) -> None:
        """Refuse what comes after the days that the card has for appeals."""
        published = releases_of(row)
        if not published:
            return
        last = last_day(about.rubric.appeal, day_of(published[-1].at), Days.of(self.ground.shelf))
        if last is not None and day_of(self.at) > last:
            saw = say("申诉期到 {day} 为止，已经过了", day=last.isoformat())
            do = say("请联系组织评价的股室")
            raise complain("P-LATE", saw, say("在卡片写明的申诉期内提出"), do)


class Decide(Doing):
    """Answer an appeal: upheld or not, and why (答复); what follows is published anew."""

    def __call__(self, about: About, number: int, text: str, *, upheld: bool) -> AppraisalLine:
        """Answer the appeal of a number, once."""
        with writing():
            row = self.opened(about)
            lines = Lines.of(row)
            line = lines.numbered(number)
            answered = {one.said["line"] for one in lines.standing("decide")}
            if line is None or line.kind != "appeal" or number in answered:
                saw = say("没有等着答复的第 {n} 条申诉", n=number)
                raise complain("P-LINE", saw, say("还没有答复的申诉，写它的号"))
            allowed = self.refuse(DECIDE, about, line.place)
            if not text.strip():
                raise complain("P-NOTE", say("没有写答复的理由"), say("写明理由"))
            self.in_state(row, "publicity", "appeal")
            said = {"line": number, "upheld": upheld, "text": text.strip()}
            return self.write(
                row, "decide", said, deed=DECIDE, allowed=allowed,
                place=line.place, item=line.item,
            )  # fmt: skip
