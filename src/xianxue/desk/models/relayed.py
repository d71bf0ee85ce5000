"""Figures of earlier years as old reports relay them: each taking of one, for good."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RelayedLine(models.Model):
    """One taking or withdrawal of a relayed figure of the county; never changed or removed."""

    indicator = models.CharField(max_length=64)
    stage = models.CharField(max_length=16, blank=True, default="")
    """Empty for all stages together."""
    period = models.CharField(max_length=16)
    """As the report says it: a school year, or a calendar year."""
    revision = models.PositiveIntegerField()
    value = models.TextField()
    """An exact decimal in the indicator's unit, as printed."""
    low = models.TextField()
    """The least that its printed digits may stand for."""
    high = models.TextField()
    text = models.TextField()
    """As it is printed: «2.1万»."""
    sentence = models.TextField()
    paragraph = models.PositiveIntegerField()
    """Counts the report's lines from 1."""
    file = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """One line of a revision."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "indicator", "stage", "revision"],
                name="one_relayed_figure_of_a_revision",
            )
        ]

    def __str__(self) -> str:
        """Give what it is of and what was printed."""
        return f"{self.subject}: {self.text}"

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return subject_of(self.period, self.indicator, self.stage)


def subject_of(period: str, indicator: str, stage: str) -> str:
    """Name a relayed figure as the journal does."""
    return "/".join(part for part in (period, indicator, stage) if part)


def newest_relayed(period: str, indicator: str, stage: str) -> RelayedLine | None:
    """Give the last line of a figure, withdrawn or not."""
    lines = RelayedLine.objects.filter(period=period, indicator=indicator, stage=stage)
    return lines.order_by("-revision").first()


def relayed_in_force(indicator: str = "") -> list[RelayedLine]:
    """Give the last line of each figure that is not withdrawn, of one indicator or of all."""
    lines = RelayedLine.objects.order_by("indicator", "stage", "period", "revision")
    if indicator:
        lines = lines.filter(indicator=indicator)
    last = {line.subject: line for line in lines}
    return [line for line in last.values() if not line.withdrawn]
