"""Whether the files of marks and pupils are those that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.stores.exams.files import MARKS, PUPILS, ExamFiles


def faults(cabinet: Path) -> Iterator[Issue]:
    """Complain of each file of an examination that is lost or altered; the database is open."""
    from xianxue.desk.models.exam import ExamMarks  # noqa: PLC0415 - needs Django set up first

    files = ExamFiles(cabinet)
    for row in ExamMarks.objects.order_by("id"):
        for part, digest in ((MARKS, row.marks), (PUPILS, row.pupils)):
            issue = files.fault(part, digest)
            if issue is not None:
                yield issue
