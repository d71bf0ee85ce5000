"""What deeds of the interface take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from xianxue.bureau.places.events import Kind
from xianxue.web.api.shapes import Count, Reason, Word

Text = Annotated[str, Field(max_length=100_000, pattern=r"^[^\x00]*$")]


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


class PostOut(Schema):
    """One part that somebody plays."""

    id: int
    role: str
    place: str
    from_day: date
    until_day: date | None
    acting_for: str


class AccountOut(Schema):
    """An account; never a password, a key or a secret."""

    login: str
    name: str
    must_change: bool
    has_code: bool
    created_at: datetime
    disabled_at: datetime | None
    posts: list[PostOut]


class AccountIn(Schema):
    """One account that is to be made, with its part."""

    login: Word
    name: Word
    role: Word
    place: Word = ""
    from_day: date | None = None
    until_day: date | None = None


class AccountsIn(Schema):
    """Accounts, made all of them or none."""

    accounts: Annotated[list[AccountIn], Field(min_length=1, max_length=2000)]
    why: Reason = ""


class MadeOut(Schema):
    """An account that was made, with its first password, which is told once."""

    login: str
    name: str
    password: str
    role: str
    place: str


class PostIn(Schema):
    """A part that is given to somebody."""

    role: Word
    place: Word = ""
    from_day: date | None = None
    until_day: date | None = None
    why: Reason = ""


class LastDay(Schema):
    """Which day is the last of a part; today where none is said."""

    last: date | None = None
    why: Reason = ""


class SteadIn(Schema):
    """Who acts in somebody's stead, and when."""

    who: Word
    from_day: date
    until_day: date
    why: Reason = ""


class HandOverIn(Schema):
    """To whom everything is passed on, and from which day."""

    who: Word
    on: date | None = None
    why: Reason = ""


class AccountStepIn(Schema):
    """What is done to an account."""

    step: Annotated[str, Field(pattern=r"^(disable|enable|end_sessions|drop_code)$")]
    why: Reason = ""


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


class CommentIn(Schema):
    """A comment on a section, or an answer to the one with that number."""

    said: Reason
    answers: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class SettledIn(Schema):
    """Whether what a comment asks is done."""

    settled: bool = True
