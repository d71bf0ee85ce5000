"""Releases: which states of a period were published, when and by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Release(models.Model):
    """One numbered release of a period; its content is in the folder of releases."""

    period = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.TextField()
    why = models.TextField(blank=True, default="")

    class Meta:
        """Numbers run from 1 within a period."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "number"], name="one_release_of_a_number")
        ]

    def __str__(self) -> str:
        """Give the name under which figures carry it."""
        return self.name

    @property
    def name(self) -> str:
        """Give the name under which figures carry it, ``2025-2026/2``."""
        return f"{self.period}/{self.number}"
