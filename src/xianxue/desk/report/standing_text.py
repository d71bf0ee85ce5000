"""Where each section of a report stands: whose it is, until when, and what has been written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.values.record import Record
from xianxue.desk.report.sections import Section, sections_of


class Kept(Record, kw_only=True):
    """One section of a report as it stands."""

    section: Section
    owner: str
    due: date | None = None
    state: str = ""
    """Empty where nobody has touched it."""
    version: int = 0
    remark: str = ""
    by: str = ""
    at: datetime | None = None
    text: str | None = None
    """As templates; None where it is as the outline writes it."""

    @property
    def wanted(self) -> bool:
        """Whether somebody has to do something for it: it was given away, or is a slot."""
        return bool(self.state or self.section.slot)


class Version(Record):
    """One version of a section."""

    number: int
    text: str
    by: str
    at: datetime


class Issued(Record, kw_only=True):
    """A report that was issued."""

    number: int
    release: str
    digest: str
    by: str
    at: datetime
    why: str
    has_sheet: bool


def kept_of(outline: Outline, period: str) -> tuple[Kept, ...]:
    """Give all sections of a report in their order; two questions to the database."""
    from xianxue.desk.models import ReportSection, SectionVersion  # noqa: PLC0415 - needs Django

    rows = {
        row.section: row
        for row in ReportSection.objects.filter(outline=outline.outline, period=period)
    }
    found = SectionVersion.objects.filter(section__in=rows.values()).order_by("number")
    # Of several, the last one stays.
    texts = dict(found.values_list("section__section", "text"))
    kept: list[Kept] = []
    for section in sections_of(outline):
        row = rows.get(section.key)
        if row is None:
            kept.append(Kept(section=section, owner=section.owner))
            continue
        kept.append(
            Kept(
                section=section,
                owner=row.owner or section.owner,
                due=row.due,
                state=row.state,
                version=row.version,
                remark=row.remark,
                by=row.changed_by,
                at=row.changed_at,
                text=texts.get(section.key) if row.version else None,
            )
        )
    return tuple(kept)


def texts_of(kept: tuple[Kept, ...]) -> Mapping[str, str]:
    """Give what has been written, by section."""
    return {one.section.key: one.text for one in kept if one.text is not None}


def versions_of(outline: str, period: str, section: str) -> list[Version]:
    """Give all versions of a section, the newest first."""
    from xianxue.desk.models import SectionVersion  # noqa: PLC0415 - needs Django set up first

    rows = SectionVersion.objects.filter(
        section__outline=outline, section__period=period, section__section=section
    )
    return [Version(row.number, row.text, row.by, row.at) for row in rows.order_by("-number")]


def issued_of(outline: str, period: str) -> list[Issued]:
    """Give what was issued of a report, the newest first; without the files themselves."""
    from xianxue.desk.models import IssuedReport  # noqa: PLC0415 - needs Django set up first

    rows = IssuedReport.objects.filter(outline=outline, period=period).defer("document", "sheet")
    with_sheet = set(rows.filter(sheet__isnull=False).values_list("number", flat=True))
    return [
        Issued(
            number=row.number,
            release=row.release,
            digest=row.digest,
            by=row.by,
            at=row.at,
            why=row.why,
            has_sheet=row.number in with_sheet,
        )
        for row in rows.order_by("-number")
    ]


def file_of(outline: str, period: str, number: int, *, sheet: bool = False) -> bytes | None:
    """Give the bytes of what was issued; None where there is no such."""
    from xianxue.desk.models import IssuedReport  # noqa: PLC0415 - needs Django set up first

    column = "sheet" if sheet else "document"
    rows = IssuedReport.objects.filter(outline=outline, period=period, number=number)
    found = rows.values_list(column, flat=True).first()
    return None if found is None else bytes(found)
