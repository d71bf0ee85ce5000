"""What deeds on reports and documents take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from xianxue.web.api.shapes import Reason

Text = Annotated[str, Field(max_length=100_000, pattern=r"^[^\x00]*$")]


class DocumentIn(Schema):
    """A text that is to be audited."""

    name: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    text: Annotated[str, Field(min_length=1, max_length=2_000_000)]


class RemarkOut(Schema):
    """What is said of one place of a document."""

    verdict: str
    term: str
    kind: str
    where: str
    stated: str
    computed: str
    message: str
    advice: str
    quote: str
    start: int
    end: int
    figure: str


class DocumentOut(Schema):
    """A document that was put down, and what was found in it once it has been judged."""

    key: str
    name: str
    state: str
    numbers: int
    counts: dict[str, int]
    findings: list[RemarkOut]


class SectionOut(Schema):
    """A section of a report, and how far it has come."""

    section: str
    title: str
    owner: str
    due: date | None
    state: str
    version: int
    by: str
    remark: str
    wrong: int
    doubtful: int
    written: bool


class ReportOut(Schema):
    """A report as it stands."""

    outline: str
    term: str
    period: str
    release: str
    sections: list[SectionOut]


class OutlineOut(Schema):
    """A report that can be written."""

    outline: str
    term: str


class VersionOut(Schema):
    """One version of a section."""

    number: int
    text: str
    by: str
    at: datetime


class SectionText(Schema):
    """A section with its text; numbers stand in it as «{name：value}»."""

    section: SectionOut
    text: str
    versions: list[VersionOut]
    findings: list[RemarkOut]


class SectionIn(Schema):
    """A new version of a section, and the version from which it was begun."""

    text: Text
    base: Annotated[int, Field(ge=0, le=2**31 - 1)]


class SectionStepIn(Schema):
    """A step with a section: giving it away, handing it in, taking it over, sending it back."""

    step: Annotated[str, Field(pattern=r"^(assign|hand_in|accept|send_back)$")]
    owner: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""
    due: date | None = None
    why: Reason = ""


class IssueIn(Schema):
    """A wish to issue a report."""

    why: Reason = ""


class IssuedOut(Schema):
    """A report that was issued."""

    number: int
    release: str
    digest: str
    by: str
    at: datetime
    why: str


class CommentIn(Schema):
    """A comment on a section, or an answer to the one with that number."""

    said: Reason
    answers: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class SettledIn(Schema):
    """Whether what a comment asks is done."""

    settled: bool = True
