"""Whether the files of marks and pupils are those that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.exams.who import destroyed
from xianxue.desk.stores.exams.files import MARKS, PUPILS, ExamFiles


def faults(cabinet: Path) -> Iterator[Issue]:
    """Complain of each file of an examination that is lost or altered; the database is open."""
    from xianxue.desk.models.exam import ExamMarks  # noqa: PLC0415 - needs Django set up first

    files, gone = ExamFiles(cabinet), destroyed()
    for row in ExamMarks.objects.order_by("id"):
        for part, digest in ((MARKS, row.marks), (PUPILS, row.pupils)):
            if part == PUPILS and digest in gone and not files.file(part, digest).exists():
                continue
            issue = files.fault(part, digest)
            if issue is not None:
                yield issue
