"""Targets: each setting of one, kept for good; the last of a key is the one in force."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, cast

from django.db import models

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Goal, Origin, Target


class TargetLine(models.Model):
    """One setting or withdrawal of a target; it is never changed or removed."""

    indicator = models.CharField(max_length=64)
    place = models.CharField(max_length=16)
    stage = models.CharField(max_length=32, blank=True)
    """Empty for an indicator that is figured once for a place."""
    slice = models.CharField(max_length=128, blank=True)
    """``dimension=code`` where a part alone is meant; empty for the whole."""
    period = models.CharField(max_length=32)
    revision = models.PositiveIntegerField()
    amount = models.CharField(max_length=64)
    """A decimal number as text, so that no engine rounds it."""
    goal = models.CharField(max_length=16)
    origin = models.CharField(max_length=16)
    source = models.TextField()
    """The document that sets it."""
    cell = models.TextField(blank=True)
    """Where it was read: file, sheet and cell; empty where it was typed."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of that file."""
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """One line of a revision, found by what it is about."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "place", "indicator", "stage", "slice", "revision"],
                name="one_target_of_a_revision",
            )
        ]

    def __str__(self) -> str:
        """Give what it is about and how much."""
        return f"{self.target.key}: {self.amount}"

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
            slice=Slice(*self.slice.split("=", 1)) if self.slice else None,
        )


def last_lines(period: str = "") -> list[TargetLine]:
    """Give the last line of each target that is not withdrawn, of one period or of all."""
    lines = TargetLine.objects.order_by(
        "period", "place", "indicator", "stage", "slice", "revision"
    )
    if period:
        lines = lines.filter(period=period)
    # In the order of revisions: the last one of a key stays, and where it withdraws, none is in
    # force.
    last = {line.target.key: line for line in lines}
    return [line for line in last.values() if not line.withdrawn]


def line_of(target: Target) -> TargetLine | None:
    """Give the line that set a target as it stands, or None."""
    return of_key(target.key).filter(revision=target.revision).first()


def of_key(key: str) -> models.QuerySet[TargetLine]:
    """Give all lines of a key."""
    indicator, place, stage, period, *of = key.split("/")
    return TargetLine.objects.filter(
        indicator=indicator,
        place=place,
        stage="" if stage == "all" else stage,
        period=period,
        slice="".join(of),
    )
