"""Whether a question that a county may put aside as 不适用 does apply to it after all.

A card names the schools with which it applies («特教学校生均公用经费» with special schools). While
one of them is open, 不适用 is no answer: it is refused where it is written, and where it was let
in nevertheless it hides a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.form import Field

Facts = Mapping[str, int | str]
"""Attributes of a school, and ``sheet.field`` of what it answered, by the names cards use."""


def with_whom(field: Field, schools: Iterable[tuple[str, Facts]]) -> str:
    """Give the code of the first school with which a question applies; empty for none.

    >>> from xianxue.bureau.kinds.form import Field
    >>> special = {"school_type": "513"}
    >>> funds = Field(field="funds", term="经费", type="measure", applies_with=special)
    >>> with_whom(funds, [("1", {"school_type": "211"}), ("2", {"school_type": "513"})])
    '2'
    """
    if not field.applies_with:
        return ""
    return next((code for code, facts in schools if matches(field.applies_with, facts)), "")
