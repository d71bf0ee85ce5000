"""Appraisals that go on: how far each has come, what people said in it, and what was published.

What people say (marks, numbers, documents, appeals) is a line each, and no line is ever changed: a
later one takes the place of an earlier one, or takes it back, and both stay.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

SAID: Final = ("begin", "ties", "assign", "mark", "self", "number", "adjust", "veto", "document",
               "absent", "hand_in", "withdraw", "appeal", "decide", "step", "reply",
               "follow")  # fmt: skip
"""What a line may be: 布置, 回避情况, 派评委, 评分, 自评, 报数, 加减分, 否决, 佐证, 不适用, 交自评,
撤回, 申诉, 答复, 走一步, 申辩, 结果运用."""


class Appraisal(models.Model):
    """One rubric's appraisal of one period."""

    rubric = models.CharField(max_length=64)
    """The id of the card, or of what it is a version of."""
    period = models.CharField(max_length=16)
    state = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        """A rubric is gone through once in a period."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rubric", "period"], name="one_appraisal_of_period")
        ]

    def __str__(self) -> str:
        """Give it as the journal names it."""
        return self.key

    @property
    def key(self) -> str:
        """Name it: rubric and period, ``safe_campus/2026``."""
        return f"{self.rubric}/{self.period}"


class AppraisalLine(models.Model):
    """One thing that somebody said in an appraisal."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    place = models.CharField(max_length=64, blank=True)
    """The code or id of who is judged; empty where it is about none alone."""
    item = models.CharField(max_length=64, blank=True)
    """The item or veto; empty where it is about none alone."""
    said: Any = models.JSONField(default=dict)
    """What was said, by kind; see ``desk/actions/appraisal/lines.py``."""
    at = models.DateTimeField()
    by = models.TextField()
    why = models.TextField(blank=True, default="")

    class Meta:
        """Numbers run from 1 within an appraisal."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appraisal", "number"], name="one_appraisal_line_of_number"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["appraisal", "kind"], name="appraisal_lines_by_kind")
        ]

    def __str__(self) -> str:
        """Give appraisal and number."""
        return f"{self.appraisal.key} #{self.number}"


class AppraisalRelease(models.Model):
    """A numbered result of an appraisal, as it was published; an earlier one stays."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the results."""
    results: Any = models.JSONField()
    card: Any = models.JSONField()
    """The rubric as it stood."""
    lines = models.PositiveIntegerField()
    """The number of the last line that is counted."""
    at = models.DateTimeField()
    by = models.TextField()
    why = models.TextField(blank=True, default="")

    class Meta:
        """Numbers run from 1 within an appraisal."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appraisal", "number"], name="one_appraisal_release_of_number"
            )
        ]

    def __str__(self) -> str:
        """Give the name under which it is cited."""
        return f"{self.appraisal.key}/{self.number}"
