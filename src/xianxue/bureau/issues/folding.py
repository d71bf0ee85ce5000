"""Complaints that follow from one mistake, shown as that one."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.issues.issue import Issue, Severity, worst
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say


def gathered(issues: Sequence[Issue], *, every: bool = False) -> list[Issue]:
    """Give complaints for people: a cause in place of what follows from it, with their number.

    With ``every``, what follows stands there too.

    The cause has the gravest grade of these, so that a reader sees what is at stake. A cause of
    which nothing is open any more, because all was explained, is left out.
    """
    open_: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        # What was explained has become a remark: it is shown by itself and weighs nothing.
        if issue.cause and issue.severity is not Severity.NOTE:
            open_.setdefault((issue.file, issue.cause), []).append(issue)
    found: list[Issue] = []
    for issue in issues:
        follow = open_.get((issue.file, issue.cause_of), []) if issue.cause_of else []
        if follow:
            found.append(_with(issue, follow, every=every))
        elif issue.cause_of and issue.severity is Severity.NOTE:
            continue
        elif every or not is_folded(issue):
            found.append(issue)
    return found


def _with(issue: Issue, follow: Sequence[Issue], *, every: bool) -> Issue:
    grade = worst([issue, *follow]) or issue.severity
    if every:
        return replace(issue, severity=grade)
    saw = say("{saw}；由它引起的 {n} 条问题没有逐条列出", saw=issue.saw, n=len(follow))
    return replace(issue, severity=grade, saw=saw)


def is_folded(issue: Issue) -> bool:
    """Whether a complaint is shown by its cause."""
    return bool(issue.cause) and issue.severity is not Severity.NOTE
