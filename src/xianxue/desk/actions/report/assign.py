"""Saying which office writes a section and until when (分工)."""

from __future__ import annotations

from datetime import date

from xianxue.desk.actions.report.section import RELEASE, WRITE, Doing, SectionKey
from xianxue.desk.models.report_section import ReportSection


class Assign(Doing):
    """Give a section to an office, with a deadline; either may be left open."""

    def __call__(self, key: SectionKey, owner: str, due: date | None) -> ReportSection:
        """Assign; the same assignment again writes nothing. ComplaintsError where one may not."""
        self.ask(key, WRITE, RELEASE)

        def alter(row: ReportSection) -> dict[str, object] | None:
            if (row.owner, row.due) == (owner, due):
                return None
            row.owner, row.due = owner, due
            return {"owner": owner, "due": due.isoformat() if due else ""}

        return self.change(key, "report.assign", alter)
