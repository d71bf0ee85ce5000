"""Examinations that were held: their marks, lines, references and releases, each kept for good."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Sitting(models.Model):
    """One examination held on one day; what was loaded and set for it stands beside it."""

    exam = models.CharField(max_length=64)
    """The id of the card that says what an examination of the kind is."""
    period = models.CharField(max_length=16)
    name = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        """A name is said once in a period."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exam", "period", "name"], name="one_sitting_of_a_name")
        ]

    def __str__(self) -> str:
        """Give it as the journal names it."""
        return self.key

    @property
    def key(self) -> str:
        """Name it: kind, period and name, ``mock/2025-2026/一模``."""
        return f"{self.exam}/{self.period}/{self.name}"


class ExamMarks(models.Model):
    """Marks as they were loaded; a later load takes the place of an earlier one."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    marks = models.CharField(max_length=64)
    """SHA-256 of the file of marks."""
    pupils = models.CharField(max_length=64)
    """SHA-256 of the file of pupils, which lies apart."""
    rows = models.PositiveIntegerField()
    subjects = models.JSONField(default=list)
    """The codes of the subjects that were examined."""
    files = models.JSONField(default=list)
    """Name and SHA-256 of each file that was read."""
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """Numbers run from 1 within a sitting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "number"], name="one_load_of_a_number")
        ]

    def __str__(self) -> str:
        """Give sitting and number."""
        return f"{self.sitting.key} #{self.number}"


class ExamLines(models.Model):
    """All lines of a sitting as they stood from one setting to the next."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    heights = models.JSONField(default=list)
    """One a line and track: ``line``, ``track``, ``total``, ``second``, ``document``; marks in
    hundredths of a point."""
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """Numbers run from 1 within a sitting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "number"], name="one_setting_of_a_number")
        ]

    def __str__(self) -> str:
        """Give sitting and number."""
        return f"{self.sitting.key} #{self.number}"


class ExamReferences(models.Model):
    """What the city and the province reached, as a document says, from one setting to the next."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=list)
    """One a number: ``of``, ``what``, ``track``, ``value``, ``document``."""
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """Numbers run from 1 within a sitting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "number"], name="one_reference_of_a_number")
        ]

    def __str__(self) -> str:
        """Give sitting and number."""
        return f"{self.sitting.key} #{self.number}"


class ExamRelease(models.Model):
    """A numbered release of a sitting: which marks and which lines hold, and what they came to."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    marks = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    """The number of the setting; 0 where no line was set."""
    references = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    """What was counted: name of a figure to its number, as it was published."""
    at = models.DateTimeField()
    by = models.TextField()
    why = models.TextField(blank=True, default="")

    class Meta:
        """Numbers run from 1 within a sitting."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "number"], name="one_exam_release_of_number")
        ]

    def __str__(self) -> str:
        """Give the name under which it is cited."""
        return f"{self.sitting.key}/{self.number}"
