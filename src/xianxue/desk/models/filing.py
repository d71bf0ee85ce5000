"""Filings: where the return of one place stands, and what was said about it."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from xianxue.desk.models.revision import Revision
from xianxue.desk.models.rows import Rows

ACCEPTED: Final = (
    "form",
    "place",
    "accepted__number",
    "accepted__batch",
    "period",
    "accepted__content",
    "accepted__digest",
)
"""What the cabinet is told of an accepted revision, in the order of its ``Kept``."""


class Filing(models.Model):
    """The return of one place for one form and period, on its way.

    There is none before the first submission: what nobody filed is a draft.
    """

    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    state = models.CharField(max_length=32)
    """As in the lifecycle card."""
    current = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    """What was handed in last; no step ever takes it away."""
    accepted = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    """What figures are counted from; empty while nothing is accepted."""
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    times_returned = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    """When the last step was taken, and by whom."""
    changed_by = models.TextField(blank=True, default="")

    class Meta:
        """One filing of a form, period and place."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "period", "place"], name="one_filing_of_a_place"
            )
        ]

    def __str__(self) -> str:
        """Give form, period, place and state."""
        return f"{self.form}/{self.period}/{self.place} {self.state}"


FILINGS: Final = Rows(Filing)


class Comment(models.Model):
    """What a reviewer wrote about a cell, a sheet or the whole of one revision."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="comments")
    revision = models.PositiveIntegerField()
    sheet = models.CharField(max_length=64, blank=True, default="")
    """The sheet's name in code; empty for the whole return."""
    row = models.CharField(max_length=64, blank=True, default="")
    field = models.CharField(max_length=64, blank=True, default="")
    cell = models.CharField(max_length=16, blank=True, default="")
    """Its address in the revision's workbook, ``C4``."""
    text = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Give the cell and the text."""
        return f"{self.sheet}!{self.cell} {self.text}"
