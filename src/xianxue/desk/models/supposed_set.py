"""Supposed sets: each keeping of one, for good; the last of a name is the one in force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SupposedLine(models.Model):
    """One keeping or withdrawal of a supposed set; it is never changed or removed."""

    name = models.TextField()
    period = models.CharField(max_length=32)
    """The period over whose returns it is supposed."""
    revision = models.PositiveIntegerField()
    changes = models.JSONField(default=list)
    """Each change as ``bureau/plan/suppose/changes.py`` writes it down."""
    note = models.TextField(blank=True, default="")
    """What it is about, in somebody's own words."""
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """One line of a revision."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "name", "revision"], name="one_supposed_set_of_a_revision"
            )
        ]

    def __str__(self) -> str:
        """Give its name and how many changes it has."""
        return f"{self.period}/{self.name}: {len(self.changes)}"

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.period}/{self.name}"


def newest_of(name: str, period: str) -> SupposedLine | None:
    """Give the last line of a set, withdrawn or not."""
    lines = SupposedLine.objects.filter(name=name, period=period)
    return lines.order_by("-revision").first()


def sets_in_force(period: str = "") -> list[SupposedLine]:
    """Give the last line of each set that is not withdrawn, of one period or of all, by name."""
    lines = SupposedLine.objects.order_by("period", "name", "revision")
    if period:
        lines = lines.filter(period=period)
    last = {line.subject: line for line in lines}
    return [line for line in last.values() if not line.withdrawn]
