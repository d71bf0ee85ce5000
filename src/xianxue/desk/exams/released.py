"""Which results of examinations were released up to a day; figures are counted from no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.desk.exams.sittings import Standing
from xianxue.desk.models.exam import (
    ExamLines,
    ExamMarks,
    ExamReferences,
    ExamRelease,
)
from xianxue.desk.stores.clock import day_of


def last_releases(on: date) -> dict[str, int]:
    """Give for each examination the number of its last release up to a day."""
    found: dict[str, int] = {}
    for row in ExamRelease.objects.select_related("sitting").order_by("number"):
        if day_of(row.at) <= on:
            found[row.sitting.key] = row.number
    return dict(sorted(found.items()))


def counted_of(exam: str, period: str, releases: Mapping[str, int]) -> Standing | None:
    """Give the examination of a kind and period that figures count, as it was released.

    Of several the last that was held: 二模 takes the place of 一模. None where none was released.
    """
    rows = ExamRelease.objects.select_related("sitting").filter(
        sitting__exam=exam, sitting__period=period
    )
    held = [row for row in rows if releases.get(row.sitting.key) == row.number]
    if not held:
        return None
    row = max(held, key=lambda one: (one.sitting.day, one.sitting.name))
    sitting = row.sitting
    return Standing(
        sitting,
        ExamMarks.objects.get(sitting=sitting, number=row.marks),
        ExamLines.objects.filter(sitting=sitting, number=row.lines).first(),
        ExamReferences.objects.filter(sitting=sitting, number=row.references).first(),
        row,
    )
