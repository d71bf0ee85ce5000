"""A form's comparisons made ready: which cells are added, in which steps, with which weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Bound, Comparison, Condition
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.returns.sheets.naming import cite, decimals_of
from xianxue.bureau.values.record import Record, replace

_NONE: Final = Fraction(0)


class WherePlan(Record):
    """One condition a row has to meet to be added."""

    name: str
    asked: bool
    """Whether it is about a field of the sheet, and not about the row or the school."""
    step: int
    """How many smallest steps make one."""
    condition: Condition
    codes: frozenset[str] | None
    """Where only codes are named: these, so that most rows are judged at a glance."""


class TermPlan(Record):
    """One thing that is added up."""

    sheet: Sheet
    field: Field | None
    """None where rows are counted."""
    weight: int
    """Times this: brings all terms of a check to one common step."""
    times: Fraction
    where: tuple[WherePlan, ...]
    by_code: frozenset[str] | None
    """Where the one condition is about the code that rows are grouped by: the codes it names."""


class SumPlan(Record):
    """One comparison."""

    check: Check
    left: tuple[TermPlan, ...]
    right: tuple[TermPlan, ...]
    scale: int
    """How many of the common steps make one whole unit."""
    sheets: tuple[str, ...]
    """The sheets that take part, in the order in which they are named."""
    plain_row: tuple[tuple[str, ...], tuple[str, ...]] | None
    """For the most frequent check, row by row and unweighted: the field names of both sides."""
    citation: str
    allow: int = 0
    """In the common steps: added to the right side."""
    sensible: bool = False
    """Whether it holds an amount against a size: then both are said as they stand."""

    @property
    def sides(self) -> tuple[tuple[TermPlan, ...], ...]:
        """Left and right."""
        return self.left, self.right


def plan_sums(shelf: Shelf, form: Form, on: date) -> tuple[SumPlan, ...]:
    """Make a form's comparisons ready, in their order; of the sensible bounds, those in force."""
    checks = [_plan(shelf, form, check) for check in form.checks]
    bounds = [
        replace(_plan(shelf, form, check, Fraction(allow)), sensible=True)
        for rule in in_force(form.sensible, on)
        for check, allow in _sides_of(rule)
    ]
    # The hard ones first: of one amount the gravest is said, and no more.
    bounds.sort(key=lambda plan: plan.check.severity is not Severity.MUST_FIX)
    return (*checks, *bounds)


def _sides_of(rule: Sensible) -> Iterator[tuple[Check, Decimal]]:
    """Read a bound as comparisons, one a field and side, each with what is allowed beyond it."""
    sides: list[tuple[Comparison, Decimal | None, Decimal]] = [
        ("at_most", rule.at_most, rule.allow),
        ("at_least", rule.at_least, -rule.allow),
    ]
    per = [Term(field=said) if isinstance(said, str) else said for said in rule.per]
    for field in rule.fields:
        for relation, times, allow in sides:
            if times is not None:
                size: list[str | Term] = [_taken(term, times) for term in per]
                yield (
                    Check(
                        check=rule.sensible,
                        term=rule.term,
                        severity=rule.severity,
                        by=rule.by,
                        left=[field],
                        relation=relation,
                        right=size,
                        do=rule.do,
                        source=rule.source,
                    ),
                    allow if per else times,
                )


def _taken(term: Term, times: Decimal) -> Term:
    """Give a term taken so many times more often."""
    return Term(field=term.field, count=term.count, where=term.where, times=term.times * times)


def _plan(shelf: Shelf, form: Form, check: Check, allow: Fraction = _NONE) -> SumPlan:
    left, right = _terms(form, check.left), _terms(form, check.right)
    parts = [(Fraction(1, _step(field)), times) for _, field, times, _ in (*left, *right)]
    # One step that all terms come out even in: cents beside whole yuan, thirds where a term counts
    # a third.
    scale = lcm(
        allow.denominator,
        *(step.denominator for step, _ in parts),
        *((s * t).denominator for s, t in parts),
    )
    plans = tuple(
        tuple(
            _term(sheet, field, int(times * scale / _step(field)), times, where)
            for sheet, field, times, where in side
        )
        for side in (left, right)
    )
    everything = (*plans[0], *plans[1])
    sheets = tuple(dict.fromkeys(term.sheet.sheet for term in everything))
    # Where all weigh the same, they can be left out of the comparison.
    weights = {term.weight for term in everything}
    unweighted = len(weights) == 1 and min(weights) > 0
    plain = (
        not allow
        and check.by == "row"
        and unweighted
        and len(sheets) == 1
        and not any(term.where or term.field is None for term in everything)
    )
    names = tuple(tuple(term.field.field for term in side if term.field) for side in plans)
    return SumPlan(
        check,
        plans[0],
        plans[1],
        scale,
        sheets,
        (names[0], names[1]) if plain else None,
        cite(shelf, check.source),
        int(allow * scale),
    )


def _term(
    sheet: Sheet, field: Field | None, weight: int, times: Fraction, where: Mapping[str, Condition]
) -> TermPlan:
    conditions = tuple(_where(sheet, name, condition) for name, condition in where.items())
    only = conditions[0] if len(conditions) == 1 else None
    # Rows grouped by code share it, so the condition is asked once for the group.
    by_code = only.codes if only and sheet.stage_by and only.name == sheet.stage_by else None
    return TermPlan(sheet, field, weight, times, conditions, by_code)


def _where(sheet: Sheet, name: str, condition: Condition) -> WherePlan:
    asked = sheet.field(name)
    codes: frozenset[str] | None = None
    if isinstance(condition, list):
        codes = frozenset(condition)
    elif isinstance(condition, str):
        codes = frozenset([condition])
    return WherePlan(name, asked is not None, _step(asked), condition, codes)


def _step(field: Field | None) -> int:
    return 10 ** decimals_of(field) if field else 1


def _terms(
    form: Form, side: Sequence[str | Term]
) -> list[tuple[Sheet, Field | None, Fraction, Mapping[str, Condition]]]:
    found: list[tuple[Sheet, Field | None, Fraction, Mapping[str, Condition]]] = []
    for part in side:
        term = Term(field=part) if isinstance(part, str) else part
        name, _, field_name = (term.field or term.count).partition(".")
        sheet = form.sheet(name)
        field = sheet.field(field_name) if sheet else None
        if sheet is None or (term.field and field is None):
            # The catalogue's door has refused such a card already.
            message = f"{form.form}: {term.field or term.count} is not a field or sheet of the form"
            raise ValueError(message)
        found.append((sheet, field, Fraction(term.times), term.where))
    return found


def holds(value: object, condition: Condition, step: int) -> bool:
    """Whether a value that is known meets a condition; bounds are in whole units.

    >>> holds("G1", ["G1", "G2"], 1), holds(1, True, 1), holds(4500, Bound(at_least=45), 100)
    (True, True, True)
    """
    if isinstance(condition, Bound):
        return isinstance(value, int) and _within(Fraction(value, step), condition)
    # Yes is kept as 1 and no as 0, which are equal to true and false.
    return value in condition if isinstance(condition, list) else value == condition


def _within(value: Fraction, bound: Bound) -> bool:
    limits = (bound.at_least, bound.at_most, bound.more_than, bound.less_than)
    low, high, above, below = (None if isinstance(limit, str) else limit for limit in limits)
    return (
        (low is None or value >= low)
        and (high is None or value <= high)
        and (above is None or value > above)
        and (below is None or value < below)
    )
