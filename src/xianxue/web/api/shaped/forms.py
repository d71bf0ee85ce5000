"""What the design of forms takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from xianxue.web.api.shapes import Problem, Reason, Word

Short = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Side = Annotated[str, Field(max_length=9, pattern=r"^[0-9]{1,3}\.[0-9]{1,3}$")]
"""A field of a check: the number of its sheet and of its line, both from 0."""


class BoxIn(Schema):
    """One field."""

    term: Word
    ident: Short
    type: Literal["integer", "measure", "text", "code", "yes_no", "date", "year"] = "integer"
    unit: Short = "person"
    codes: Short = ""
    required: bool = True
    help: Word = ""
    least: Short = ""
    most: Short = ""
    low: Short = ""
    high: Short = ""


class LeafIn(Schema):
    """One sheet."""

    ident: Short = ""
    """Of a next version: the name in code it has in the version before."""
    term: Word = ""
    layout: Literal["record", "grid", "list"] = "record"
    rows: Short = ""
    stages: Annotated[list[Short], Field(max_length=20, default_factory=list)]
    boxes: Annotated[list[BoxIn], Field(max_length=60, default_factory=list)]


class PairIn(Schema):
    """One check of two fields."""

    left: Side
    relation: Literal["at_most", "equal", "at_least"]
    right: Side
    severity: Literal["must_fix", "explain"] = "must_fix"


class DesignIn(Schema):
    """A form as it is designed."""

    ident: Short = ""
    term: Word = ""
    filed_by: Literal["school", "county"] = "school"
    period: Short = "school_year"
    owner: Word = ""
    start: Short = ""
    """Of a next version: the first period for which it asks."""
    leaves: Annotated[list[LeafIn], Field(min_length=1, max_length=12)]
    pairs: Annotated[list[PairIn], Field(max_length=40, default_factory=list)]


class KeptIn(Schema):
    """A design that is stored, and the version it was changed from."""

    version: Number
    design: DesignIn


class FormDraftOut(Schema):
    """A new form before it is in force."""

    number: int
    form: str
    term: str
    office: str
    state: str
    version: int
    remark: str
    changed_by: str
    changed_at: datetime


class FormDraftsOut(Schema):
    """The drafts that somebody sees."""

    items: list[FormDraftOut]


class HeldOut(Schema):
    """A column that is drafted, and whether the bureau holds it already."""

    term: str
    where: str
    state: str


class FormSeen(Schema):
    """A draft as it would be in force, or what keeps it from that."""

    draft: FormDraftOut
    design: dict[str, Any]
    card: str
    held: list[HeldOut]
    cells: int
    saved: int
    issues: list[Problem]


class FormStepIn(Schema):
    """What is done to a draft."""

    step: Annotated[str, Field(pattern=r"^(ask|recall|approve|send_back|undo|next|discard)$")]
    version: Number = 0
    """The version that was looked at; asking takes no other."""
    why: Reason = ""


class FormChecked(Schema):
    """A form that was dropped, beside what is held."""

    title: str
    cells: int
    saved: int
    held: list[HeldOut]
