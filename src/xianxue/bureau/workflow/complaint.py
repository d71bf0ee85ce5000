"""Complaining about what was to be done with a subject."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.workflow.subject import Subject


def complain(  # noqa: PLR0913 - the parts of a complaint
    code: str, subject: Subject, saw: str, required: str, do: str = "", *, file: str = ""
) -> Issue:
    """Complain about a deed; nothing was changed by it."""
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        do=do,
        file=file,
        place=subject.place,
        form=subject.id,
    )
