"""Answering for a clock that ran ahead (登记校时): from its line on, time counts anew."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import CLOCK, JournalLine
from xianxue.desk.workspace import ComplaintsError


class AdmitClock(Record):
    """Write down that the journal's last line was written by a clock that ran ahead."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> JournalLine | None:
        """Give the last line, which was later than now; None where time has not gone back.

        ComplaintsError where the actor may not, or gives no reason; then nothing is written.
        """
        county = self.ground.register.county
        subject = Subject("journal", "", county.code, title=say("{name}日志", name=county.name))
        granted(self.ground.authority.may(self.actor, CLOCK, subject))
        with writing():
            last = JournalLine.objects.order_by("number").last()
            if last is None or last.at <= self.at:
                return None
            if not self.why.strip():
                raise ComplaintsError([_no_reason()])
            tell_of(self, CLOCK, "clock", {"last": last.at.isoformat()}, self.why)
        return last


def _no_reason() -> Issue:
    return Issue(
        code="F-NEEDS",
        severity=Severity.MUST_FIX,
        saw=say("没有写明时间为什么倒退"),
        required=say("写明理由（--why）"),
    )
