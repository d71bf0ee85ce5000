"""What the calls on ledgers take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema

from xianxue.web.api.shaped.reports import Text
from xianxue.web.api.shapes import Count, Reason, Word


class LedgerOut(Schema):
    """One ledger, as far as one reaches."""

    ledger: str
    term: str
    office: str
    entries: int
    open: int
    overdue: int


class DueOut(Schema):
    """One thing that is to be done; what is owed each period has no entry."""

    ledger: str
    entry: str
    place: str
    title: str
    due: date
    lamp: str
    why: str


class EntryOut(Schema):
    """One entry as it stands; personal values are covered."""

    ledger: str
    entry: str
    place: str
    state: str
    open: bool
    recorded: date
    lines: int
    fields: dict[str, Any]


class FileOut(Schema):
    """A file that came with a line, under the name that it had there."""

    digest: str
    name: str


class HappenedOut(Schema):
    """One line of an entry's history."""

    step: str
    on: date
    from_state: str
    to: str
    actor: str
    second: str
    why: str
    evidence: list[str]
    files: list[FileOut]
    fields: dict[str, Any]


class ClockOut(Schema):
    """The last run of one of an entry's clocks."""

    clock: str
    started: date
    due: date | None
    met: date | None
    paused: bool
    supposed: bool
    why: str


class WholeEntryOut(EntryOut):
    """One entry with its history and its clocks."""

    history: list[HappenedOut]
    clocks: list[ClockOut]


class RecordIn(Schema):
    """What is registered: each field as it would be typed."""

    place: Word
    fields: Annotated[dict[Word, Text], Field(max_length=100)]
    on: date | None = None
    key: Word = ""


class StepIn(Schema):
    """A step, and what comes with it."""

    step: Word
    fields: Annotated[dict[Word, Text], Field(max_length=100, default_factory=dict)]
    on: date | None = None
    why: Reason = ""
    second: Word = ""
    seen: Count = 0
