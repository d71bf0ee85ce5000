"""What the interface takes and gives; numbers are decimal strings, as at the command line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

MOST = 1000
"""Rows of one answer; ``total`` says how many there are, and ``offset`` goes on from there."""

Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""A number that counts from one: of a revision, a line, a row."""
Reason = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class Problem(Schema):
    """One complaint: what was seen, what is required, what to do."""

    code: str
    severity: str = "must_fix"
    message: str
    saw: str = ""
    required: str = ""
    do: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    place: str = ""
    form: str = ""
    field: str = ""
    citation: str = ""


class Problems(Schema):
    """Why something was not done or shown; nothing has changed."""

    issues: list[Problem]


class Me(Schema):
    """Who acts by the token, and what they may do."""

    name: str
    role: str
    place: str
    deeds: list[str]


class PlaceOut(Schema):
    """One place of the register."""

    code: str
    name: str
    level: str
    township: str
    opened: date | None
    closed: date | None


class Places(Schema):
    """Places, as many as were asked for, and how many there are."""

    total: int
    items: list[PlaceOut]


class ReturnOut(Schema):
    """One return that is owed, and how far it has come."""

    form: str
    period: str
    place: str
    name: str
    state: str
    term: str
    revision: int
    accepted: int
    waiting: bool
    late: bool
    due: date | None
    times_returned: int


class Returns(Schema):
    """Returns, as many as were asked for, and how many there are."""

    total: int
    items: list[ReturnOut]


class CommentOut(Schema):
    """A reviewer's comment on a revision."""

    sheet: str
    cell: str
    text: str
    by: str
    at: str


class RevisionOut(Schema):
    """One revision of a return."""

    number: int
    at: str
    by: str
    behalf: str
    """Which other school has handed it in for this one."""
    file: str
    digest: str
    accepted: bool
    comments: list[CommentOut]


class TrailOut(Schema):
    """A return and what became of it."""

    form: str
    period: str
    place: str
    state: str
    term: str
    times_returned: int
    revisions: list[RevisionOut]


class StepIn(Schema):
    """A step to be taken with a return, as its reviewer has seen it."""

    step: Annotated[str, Field(pattern=r"^(review|pass_on|approve|take_back|send_back|withdraw)$")]
    seen: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    why: Reason = ""
    override: Reason | None = None
    comments: Annotated[list[Reason], Field(max_length=200, default_factory=list)]


class SignedIn(Schema):
    """Who signs what is handed in, and why where numbers are corrected."""

    clerk: Word
    head: Word
    why: Reason = ""


class Checked(Schema):
    """What the checks say of workbooks; nothing is handed in."""

    acceptable: int
    issues: list[Problem]


class HandedIn(Schema):
    """One return that was taken."""

    form: str
    period: str
    place: str
    revision: int
    unchanged: bool
    state: str


class Submitted(Schema):
    """What was taken, and every complaint about what was not."""

    done: list[HandedIn]
    issues: list[Problem]


class IndicatorOut(Schema):
    """One indicator that is declared."""

    indicator: str
    term: str
    kind: str
    unit: str
    levels: list[str]
    stages: list[str]


class CoverageOut(Schema):
    """Out of how many places a figure is counted."""

    reported: int
    expected: int
    missing: list[str]


class FigureOut(Schema):
    """One figure; its value, numerator and denominator are decimal strings or null."""

    key: str
    indicator: str
    term: str
    place: str
    stage: str | None
    slice: str | None
    period: str
    value: str | None
    unit: str
    shown: str
    numerator: str | None
    denominator: str | None
    coverage: CoverageOut
    standing: str
    release: str | None
    why: str


class Figures(Schema):
    """Figures, as many as were asked for, and how many there are."""

    total: int
    items: list[FigureOut]


class Explained(Schema):
    """A figure with its formula, the same with numbers, and what it stands on."""

    figure: FigureOut
    formula: str
    numbers: str
    citations: list[str]


class StandardOut(Schema):
    """One standard that places are judged by."""

    standard: str
    term: str


class LackOut(Schema):
    """What is lacking to a line."""

    quantity: int
    unit: str
    noun: str


class FindingOut(Schema):
    """One place judged by one criterion."""

    place: str
    stage: str | None
    criterion: str
    term: str
    shown: str
    threshold: str | None
    verdict: str
    lacking: LackOut | None
    citation: str


class AssessmentOut(Schema):
    """A county judged by a standard."""

    standard: str
    term: str
    period: str
    on: str
    verdict: str
    findings: list[FindingOut]
    spread: list[FindingOut]


class ReleaseOut(Schema):
    """One release: frozen figures."""

    period: str
    number: int
    name: str
    digest: str


class TaskOut(Schema):
    """One thing to do or to wait for."""

    kind: str
    said: str
    detail: str
    count: int
    due: date | None
    lamp: str
    room: str


class TodoOut(Schema):
    """What somebody has to do, and what they wait for."""

    mine: list[TaskOut]
    waits: list[TaskOut]


class HitOut(Schema):
    """One thing that was found."""

    kind: str
    title: str
    detail: str
    room: str
    ids: dict[str, str]


class FoundOut(Schema):
    """What was found, the best first, and how much of each kind there is."""

    counts: dict[str, int]
    hits: list[HitOut]


class LineOut(Schema):
    """One line of the journal."""

    number: int
    at: datetime
    actor: str
    deed: str
    subject: str
    why: str
    digest: str


class Lines(Schema):
    """Lines of the journal, as many as were asked for, and how many there are."""

    total: int
    items: list[LineOut]


class VerifiedOut(Schema):
    """Whether the journal is whole from its first line to its last."""

    whole: bool
    lines: int
    digest: str
    issues: list[Problem]


class GrantOut(Schema):
    """A role may do a deed as far as its scopes reach."""

    role: str
    deed: str
    scopes: list[str]


class ReleaseIn(Schema):
    """A wish to freeze a period's figures."""

    period: Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Za-z.-]*$")] = ""
    why: Reason = ""
    override: Reason | None = None
