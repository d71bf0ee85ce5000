"""Complaints as people read them: a cause first, with all that vanishes when it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.issues.folding import is_folded
from xianxue.bureau.issues.issue import Issue, Severity, worst
from xianxue.bureau.values.record import Record

_ORDER = list(Severity)


class Group(Record):
    """One thing to mend, with what follows from it."""

    number: int
    """As it is pinned to its cells."""
    issue: Issue
    follow: tuple[Issue, ...]
    severity: Severity
    """The gravest grade of them all."""

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The cells it is about, by tab and address; its own first."""
        own = [(one.sheet, one.cell) for one in (self.issue, *self.follow) if one.cell]
        ends = [(end.sheet, at) for end in self.issue.ends for at, _ in end.cells]
        return tuple(dict.fromkeys([*own, *ends]))


def grouped(issues: Sequence[Issue]) -> list[Group]:
    """Give complaints as groups, gravest first, in the order in which they were found."""
    follow: dict[str, list[Issue]] = {}
    for issue in issues:
        if is_folded(issue):
            follow.setdefault(issue.cause, []).append(issue)
    found: list[tuple[Issue, tuple[Issue, ...], Severity]] = []
    for issue in issues:
        if is_folded(issue):
            continue
        behind = tuple(follow.get(issue.cause_of, ())) if issue.cause_of else ()
        # A cause of which nothing is open any more says nothing.
        if issue.cause_of and not behind and issue.severity is Severity.NOTE:
            continue
        found.append((issue, behind, worst([issue, *behind]) or issue.severity))
    # Stable: what stands first in the workbook stays first within its grade.
    found.sort(key=lambda one: (_ORDER.index(one[2]), not one[1]))
    return [Group(at, *one) for at, one in enumerate(found, 1)]
