"""What deeds on a report stand on: which section is meant, who may, what the journal says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.report_section import ReportSection
from xianxue.desk.workspace import ComplaintsError

WRITE: Final = "report.write"
RELEASE: Final = "report.release"


class SectionKey(Record):
    """Which section of which report."""

    outline: str
    period: str
    section: str

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.outline}/{self.period}/{self.section}"


class Doing(Record):
    """Who does something to a section, when and why."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def about(self, key: SectionKey) -> Subject:
        """Give the section as the policy speaks of it."""
        return Subject(
            "report",
            key.outline,
            self.ground.register.county.code,
            key.period,
            title_of(self.ground, key),
        )

    def refuse(self, code: str, key: SectionKey, saw: str, required: str, do: str = "") -> None:
        """Refuse a deed that may not be done now."""
        raise ComplaintsError([complain(code, self.about(key), saw, required, do)])

    def ask(self, key: SectionKey, *deeds: str) -> None:
        """Ask the policy whether one of these deeds may be done; ComplaintsError where none may."""
        refusals: list[Issue] = []
        for deed in deeds:
            found = self.ground.authority.may(self.actor, deed, self.about(key))
            if not isinstance(found, Issue):
                return
            refusals.append(found)
        raise ComplaintsError(refusals[:1])

    def change(
        self,
        key: SectionKey,
        deed: str,
        alter: Callable[[ReportSection], dict[str, object] | None],
    ) -> ReportSection:
        """Alter a section and say so in the journal; where nothing changes nothing is written.

        ``alter`` changes the row and gives what the journal is told, or None where nothing is
        different.
        """
        with writing():
            row = row_of(key) or ReportSection(
                outline=key.outline, period=key.period, section=key.section
            )
            detail = alter(row)
            if detail is None:
                return row
            row.changed_by, row.changed_at = self.actor.name, self.at
            row.save()
            self.tell(deed, key.subject, detail)
        return row

    def tell(self, deed: str, subject: str, detail: dict[str, object]) -> None:
        """Write the journal's line of a deed."""
        tell_of(self, deed, subject, detail, self.why)


def row_of(key: SectionKey) -> ReportSection | None:
    """Give where a section stands; None where nobody has touched it."""
    found = ReportSection.objects.filter(
        outline=key.outline, period=key.period, section=key.section
    )
    return found.first()


def title_of(ground: Ground, key: SectionKey) -> Sentence:
    """Name a section: 《年度工作总结》（2025—2026学年）“教师队伍”."""
    card = ground.shelf.outlines.get(key.outline)
    return say(
        "《{outline}》（{period}）“{section}”",
        outline=card.term if card is not None else key.outline,
        period=Period.parse(key.period).term,
        section=key.section,
    )
