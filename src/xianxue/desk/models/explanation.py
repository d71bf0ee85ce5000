"""Explanations of unusual values (经验校验), remembered from one upload to the next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Explanation(models.Model):
    """Why a value is right although a rule finds it unusual.

    It belongs to rule, place and field, and holds while the value is the same, whatever the
    period; another value needs another one. Rows are only added: the newest counts.
    """

    form = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    """The code of the issue, or the id of the form's check."""
    place = models.CharField(max_length=16)
    field = models.CharField(max_length=128)
    """``sheet.field``, or ``sheet.row.field`` where a row has to be named."""
    value = models.TextField()
    """As it was written when it was explained."""
    text = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    first_period = models.CharField(max_length=16)
    """The period in which this value was first explained."""

    class Meta:
        """A quick way to all explanations to one rule, and to those of a place."""

        indexes: ClassVar = [
            models.Index(fields=["form", "rule", "place", "field"], name="explanations_to_a_rule")
        ]

    def __str__(self) -> str:
        """Give rule, place and field."""
        return f"{self.rule} {self.place} {self.field}"
