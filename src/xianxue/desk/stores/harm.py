"""What is kept and is no longer as it was sealed: a complaint in words, never a number."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, say

CODE: Final = "K-FILE"
"""A file that is kept is lost, or is not what was sealed."""

LOST: Final = say("文件不见了")

_DO: Final = say(
    "请不要再用它：先封存现场，再用 xianxue journal rebuild 由别的留存件重建；"
    "重建不了的，从备份恢复"
)


class ComplaintsError(Exception):
    """Something a person has to mend before the command can go on."""

    def __init__(self, issues: list[Issue]) -> None:
        """Keep all complaints; the command line prints them and exits with 1."""
        super().__init__("\n".join(issue.message for issue in issues))
        self.issues = issues


class HarmedError(ComplaintsError):
    """Something that is kept is lost, unreadable or not what was sealed."""


def harm(file: str, saw: str, *, place: str = "", form: str = "", do: str = "") -> Issue:
    """Complain of a file that is kept; ``file`` is its name below the store."""
    return Issue(
        code=CODE,
        severity=Severity.MUST_FIX,
        file=file,
        place=place,
        form=form,
        saw=saw,
        required=say("留存件与封存时一字不差"),
        do=do or _DO,
    )


def unreadable(error: BaseException) -> Sentence:
    """Say that a file cannot be read, with the first line of what its reader says."""
    reason = str(error).strip().partition("\n")[0]
    return say("文件读不出来（{reason}）", reason=reason or type(error).__name__)
