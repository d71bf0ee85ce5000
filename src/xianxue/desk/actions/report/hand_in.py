"""Handing a section in to the office that puts the report together (交稿)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.section import WRITE, Doing, SectionKey
from xianxue.desk.models.report_section import ACCEPTED, HANDED_IN, ReportSection


class HandIn(Doing):
    """Hand a section in; one in which something is wrong is not taken."""

    def __call__(self, key: SectionKey, wrong: int, *, empty: bool = False) -> ReportSection:
        """Hand in; ``wrong`` is how many places of it the auditor found not to hold."""
        self.ask(key, WRITE)
        if empty:
            self.refuse("W-EMPTY", key, say("这一节还没有写"), say("写了再交"))
        if wrong:
            self.refuse(
                "W-WRONG",
                key,
                say("这一节还有 {n} 处不对", n=wrong),
                say("交稿前没有不一致的数"),
                say("请按右边的核对结果先改"),
            )

        def alter(row: ReportSection) -> dict[str, object] | None:
            if row.state in {HANDED_IN, ACCEPTED}:
                return None
            row.state, row.remark = HANDED_IN, ""
            return {"version": row.version}

        return self.change(key, "report.hand_in", alter)
