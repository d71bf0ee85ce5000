"""Editions: a form that asks otherwise from a day on; periods before it keep their own shape.

An edition says all that the form asks from then on. A period is read and judged by the edition in
force on its day; figures are counted over all of them, so that what has ended, or had not begun, is
«not asked» in the other periods and never a hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.kinds.unusual import Unusual

T = TypeVar("T")


class Edition(Card, frozen=True, kw_only=True):
    """The next version of a form: everything it asks from a day on."""

    edition: str
    term: str
    form: str
    """The form it is a version of; its name, who fills it in and how often do not change."""
    valid_from: date = msgspec.field(name="from")
    """Periods whose day of counting lies before it keep the version before."""
    version: str
    sheets: list[Sheet]
    checks: list[Check] = []
    sensible: list[Sensible] = []
    unusual: list[Unusual] = []
    source: Cited

    def of(self, form: Form) -> Form:
        """Give the form as it is from then on."""
        parts = {one: getattr(self, one) for one in ("version", "sheets", "checks")}
        return msgspec.structs.replace(
            form, **parts, sensible=self.sensible, unusual=self.unusual, source=self.source
        )


class DatedForm(Form, frozen=True, kw_only=True):
    """A form with editions; no card is written so.

    Its own sheets are all that any edition asks: those of the last, and behind them what has ended.
    """

    shapes: list[Form]
    """As it was at first, and each edition, the oldest first."""
    starts: list[date]
    """The first day of each but the first."""

    def at(self, day: date) -> Form:
        """Give the form as it is asked on a day."""
        return self.shapes[sum(start <= day for start in self.starts)]


def dated(form: Form, later: Sequence[tuple[date, Form]]) -> Form:
    """Give a form with its editions, the oldest first; without any it is as it was."""
    if not later:
        return form
    shapes = [form, *(shape for _, shape in later)]
    last = shapes[-1]
    parts = {one: getattr(last, one) for one in last.__struct_fields__}
    parts["sheets"] = _all_sheets(shapes)
    return DatedForm(**parts, shapes=shapes, starts=[day for day, _ in later])


def _all_sheets(shapes: Sequence[Form]) -> list[Sheet]:
    found: dict[str, Sheet] = {}
    # The newest wording and order come first; what only older ones have stands behind.
    for shape in reversed(shapes):
        for sheet in shape.sheets:
            newer = found.get(sheet.sheet)
            found[sheet.sheet] = sheet if newer is None else _both(newer, sheet)
    return list(found.values())


def _both(newer: Sheet, older: Sheet) -> Sheet:
    known = {field.field for field in newer.fields}
    ended = [field for field in older.fields if field.field not in known]
    fields = [_wider(field, older.field(field.field)) for field in newer.fields]
    return msgspec.structs.replace(
        newer,
        fields=[*fields, *ended],
        row_codes=_either(newer.row_codes, older.row_codes),
        stages=_either(newer.stages, older.stages),
    )


def _wider(newer: Field, older: Field | None) -> Field:
    if older is None:
        return newer
    return msgspec.structs.replace(
        newer,
        rows=_either(newer.rows, older.rows),
        school_types=_either(newer.school_types, older.school_types),
    )


def _either(one: Iterable[T], other: Iterable[T]) -> list[T]:
    """Join two lists of which an empty one means all."""
    first, second = list(one), list(other)
    return list(dict.fromkeys([*first, *second])) if first and second else []
