"""What deeds on returns, schools, targets and backups take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from xianxue.bureau.places.events import Kind
from xianxue.web.api.shapes import Count, Reason, Word


class EventOut(Schema):
    """One thing that has happened to schools."""

    line: int
    day: date
    kind: str
    codes: list[str]
    into: list[str]
    told: str


class EventIn(Schema):
    """One thing that has happened to schools, with what its kind asks for."""

    kind: Kind
    day: date
    codes: Annotated[list[Word], Field(min_length=1, max_length=50)]
    into: Word = ""
    name: Word = ""
    school_type: Word = ""
    attached: Word = ""
    sponsor: Word = ""
    urban_rural: Word = ""
    boarding: Word = ""
    township: Word = ""
    document: Word = ""
    reason: Reason = ""
    none_attached: bool = False
    try_only: bool = False


class UndoIn(Schema):
    """Which event is taken back, and why."""

    day: date
    kind: Word
    codes: Annotated[list[Word], Field(max_length=50)]
    why: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*\S[^\x00]*$")]
    try_only: bool = False


class OneOfMany(Schema):
    """A place and the revision that was looked at: a newer one is not approved unseen."""

    place: Word
    seen: Count


class StepsIn(Schema):
    """A step with many returns of one form."""

    step: Annotated[str, Field(pattern=r"^(review|pass_on|approve)$")]
    returns: Annotated[list[OneOfMany], Field(min_length=1, max_length=5000)]
    why: Reason = ""
    override: Reason | None = None


class WindowIn(Schema):
    """Until when a form is in time, and after which day nothing is taken."""

    due: date
    lock: date
    why: Reason = ""


class ExtensionIn(Schema):
    """More time for one place."""

    until: date
    why: Reason


class ExplanationIn(Schema):
    """Why a value that the checks ask about is right."""

    rule: Word
    field: Word = ""
    value: Word = ""
    why: Reason


class Done(Schema):
    """What was done, in words."""

    done: str


class ReminderOut(Schema):
    """Who is waited for, and words to remind them with."""

    places: list[str]
    words: str


class WorkOut(Schema):
    """Long work: how far it has come, and when it is done, what it has made."""

    key: str
    kind: str
    title: str
    state: str
    done: int
    total: int
    why: str
    result: dict[str, Any]


class TargetIn(Schema):
    """A target as somebody writes it; what is empty is read as in the workbook of targets."""

    indicator: Word
    amount: Word
    source: Word
    period: Word = ""
    place: Word = ""
    stage: Word = ""
    slice: Word = ""
    goal: Word = ""
    origin: Word = "handed_down"


class TargetsIn(Schema):
    """Targets, set all of them or none."""

    targets: Annotated[list[TargetIn], Field(min_length=1, max_length=1000)]
    why: Reason = ""


class TargetKey(Schema):
    """Which target is withdrawn, and why."""

    key: Annotated[str, Field(max_length=200, pattern=r"^[^/\x00]+(/[^/\x00]*){3}(/[^\x00]*)?$")]
    why: Reason = ""


class TargetOut(Schema):
    """A target in force."""

    key: str
    indicator: str
    place: str
    stage: str | None
    slice: str | None
    period: str
    amount: str
    goal: str
    origin: str
    source: str
    revision: int


class AttainedOut(Schema):
    """A target with what has become of it."""

    target: TargetOut
    value: str | None
    completion: str | None
    reached: bool | None
    lamp: str
    forecast: str | None
    method: str


class BackupOut(Schema):
    """A backup that lies there."""

    name: str
    size: int
    made_at: datetime | None
    files: int
    head: str
    seal: str


class WhyIn(Schema):
    """Why something is done."""

    why: Reason = ""


class ChangedOut(Schema):
    """One thing that two releases differ in."""

    what: str
    name: str
    before: str
    after: str
    key: str
    causes: list[int]


class CauseOut(Schema):
    """Why two releases differ: what was done, by whom, when."""

    number: int
    told: str
    by: str
    at: datetime | None
    why: str
    moved: int
    turned: int


class DifferenceOut(Schema):
    """What two releases differ in."""

    before: str
    after: str
    causes: list[CauseOut]
    changes: list[ChangedOut]
