"""A form of this room as it was sent: what was typed is kept, what is wrong stands at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from django.http import QueryDict

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.appraisal.doing import complain
from xianxue.desk.workspace import ComplaintsError

_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?")


class Filled:
    """What came with a form, and what is wrong with it."""

    def __init__(
        self, sent: QueryDict | None = None, usual: Mapping[str, str] | None = None
    ) -> None:
        """Take what was sent, or with what a form begins."""
        self.sent = sent
        self.usual: Mapping[str, str] = usual or {}
        self.issues: list[tuple[str, Issue]] = []

    def said(self, name: str) -> str:
        """Give what was typed into a field, without blanks around it."""
        if self.sent is None:
            return self.usual.get(name, "")
        return self.sent.get(name, "").strip()

    def every(self, name: str) -> list[str]:
        """Give all that was chosen in a field."""
        if self.sent is None:
            return [one for one in self.usual.get(name, "").split(",") if one]
        return [one for one in self.sent.getlist(name) if one]

    def wrong(self, name: str) -> Sentence | str:
        """Say what is wrong with a field; empty where nothing is."""
        return joined(" ", [_said(one) for field, one in self.issues if field == name])

    @property
    def others(self) -> list[Issue]:
        """What is wrong with no field of the form."""
        return [one for field, one in self.issues if not field]

    def complain(self, field: str, saw: Sentence, required: Sentence) -> None:
        """Say that something is wrong with a field."""
        self.take(complain("P-FORM", saw, required), {"P-FORM": field})

    def take(self, error: ComplaintsError, fields: Mapping[str, str]) -> None:
        """Put each complaint at its field; ``fields``: codes of complaints to fields."""
        self.issues += [(fields.get(one.code, ""), one) for one in error.issues]

    def number(self, name: str) -> Fraction | None:
        """Read an exact number; None where nothing is typed, or no number, which is then wrong."""
        text = self.said(name)
        if not text:
            return None
        # Written out, for 1e999999999 would be worked out digit by digit.
        if not _NUMBER.fullmatch(text):
            self.complain(name, say("“{value}”不是数", value=text), say("写数，如 8.5"))
            return None
        return Fraction(text)

    def day(self, name: str) -> date | None:
        """Read a day; None where nothing is typed, or no day, which is then wrong."""
        text = self.said(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.complain(name, say("日期写成了“{text}”", text=text), say("日期，如 2025-09-01"))
            return None

    def needs(self, names: Iterable[tuple[str, Sentence]]) -> bool:
        """Complain of each field in which nothing is typed; whether all of them are filled."""
        empty = [(name, term) for name, term in names if not self.said(name)]
        for name, term in empty:
            self.complain(name, say("没有填“{term}”", term=term), say("必填"))
        return not empty


def _said(issue: Issue) -> Sentence:
    said = [issue.saw, *([say("要求：{what}", what=issue.required)] if issue.required else [])]
    return joined("；", [*said, *([issue.do] if issue.do else [])])
