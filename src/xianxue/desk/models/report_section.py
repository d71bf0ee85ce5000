"""What offices write of a report, section by section, and the reports that were issued."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

DRAFT, HANDED_IN, ACCEPTED, SENT_BACK = "draft", "handed_in", "accepted", "sent_back"
STATES: Final = (DRAFT, HANDED_IN, ACCEPTED, SENT_BACK)


class ReportSection(models.Model):
    """Where one section of a report stands: whose it is, until when, and which version counts."""

    outline = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    section = models.CharField(max_length=128)
    """Its heading, or the name of a slot that an office fills."""
    owner = models.TextField(blank=True, default="")
    """The office that writes it, as people call it."""
    due = models.DateField(null=True)
    state = models.CharField(max_length=16, default=DRAFT)
    version = models.PositiveIntegerField(default=0)
    """The last version; 0 where the section is as the outline writes it."""
    remark = models.TextField(blank=True, default="")
    """Why it was sent back last."""
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        """One row a section of a period's report."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outline", "period", "section"], name="one_row_a_report_section"
            )
        ]

    def __str__(self) -> str:
        """Give its subject and state."""
        return f"{self.subject} {self.state}"

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.outline}/{self.period}/{self.section}"


class SectionVersion(models.Model):
    """One version of a section's text; versions are only ever added."""

    section = models.ForeignKey(ReportSection, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    """Paragraph by line; ``{pupils/primary}`` stands for a figure."""
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """Versions are numbered."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        """Give what it is a version of."""
        return f"{self.section}/{self.number}"


class SectionDraft(models.Model):
    """What somebody has typed and not made a version of yet; one a person and section."""

    outline = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    section = models.CharField(max_length=128)
    who = models.TextField()
    base = models.PositiveIntegerField(default=0)
    """The version it began from."""
    text = models.TextField()
    at = models.DateTimeField()
    steps = models.JSONField(default=list)
    """What the auditor's buttons did to it, the last one last: each can be undone."""

    class Meta:
        """One draft of a person and section."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outline", "period", "section", "who"], name="one_section_draft_a_person"
            )
        ]

    def __str__(self) -> str:
        """Give whose it is and of what."""
        return f"{self.who} {self.outline}/{self.period}/{self.section}"


class SectionComment(models.Model):
    """What somebody asks of a section, or answers; whether it is settled stands on the first."""

    outline = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    section = models.CharField(max_length=128)
    number = models.PositiveIntegerField()
    """Within its section, from 1."""
    answers = models.PositiveIntegerField(default=0)
    """The number of the comment that it answers; 0 where it begins a thread."""
    version = models.PositiveIntegerField(default=0)
    """The version that stood then."""
    text = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    settled_by = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Comments are numbered within their section."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outline", "period", "section", "number"],
                name="one_section_comment_of_a_number",
            )
        ]

    def __str__(self) -> str:
        """Give where it stands and what it says."""
        return f"{self.subject} {self.number} {self.text}"

    @property
    def subject(self) -> str:
        """The way the journal names its section."""
        return f"{self.outline}/{self.period}/{self.section}"


class IssuedReport(models.Model):
    """A report as it was issued: its bytes, and the release whose figures it tells."""

    outline = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    release = models.CharField(max_length=64)
    document = models.BinaryField()
    sheet = models.BinaryField(null=True)
    """数据说明, the working sheet beside it."""
    digest = models.CharField(max_length=64)
    versions = models.JSONField()
    """Section to the version it was issued with."""
    by = models.TextField()
    at = models.DateTimeField()
    why = models.TextField(blank=True, default="")

    class Meta:
        """Issued reports are numbered within their outline and period."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outline", "period", "number"], name="one_issued_report_of_a_number"
            )
        ]

    def __str__(self) -> str:
        """Give its subject."""
        return self.subject

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.outline}/{self.period}/{self.number}"
