"""Targets: each setting of one, kept for good; the last of a key is the one in force."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, cast

from django.db import models

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Goal, Origin, Target


class TargetLine(models.Model):
    """One setting or withdrawal of a target; it is never changed or removed."""

    indicator = models.CharField(max_length=64)
    place = models.CharField(max_length=16)
    stage = models.CharField(max_length=32, blank=True)
    """Empty for an indicator that is figured once for a place."""
    period = models.CharField(max_length=32)
    revision = models.PositiveIntegerField()
    amount = models.CharField(max_length=64)
    """A decimal number as text, so that no engine rounds it."""
    goal = models.CharField(max_length=16)
    origin = models.CharField(max_length=16)
    source = models.CharField(max_length=255)
    """The document that sets it."""
    cell = models.CharField(max_length=300, blank=True)
    """Where it was read: file, sheet and cell; empty where it was typed."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of that file."""
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        """One line of a revision, found by what it is about."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "place", "indicator", "stage", "revision"],
                name="one_target_of_a_revision",
            )
        ]

    def __str__(self) -> str:
        """Give what it is about and how much."""
        return f"{self.indicator}/{self.place}/{self.stage or 'all'}/{self.period}: {self.amount}"

    @property
    def target(self) -> Target:
        """Give it as rooms are handed it."""
        return Target(
            indicator=self.indicator,
            place=self.place,
            stage=Stage(self.stage) if self.stage else None,
            period=self.period,
            amount=Fraction(self.amount),
            goal=cast("Goal", self.goal),
            origin=Origin(self.origin),
            source=self.source,
            revision=self.revision,
        )
