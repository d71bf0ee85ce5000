"""When a form may be filed: the window, and exceptions from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class InForce(models.Manager["Window"]):
    """The windows that are in force: those that were not withdrawn with their year."""

    def get_queryset(self) -> models.QuerySet[Window]:
        """Leave out what was withdrawn."""
        return super().get_queryset().filter(withdrawn=False)


class Window(models.Model):
    """The last day in time and the last day at all, both included, for one form and period."""

    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    due = models.DateField()
    lock = models.DateField()
    """After this day nothing is taken any more."""
    withdrawn = models.BooleanField(default=False)
    """Taken back with the opening of its year, until it is set again; a row is never removed."""

    objects = InForce()
    every: ClassVar[models.Manager[Window]] = models.Manager()
    """Those that were withdrawn too: only for setting one again."""

    class Meta:
        """One window of a form and period."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "period"], name="one_window_of_a_form")
        ]

    def __str__(self) -> str:
        """Give form, period and both days."""
        return f"{self.form}/{self.period} {self.due}—{self.lock}"


class Extension(models.Model):
    """An exception granted to one place; the newest counts, the earlier ones stay to be read."""

    form = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    place = models.CharField(max_length=16)
    until = models.DateField()
    """The last day, included."""
    reason = models.TextField()
    granted_by = models.TextField()
    granted_at = models.DateTimeField()

    def __str__(self) -> str:
        """Give place and day."""
        return f"{self.form}/{self.period}/{self.place} {self.until}"
