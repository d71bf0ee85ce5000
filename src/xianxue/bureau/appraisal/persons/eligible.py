"""Whether somebody may apply, clause by clause, and the first day on which all will be met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.appraisal.persons.career import Career, Shown
from xianxue.bureau.appraisal.persons.clauses import JUDGES, nothing_asked, shown_exempt
from xianxue.bureau.appraisal.persons.judged_clause import Finding, JudgedClause, Verdict
from xianxue.bureau.appraisal.persons.service import months_on
from xianxue.bureau.kinds.appraisal.eligibility import Clause, Eligibility, Exemption
from xianxue.bureau.values.record import Record

_MONTHS: Final = 12
_AHEAD: Final = 50
"""Years that are looked ahead: longer than anybody still has to serve. No rule hangs on it."""
_Met = Callable[[date], bool]
_GRAVEST: Final[tuple[Verdict, ...]] = ("not_met", "undetermined", "explain")


class Eligible(Record, kw_only=True):
    """What a card comes to for one person."""

    person: str
    card: Eligibility
    on: date
    verdict: Verdict
    clauses: tuple[JudgedClause, ...]
    first_day: date | None
    """The first day on which all clauses are met, the soft ones too, if they go on serving and
    are found good enough; None where no day can be named: waiting alone does not bring it, or
    something is not known."""
    first_hard_day: date | None
    """The same for the clauses that are not soft alone."""


def eligible(card: Eligibility, career: Career, on: date) -> Eligible:
    """Judge a card's clauses for a career on a day."""
    clauses = tuple(_judged(clause, career, on) for clause in card.clauses)
    return Eligible(
        person=career.person,
        card=card,
        on=on,
        verdict=_worst({one.verdict for one in clauses}),
        clauses=clauses,
        first_day=_first_day(card.clauses, career, on),
        first_hard_day=_first_day([one for one in card.clauses if not one.soft], career, on),
    )


def _worst(found: set[Verdict]) -> Verdict:
    for verdict in _GRAVEST:
        if verdict in found:
            return verdict
    return "met"


def _judged(clause: Clause, career: Career, on: date) -> JudgedClause:
    found, rule = _found(clause, career, on, on), clause.rule(on)
    soft = clause.soft and found.verdict == "not_met"
    return JudgedClause(
        clause=clause.clause,
        term=clause.term,
        verdict="explain" if soft else found.verdict,
        because=found.because,
        shown=found.shown,
        citation=None if rule is None else rule.citation,
        note=clause.note,
    )


def _found(clause: Clause, career: Career, on: date, known: date) -> Finding:
    """Judge a clause on a day, of which what lies behind ``known`` is supposed."""
    rule = clause.rule(on)
    if rule is None:
        return nothing_asked()
    found = JUDGES[clause.kind](clause, rule, career, on, known)
    if found.verdict == "met":
        return found
    for exemption in clause.exempt:
        if _holds(exemption, career, on):
            return shown_exempt(exemption.term, _why_exempt(exemption, career))
    return found


def _holds(exemption: Exemption, career: Career, on: date) -> bool:
    """Whether somebody is exempt; what is not known exempts nobody."""
    since = ((exemption.age, career.born), (exemption.taught, career.started))
    for years, day in since:
        if years is not None and (day is None or months_on(day, years * _MONTHS) > on):
            return False
    return all(
        (fact := career.facts.get(name)) is not None and str(fact.value) in values
        for name, values in exemption.facts.items()
    )


def _why_exempt(exemption: Exemption, career: Career) -> tuple[Shown, ...]:
    names = [*exemption.facts]
    names += ["born_on"] * (exemption.age is not None)
    names += ["started_on"] * (exemption.taught is not None)
    return tuple(career.facts[name].shown for name in names if name in career.facts)


def _first_day(clauses: list[Clause], career: Career, on: date) -> date | None:
    """Find the first day from ``on`` on which all of these are met.

    From clause to clause: none is met earlier than its own first day, and where moving on to one's
    day unsettles another (a rule comes into force), they are asked again from there.
    """
    day, settled = on, False
    while not settled:
        settled = True
        for clause in clauses:
            first = _first_of(clause, career, day, on)
            if first is None:
                return None
            if first != day:
                day, settled = first, False
    return day


def _first_of(clause: Clause, career: Career, begin: date, known: date) -> date | None:
    """Find the first day on which a clause is met; None where waiting does not bring it."""

    def met(day: date) -> bool:
        return _found(clause, career, day, known).verdict == "met"

    if met(begin):
        return begin
    if _found(clause, career, known, known).verdict == "undetermined":
        return None
    # A rule's own end days are looked at by themselves; between two of them a clause that is met
    # stays met, for service and ages only grow.
    marks = sorted(mark for one in clause.rules for mark in (one.valid_from,) if begin < mark)
    low = begin
    for high in [*(mark - timedelta(days=1) for mark in marks), months_on(begin, _AHEAD * _MONTHS)]:
        if met(high):
            return _between(met, low, high)
        low = max(low, high)
        if met(low + timedelta(days=1)):
            return low + timedelta(days=1)
    return None


def _between(met: _Met, low: date, high: date) -> date:
    """Find the first day behind one that is not met, up to one that is, by halving."""
    while (high - low).days > 1:
        middle = low + timedelta(days=(high - low).days // 2)
        low, high = (low, middle) if met(middle) else (middle, high)
    return high
