"""Saying that what a comment asks is done (办结意见), or that it is not (重新提起)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.comment import comments_on
from xianxue.desk.actions.report.section import RELEASE, WRITE, Doing, SectionKey
from xianxue.desk.database.transactions import writing


class Settle(Doing):
    """Settle a thread, or open it again."""

    def __call__(self, key: SectionKey, number: int, *, settled: bool) -> None:
        """Settle or open; where it stands so already nothing is written.

        ComplaintsError where there is no such comment.
        """
        self.ask(key, WRITE, RELEASE)
        with writing():
            row = comments_on(key).filter(number=number, answers=0).first()
            if row is None:
                self.refuse("W-NONE", key, say("没有第 {n} 条意见", n=number), say("办已有的意见"))
                return
            if bool(row.settled_by) is settled:
                return
            row.settled_by = self.actor.name if settled else ""
            row.settled_at = self.at if settled else None
            row.save(update_fields=["settled_by", "settled_at"])
            deed = "report.settle" if settled else "report.reopen"
            self.tell(deed, key.subject, {"comment": number})
