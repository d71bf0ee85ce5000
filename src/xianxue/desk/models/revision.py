"""Accepted revisions of returns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Revision(models.Model):
    """One accepted revision; it refers to cells in the cabinet and is never changed."""

    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    batch = models.CharField(max_length=64)
    """The file of the cabinet that holds its cells."""
    content = models.CharField(max_length=64)
    """Digest of its values, so that accepting the same twice changes nothing."""
    file = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """SHA-256 of the workbook."""

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
