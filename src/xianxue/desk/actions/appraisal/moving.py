"""The way of an appraisal: begun, assessed, closed, published, appealed, final."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.bureau.workflow.transition import Position, Taken, advance
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
    row_of,
)
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import Results, days_since, publish_anew, worked_out
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

_PUBLISHES: Final = "publish"
_RULES: Final[Mapping[str, Sentence]] = {
    "publicity": say("公示还没有满"),
    "appeal": say("申诉期还没有满"),
}


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
        """Take it; ComplaintsError where it is not the turn, too early, or another's to take.

        Before the card's days of publicity and of appeal have run out nothing is final, unless
        somebody says why (``override``); the journal says which days were set aside.
        """
        row = row_of(about.rubric, about.period)
        worked = None
        if step == _PUBLISHES and row is not None:
            # Refused first: a county is not scored for somebody who may not publish it.
            self._taken(about, row, step)
            worked = worked_out(row, results)
        with writing():
            row = self.opened(about)
            taken = self._taken(about, row, step)
            early = self._early(about, row, taken)
            said: dict[str, Any] = {"step": step, "from": row.state, "to": taken.step.to}
            said |= {"early": {"rules": early, "reason": self.override}} if early else {}
            row.state = taken.step.to
            row.save(update_fields=["state"])
            deed = f"{APPRAISAL}.{taken.step.act or step}"
            told = {name: said[name] for name in ("step", "from", "to")}
            self.write(row, "step", said, deed=deed, allowed=taken.allowed, told=told, also=early)
            if step == _PUBLISHES:
                publish_anew(self, row, worked or worked_out(row, results), taken.allowed)
        return row

    def _taken(self, about: About, row: Appraisal, step: str) -> Taken:
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
        return taken

    def _early(self, about: About, row: Appraisal, taken: Taken) -> list[str]:
        """Give the card's rules that an end comes too early for; refused without a reason."""
        if taken.step.to not in self.way.marked("end"):
            return []
        days = days_since(self, about, row)
        still = days.still(day_of(self.at)) if days is not None else {}
        waiting = len(Lines.of(row).unanswered)
        rules = [*still, *(["answers"] if waiting else [])]
        if not rules or (self.override or "").strip():
            return rules
        parts = [say("{rule}：{told}", rule=_RULES[name], told=o.told) for name, o in still.items()]
        if waiting:
            parts.append(say("还有 {n} 条申诉没有答复", n=waiting))
        required = say("公示、申诉期满，申诉都答复了才能定稿")
        do = say("确需提前的，写明例外办理的理由（--override）")
        if days is not None and days.final_from is not None and still:
            day = days.final_from.isoformat()
            do = say("最早 {day} 可以定稿；{do}", day=day, do=do)
        raise complain("P-EARLY", joined("；", parts), required, do)


class Appeal(Doing):
    """Appeal against a published result, with the reason (申诉)."""

    def __call__(self, about: About, place: str, item: str, text: str) -> AppraisalLine:
        """Write it down; ``item`` is empty for the whole. Refused once its days have run out."""
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
        days = days_since(self, about, row)
        last = days.appeal if days is not None else None
        if last is not None and day_of(self.at) > last.day:
            saw = say("申诉期到 {day} 为止，已经过了", day=last.day.isoformat())
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
            if line is None or line not in lines.unanswered:
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
