"""What people ask of each section and answer, thread by thread, those that are open first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from xianxue.bureau.values.record import Record

if TYPE_CHECKING:
    from xianxue.desk.models import SectionComment


class Comment(Record, kw_only=True):
    """One comment or answer."""

    number: int
    text: str
    by: str
    at: datetime
    version: int


class Thread(Record, kw_only=True):
    """A comment with its answers."""

    first: Comment
    answers: tuple[Comment, ...]
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for somebody."""
        return not self.settled_by


def threads_of(outline: str, period: str) -> Mapping[str, tuple[Thread, ...]]:
    """Give the threads of each section of a report; one question to the database."""
    from xianxue.desk.models import SectionComment  # noqa: PLC0415 - needs Django set up first

    rows = SectionComment.objects.filter(outline=outline, period=period).order_by("number")
    answers: dict[tuple[str, int], list[Comment]] = {}
    firsts: list[SectionComment] = []
    for row in rows:
        if row.answers:
            answers.setdefault((row.section, row.answers), []).append(_comment(row))
        else:
            firsts.append(row)
    found: dict[str, list[Thread]] = {}
    for row in firsts:
        found.setdefault(row.section, []).append(
            Thread(
                first=_comment(row),
                answers=tuple(answers.get((row.section, row.number), ())),
                settled_by=row.settled_by,
                settled_at=row.settled_at,
            )
        )
    return {
        section: tuple(sorted(threads, key=lambda one: not one.open))
        for section, threads in found.items()
    }


def open_in(threads: tuple[Thread, ...]) -> int:
    """Count the threads that wait for somebody."""
    return sum(one.open for one in threads)


def _comment(row: SectionComment) -> Comment:
    return Comment(number=row.number, text=row.text, by=row.by, at=row.at, version=row.version)
