"""What is checked of one kind of place: worked out once for each form, school type and stages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final

from xianxue.bureau.kinds.asked import AskedSheet, asked_of, row_entries
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.checking.sum_plan import SumPlan, plan_sums
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR, is_down, tab_of
from xianxue.bureau.returns.sheets.naming import cite, decimals_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.units import LARGEST, LARGEST_COUNT

_FAR: Final = 10**30
"""Beyond any amount: stands for a bound that is not set."""


class Rule(Record):
    """What one field's cells must be. Most cells pass by ``low``, ``high`` and ``fits`` alone."""

    field: Field
    name: str
    number: bool
    low: int
    """In smallest steps: from here to ``high`` nothing is to be said of a number."""
    high: int
    fits: Callable[[str], object] | None
    """For texts and codes: whether a text is right; None where any is."""
    terms: tuple[str, ...]
    """For a code: the terms of its list."""
    citation: str


class SheetPlan(Record):
    """What is checked on one sheet."""

    sheet: Sheet
    order: int
    tab: str
    down: bool
    """Whether it is written downwards."""
    asked: bool
    """Whether the place has to fill it in."""
    rows: dict[str, tuple[Rule, ...]]
    """Row code to the fields asked in it; the one pattern under the empty code elsewhere."""
    labels: dict[str, str]
    """Row code to its term in a grid; in a list, the same for its ``stage_by`` field."""
    stages: dict[str, Stage | None]
    """Row code, or the code of a list's ``stage_by`` field, to its stage."""


class CheckPlan(Record):
    """What is checked of a return."""

    form: Form
    sheets: dict[str, SheetPlan]
    stages: tuple[Stage, ...]
    sums: tuple[SumPlan, ...]
    citation: str


def plan_checks(shelf: Shelf, form: Form, place: Place | None, on: date) -> CheckPlan:
    """Give the plan for a place on a day; without a place, all that the form has is asked."""
    # Of a form with editions, what it asks on the day.
    shelf = shelf.at(on)
    attributes = place.attributes(on) if place else None
    kind = attributes.school_type if attributes else ""
    stages = place.stages(on) if place else ()
    # All schools of one type and stages are asked the same: a county has a dozen plans for hundreds
    # of schools.
    return _plan(Same(shelf), form.form, kind, stages, on, everything=place is None)


@lru_cache(maxsize=512)
def _plan(  # noqa: PLR0913 - all that decides what is asked, one by one, as the key of the cache
    of: Same[Shelf],
    name: str,
    kind: str,
    stages: tuple[Stage, ...],
    on: date,
    *,
    everything: bool,
) -> CheckPlan:
    shelf = of.it
    form = shelf.forms[name]
    wanted = (
        {}
        if everything
        else {sheet.sheet.sheet: sheet for sheet in asked_of(form, kind, stages, shelf.codes)}
    )
    sheets = {
        sheet.sheet: _sheet_plan(
            shelf, form, order, wanted.get(sheet.sheet), on.year, stages, everything=everything
        )
        for order, sheet in enumerate(form.sheets)
    }
    citation = cite(shelf, form.source)
    return CheckPlan(form, sheets, stages, plan_sums(shelf, form, on), citation)


def _sheet_plan(  # noqa: PLR0913, PLR0917 - a sheet of a form, and for whom and when it is asked
    shelf: Shelf,
    form: Form,
    order: int,
    wanted: AskedSheet | None,
    this_year: int,
    own: tuple[Stage, ...],
    *,
    everything: bool,
) -> SheetPlan:
    sheet = form.sheets[order]
    rules = {field.field: _rule(shelf, form, field, this_year, own) for field in sheet.fields}
    labels: dict[str, str] = {}
    stages: dict[str, Stage | None] = {"": sheet.stage}
    if sheet.layout == "grid":
        entries = row_entries(sheet, shelf.codes)
        labels = {entry.code: entry.term for entry in entries}
        stages = {entry.code: entry.stage for entry in entries}
    # A list's lines say themselves to which stage they belong.
    elif sheet.stage_by:
        field = sheet.field(sheet.stage_by)
        entries = shelf.codes[field.codes].entries if field else []
        stages = {entry.code: entry.stage for entry in entries}
        labels = {entry.code: entry.term for entry in entries}
    if wanted is not None:
        rows = {row.code: tuple(rules[field.field] for field in row.fields) for row in wanted.rows}
    elif everything:
        rows = _all_rows(sheet, rules.values(), labels)
    else:
        # Not asked of this place: whatever stands there is one too many.
        rows = {}
    down = is_down(sheet, shelf.codes)
    return SheetPlan(sheet, order, tab_of(sheet), down, bool(rows), rows, labels, stages)


def _all_rows(
    sheet: Sheet, rules: Collection[Rule], labels: Iterable[str]
) -> dict[str, tuple[Rule, ...]]:
    """Give what a sheet asks in its rows, of whatever place; rows without anything are left out."""
    rows = {
        code: tuple(
            rule
            for rule in rules
            # What another form holds is shown and not asked.
            if not rule.field.prefilled_from and (not rule.field.rows or code in rule.field.rows)
        )
        for code in (labels if sheet.layout == "grid" else [""])
    }
    return {code: asked for code, asked in rows.items() if asked}


def _rule(shelf: Shelf, form: Form, field: Field, this_year: int, own: tuple[Stage, ...]) -> Rule:
    # The narrower of the hard and the usual bounds: within it there is nothing to say, and beyond
    # it is looked at which of the two was left.
    low = max(_steps(field, field.min, up=True), _steps(field, field.usual_min, up=True))
    high = min(_steps(field, field.max, up=False), _steps(field, field.usual_max, up=False))
    fits: Callable[[str], object] | None = None
    terms: tuple[str, ...] = ()
    if field.type == "code":
        terms = tuple(entry.term for entry in shelf.codes[field.codes].offered(own))
        fits = frozenset(entry.code for entry in shelf.codes[field.codes].entries).__contains__
    elif field.pattern:
        fits = re.compile(field.pattern).fullmatch
    elif field.type == "yes_no":
        # Yes and no are kept as 1 and 0.
        low, high = 0, 1
    elif field.type == "year":
        # What is there on the day of the count was built by then.
        low, high = max(low, FIRST_YEAR), min(high, LAST_YEAR, this_year)
    citation = cite(shelf, field.source or form.source)
    if field.type in {"integer", "measure"}:
        low, high = max(low, -most_of(field)), min(high, most_of(field))
    return Rule(field, field.field, field.is_number, low, high, fits, terms, citation)


def most_of(field: Field) -> int:
    """Give the largest amount that is still a number of something, in smallest steps.

    >>> most_of(Field(field="x", term="x", type="integer", unit="person"))
    999999999
    """
    return LARGEST if field.type == "measure" else LARGEST_COUNT


def _steps(field: Field, bound: Decimal | None, *, up: bool) -> int:
    """Turn a bound into smallest steps; one that falls between two steps moves inwards."""
    if bound is None:
        return -_FAR if up else _FAR
    # A bound of 0.5 on whole numbers lets 1 in from below and 0 from above.
    steps = bound.scaleb(decimals_of(field))
    return int(steps.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))
