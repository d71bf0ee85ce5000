"""Why a value is right although a rule finds it unusual: what a clerk answers to 经验校验."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.values.record import Record


class Explanation(Record, kw_only=True):
    """One answer. It belongs to rule, place and field, and holds while the value is the same."""

    rule: str
    """The code of the issue: ``R-USUAL``, or the id of the form's own check."""
    form: str
    place: str
    field: str
    """``sheet.row.field``; ``sheet.field`` where there is only one row, or all are meant."""
    value: str
    """As it was written when it was explained."""
    text: str
    by: str
    """Who says so."""
    on: date
