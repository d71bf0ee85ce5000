"""Writing a version of a section (写稿)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.section import WRITE, Doing, SectionKey
from xianxue.desk.models.report_section import (
    DRAFT,
    ReportSection,
    SectionDraft,
    SectionVersion,
)

_LONGEST = 200_000
"""Letters of one section: a whole report is a tenth of it."""


class WriteSection(Doing):
    """Make what was typed the next version of a section."""

    def __call__(self, key: SectionKey, text: str, base: int) -> ReportSection:
        """Write a version that began from ``base``.

        ComplaintsError where the actor may not, or where somebody has written another version
        meanwhile: then nothing is written over, and what was typed is still the writer's draft.
        The same text again writes nothing.
        """
        self.ask(key, WRITE)
        if len(text) > _LONGEST:
            self.refuse(
                "W-LONG",
                key,
                say("这一节有 {n} 字", n=len(text)),
                say("一节不超过 {n} 字", n=_LONGEST),
            )

        def alter(row: ReportSection) -> dict[str, object] | None:
            if row.version != base:
                if text_of(row) == text:
                    return None
                self.refuse(
                    "W-MEANWHILE",
                    key,
                    say(
                        "{by}已先一步存了第 {n} 稿，您是从第 {base} 稿改起的",
                        by=row.changed_by,
                        n=row.version,
                        base=base,
                    ),
                    say("从最新一稿改起"),
                    say("您写的还在草稿里，没有丢：对照两稿后再存"),
                )
            if row.version and text_of(row) == text:
                return None
            row.version += 1
            row.state = DRAFT
            if row.pk is None:
                row.changed_by, row.changed_at = self.actor.name, self.at
                row.save()
            SectionVersion.objects.create(
                section=row, number=row.version, text=text, by=self.actor.name, at=self.at
            )
            digest = sha256(text.encode()).hexdigest()
            return {"version": row.version, "letters": len(text), "digest": digest}

        row = self.change(key, "report.write", alter)
        drop_draft(key, self.actor.name)
        return row


def text_of(row: ReportSection, number: int = 0) -> str:
    """Give the text of a version, the last one unless named; empty where there is none."""
    found = SectionVersion.objects.filter(section=row, number=number or row.version)
    return found.values_list("text", flat=True).first() or ""


def keep_draft(  # noqa: PLR0913, PLR0917 - whose draft of what, the text and where it comes from
    key: SectionKey,
    who: str,
    text: str,
    base: int,
    at: object,
    steps: Sequence[Mapping[str, object]] | None = None,
) -> None:
    """Keep what somebody has typed so far; it is theirs alone and no deed.

    ``steps``: what can be undone; None leaves it as it is.
    """
    defaults: dict[str, object] = {"text": text[:_LONGEST], "base": base, "at": at}
    if steps is not None:
        defaults["steps"] = list(steps)
    SectionDraft.objects.update_or_create(
        outline=key.outline,
        period=key.period,
        section=key.section,
        who=who,
        defaults=defaults,
    )


def drop_draft(key: SectionKey, who: str) -> None:
    """Throw somebody's draft away."""
    draft_rows(key, who).delete()


def draft_of(key: SectionKey, who: str) -> SectionDraft | None:
    """Give somebody's draft of a section; None where they have none."""
    return draft_rows(key, who).first()


def draft_rows(key: SectionKey, who: str):  # noqa: ANN201 - Django's query sets have no stubs here
    """Give the rows of somebody's draft: one or none."""
    return SectionDraft.objects.filter(
        outline=key.outline, period=key.period, section=key.section, who=who
    )
