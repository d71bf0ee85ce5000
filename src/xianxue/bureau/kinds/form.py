"""Forms: the workbooks that schools and the county fill in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Card, Cited, Comparison, Where
from xianxue.bureau.kinds.form_head import FootItem, HeadLine
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.kinds.table import Layout, TableField
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.kinds.unusual import Unusual
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import PeriodKind
from xianxue.bureau.values.sentence import Phrase, Sentence

_ALWAYS_THERE = frozenset({"people", "area"})
"""Pupils, teachers and areas: what every figure of a school is divided by or made of. Put aside as
不适用, they would take the school out of every standard."""

_ALWAYS_SAID = frozenset({"code", "year", "date"})
"""A class has a grade, a room a kind and a year, a kindergarten somebody it belongs to."""


class Field(TableField, frozen=True, kw_only=True):
    """One thing that is asked: a column of a sheet, with what the clerk is told of it."""

    required: bool = True
    """Whether a blank is an issue wherever the field is asked."""
    rows: list[str] = []
    """In a grid: the only rows it is asked in; empty for all."""
    school_types: list[str] = []
    """The only 办学类型 it is asked of; empty for all that get the sheet."""
    applies_with: Where = {}
    """In a county's form: the schools with which the question applies. While one is open, 不适用
    is no answer."""
    min: Decimal | None = None
    max: Decimal | None = None
    usual_min: Decimal | None = None
    usual_max: Decimal | None = None
    """Outside the usual range the clerk is asked to look again or explain."""
    pattern: str = ""
    """For text: a regular expression the whole value must match."""
    help: Sentence = Phrase("")
    """What to enter, in one Chinese phrase: the second row of the sheet."""
    example: str = ""
    """A masked, invented example: the third row of the sheet."""
    personal: bool = False
    """Whether it says something of a person: the journal gets a salted digest of it, no more, and
    the form says how long it is kept."""
    synonyms: list[str] = []
    """Other words for the same thing, by which a field already held is recognised."""
    prefilled_from: str = ""
    """``sheet.field`` of another form that holds it already: shown filled in, and not asked."""
    answered_by: str = ""
    """``ledger.count`` that answers it: the template is filled in from there, the clerk looks at
    it, and where something else is handed in it is to be explained. In a grid each row is answered
    by the entries of its code, where the count is told apart by the list of the rows; a field that
    one row alone asks for is answered by the whole count."""
    source: Cited | None = None

    @property
    def always_there(self) -> bool:
        """Whether every place has such a number, if only 0: then it can never be 不适用.

        >>> Field(field="x", term="在校生数", type="integer", unit="person").always_there
        True
        """
        counted = self.measured_in.dimension in _ALWAYS_THERE
        return self.required and (counted or self.type in _ALWAYS_SAID)


class LocalField(Field, frozen=True, kw_only=True):
    """A field that a county asks beside the national form; no card is written so."""

    local: str
    """The term of the change that added it."""


class Sheet(Card, frozen=True, kw_only=True):
    """One sheet of a form.

    A *record* is one row a school, written downwards; a *grid* has a row for each code of a
    list; a *list* has as many rows as there are things (one line a class).
    """

    sheet: str
    """The name in code, unique among all forms."""
    term: Sentence
    """The official Chinese name: the sheet's tab."""
    layout: Layout
    fields: list[Field]
    rows: str = ""
    """For a grid: the id of the code list that names its rows; the column is called ``row``."""
    row_codes: list[str] = []
    """For a grid: the only codes of that list used here; empty for all."""
    stage_by: str = ""
    """For a list: the code field whose entry says which stage a row belongs to."""
    stage: Stage | None = None
    """For a record that belongs to one stage only."""
    stages: list[Stage] = []
    """Asked only of schools that have one of these stages; empty for all.

    In a grid whose codes have stages, a school is asked only for the rows of its own stages.
    """
    help: Sentence = Phrase("")

    def field(self, name: str) -> Field | None:
        """Give the field with a name, or None."""
        return next((field for field in self.fields if field.field == name), None)


class Check(Card, frozen=True, kw_only=True):
    """A comparison that a return must hold to: left side, relation, right side.

    Both sides are sums of terms. It is judged once for each row, each row code, each stage, or
    once for the whole return; where a number is missing it is not judged (the blank itself is
    reported by its own rule).
    """

    check: str
    """The id, unique within the form; it becomes the code of the issue."""
    term: Sentence
    """The rule in one Chinese phrase."""
    severity: Severity
    by: Literal["row", "code", "stage", "return"]
    """``row``: fields of one sheet, row by row; ``code``: rows with the same code, across sheets
    (a list is grouped by its ``stage_by`` field); ``stage``; or the whole ``return``."""
    left: list[str | Term]
    relation: Comparison
    right: list[str | Term]
    do: Sentence
    source: Cited


class Form(Card, frozen=True, kw_only=True):
    """A form as one workbook of several sheets."""

    form: str
    term: Sentence
    version: str
    filed_by: Literal["school", "county"]
    period: PeriodKind
    sheets: list[Sheet]
    checks: list[Check] = []
    sensible: list[Sensible] = []
    """Between which bounds its amounts lie in any school, with nothing to compare with."""
    unusual: list[Unusual] = []
    """What is asked about beside last year and beside other schools."""
    source: Cited
    owner: Sentence = Phrase("")
    """The office of the bureau that answers for the form."""
    retention: Retention | None = None
    """How long the values of its personal fields are kept; needed where it has any."""
    head: list[HeadLine] = []
    """What stands above the form on paper."""
    foot: list[FootItem] = []
    """What is written below it by those who fill it in: who, when, and a telephone number."""

    def at(self, day: date) -> Form:  # noqa: ARG002 - a form with editions looks at it
        """Give the form as it is asked on a day; without editions it is always the same."""
        return self

    def sheet(self, name: str) -> Sheet | None:
        """Give the sheet with a name, or None."""
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    @property
    def added(self) -> list[LocalField]:
        """The fields that the county asks beside the national form."""
        each = (field for sheet in self.sheets for field in sheet.fields)
        return [field for field in each if isinstance(field, LocalField)]

    @property
    def before_added(self) -> Form:
        """The form as it was before the county added fields."""
        sheets = [
            msgspec.structs.replace(
                sheet, fields=[one for one in sheet.fields if not isinstance(one, LocalField)]
            )
            for sheet in self.sheets
        ]
        return msgspec.structs.replace(self, sheets=sheets)
