"""Taking a section over into the report (收稿)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.section import RELEASE, WRITE, Doing, SectionKey
from xianxue.desk.models.report_section import ACCEPTED, HANDED_IN, ReportSection


class AcceptSection(Doing):
    """Accept what was handed in; never the one who handed it in."""

    def __call__(self, key: SectionKey) -> ReportSection:
        """Accept; ComplaintsError where it was not handed in, or by the same person."""
        self.ask(key, WRITE, RELEASE)

        def alter(row: ReportSection) -> dict[str, object] | None:
            if row.state == ACCEPTED:
                return None
            if row.state != HANDED_IN:
                self.refuse("W-STATE", key, say("这一节还没有交稿"), say("交了稿再收"))
            if row.changed_by == self.actor.name:
                self.refuse(
                    "W-SELF",
                    key,
                    say("这一节是您自己交的"),
                    say("交稿和收稿是两个人"),
                    say("请另一位收稿"),
                )
            row.state = ACCEPTED
            return {"version": row.version}

        return self.change(key, "report.accept", alter)
