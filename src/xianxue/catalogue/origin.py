"""Where a card stands, so that a complaint can name file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

if TYPE_CHECKING:
    from xianxue.catalogue.yaml_lines import Document, Step


class Complaint(Record):
    """What is wrong, before it is said where."""

    code: str
    saw: str
    required: str = ""
    do: str = ""
    severity: Severity = Severity.MUST_FIX

    def about(self, file: str, line: int) -> Issue:
        """Give the issue about a line of a file."""
        return Issue(
            code=self.code,
            severity=self.severity,
            file=file,
            cell=say("第 {line} 行", line=line),
            saw=self.saw,
            required=self.required,
            do=self.do,
        )


class Origin(Record):
    """The file of a card and its place in it."""

    file: str
    document: Document
    root: tuple[Step, ...] = ()
    """The steps to the card where a file holds a list of them."""

    def line(self, *steps: Step) -> int:
        """Give the line of a part of the card, ``"fields", 3, "unit"``; without steps, its own."""
        return self.document.line(*self.root, *steps)

    def issue(self, complaint: Complaint, *steps: Step) -> Issue:
        """Complain about a part of the card."""
        return complaint.about(self.file, self.line(*steps))


class Spot(Record):
    """A part of a card, ready to be complained about."""

    origin: Origin
    issues: list[Issue]
    """Where the complaints go."""
    steps: tuple[Step, ...] = ()

    def at(self, *steps: Step) -> Spot:
        """Give a part of this part."""
        return Spot(self.origin, self.issues, (*self.steps, *steps))

    def complain(
        self,
        code: str,
        saw: str,
        required: str = "",
        do: str = "",
        severity: Severity = Severity.MUST_FIX,
    ) -> None:
        """List a complaint about this part."""
        complaint = Complaint(code, saw, required, do, severity)
        self.issues.append(self.origin.issue(complaint, *self.steps))
