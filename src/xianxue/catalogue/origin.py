"""Where a card stands, so that a complaint can name file and line."""

from __future__ import annotations

from dataclasses import dataclass

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.catalogue.yaml_lines import Document


@dataclass(frozen=True)
class Origin:
    """The file of a card and its place in it."""

    file: str
    document: Document
    root: str

    def line(self, path: str) -> int:
        """Give the line of a part of the card, ``.fields[3].unit``; of the card itself if ``""``."""
        return self.document.line(self.root + path)

    def issue(self, code: str, saw: str, required: str, *, path: str, do: str = "") -> Issue:
        """Complain about a part of the card."""
        return Issue(
            code=code,
            severity=Severity.MUST_FIX,
            file=self.file,
            cell=f"第 {self.line(path)} 行",
            saw=saw,
            required=required,
            do=do,
        )
