"""Sending a section back to its office (退稿)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.section import RELEASE, WRITE, Doing, SectionKey
from xianxue.desk.models.report_section import ACCEPTED, HANDED_IN, SENT_BACK, ReportSection


class ReturnSection(Doing):
    """Send back what was handed in, and say why."""

    def __call__(self, key: SectionKey) -> ReportSection:
        """Send back; ComplaintsError without a reason, or where nothing was handed in."""
        self.ask(key, WRITE, RELEASE)
        if not self.why.strip():
            self.refuse("W-WHY", key, say("没有写退稿的理由"), say("写明哪里要改"))

        def alter(row: ReportSection) -> dict[str, object] | None:
            if row.state not in {HANDED_IN, ACCEPTED}:
                self.refuse("W-STATE", key, say("这一节没有交稿，没有可退的"), say("交了稿再退"))
            row.state, row.remark = SENT_BACK, self.why.strip()
            return {"version": row.version}

        return self.change(key, "report.send_back", alter)
