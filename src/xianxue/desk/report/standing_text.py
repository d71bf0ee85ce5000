"""Where each section of a report stands: whose it is, until when, and what has been written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.values.record import Record
from xianxue.desk.report.sections import Section, sections_of

if TYPE_CHECKING:
    from xianxue.desk.models import ReportSection


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


_COLUMNS: Final = ("number", "release", "digest", "by", "at", "why", "has_sheet")


def kept_of(outline: Outline, period: str) -> tuple[Kept, ...]:
    """Give all sections of a report in their order; two questions to the database."""
    (kept,) = kept_of_each([(outline, period)])
    return kept


def kept_of_each(asked: Sequence[tuple[Outline, str]]) -> list[tuple[Kept, ...]]:
    """Give the sections of several reports, each of its period; two questions for all of them."""
    from xianxue.desk.models import ReportSection, SectionVersion  # noqa: PLC0415 - needs Django

    outlines, periods = _both((card.outline, period) for card, period in asked)
    rows = {
        (row.outline, row.period, row.section): row
        for row in ReportSection.objects.filter(outline__in=outlines, period__in=periods)
    }
    found = SectionVersion.objects.filter(section__in=rows.values()).order_by("number")
    # Of several, the last one stays.
    texts = dict(found.values_list("section_id", "text"))
    return [
        tuple(
            _kept(section, rows.get((card.outline, period, section.key)), texts)
            for section in sections_of(card)
        )
        for card, period in asked
    ]


def _both(asked: Iterable[tuple[str, str]]) -> tuple[set[str], set[str]]:
    pairs = list(asked)
    return {outline for outline, _ in pairs}, {period for _, period in pairs}


def _kept(section: Section, row: ReportSection | None, texts: Mapping[int, str]) -> Kept:
    if row is None:
        return Kept(section=section, owner=section.owner)
    return Kept(
        section=section,
        owner=row.owner or section.owner,
        due=row.due,
        state=row.state,
        version=row.version,
        remark=row.remark,
        by=row.changed_by,
        at=row.changed_at,
        text=texts.get(row.pk) if row.version else None,
    )


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
    (issued,) = issued_of_each([(outline, period)])
    return issued


def issued_of_each(asked: Sequence[tuple[str, str]]) -> list[list[Issued]]:
    """Give what was issued of several reports, each of its period; one question for all of them."""
    from django.db.models import Q  # noqa: PLC0415 - as below

    from xianxue.desk.models import IssuedReport  # noqa: PLC0415 - needs Django set up first

    outlines, periods = _both(asked)
    rows = IssuedReport.objects.filter(outline__in=outlines, period__in=periods)
    found: dict[tuple[str, str], list[Issued]] = {}
    # The files are large, and only asked whether they are there.
    seen = rows.annotate(has_sheet=Q(sheet__isnull=False)).order_by("-number")
    for row in seen.values("outline", "period", *_COLUMNS):
        issued = Issued(**{column: row[column] for column in _COLUMNS})
        found.setdefault((row["outline"], row["period"]), []).append(issued)
    return [found.get(pair, []) for pair in asked]


def file_of(outline: str, period: str, number: int, *, sheet: bool = False) -> bytes | None:
    """Give the bytes of what was issued; None where there is no such."""
    from xianxue.desk.models import IssuedReport  # noqa: PLC0415 - needs Django set up first

    column = "sheet" if sheet else "document"
    rows = IssuedReport.objects.filter(outline=outline, period=period, number=number)
    found = rows.values_list(column, flat=True).first()
    return None if found is None else bytes(found)
