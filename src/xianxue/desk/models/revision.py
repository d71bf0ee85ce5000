"""Revisions of returns: every submission, as it was handed in."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from xianxue.desk.models.rows import Rows


class Revision(models.Model):
    """One submission; it refers to cells in the cabinet and is never changed or removed.

    Whether it is accepted is said by its ``Filing``.
    """

    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    batch = models.CharField(max_length=64)
    """The file of the cabinet that holds its cells."""
    content = models.CharField(max_length=64)
    """Digest of its values, so that filing the same twice changes nothing."""
    file = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the workbook."""
    at = models.DateTimeField(null=True)
    """When it was handed in; unknown only for what was accepted before this was kept."""
    by = models.TextField(blank=True, default="")
    clerk = models.TextField(blank=True, default="")
    """填报人, who signed first; empty where the bureau collected it."""
    head = models.TextField(blank=True, default="")
    """校长, who signed second."""

    class Meta:
        """One revision of a number, and a quick way to the newest."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "period", "place", "number"], name="one_revision_of_a_number"
            )
        ]

    def __str__(self) -> str:
        """Give form, period, place and number."""
        return f"{self.form}/{self.period}/{self.place}/{self.number}"


REVISIONS: Final = Rows(Revision)
