"""How a period of one kind is found from another: by rule, never by taking a code apart.

A report of a calendar year uses figures of a school year; a quarter's belongs to a year; growth
needs last year. Which rule applies is said by the card of whatever needs the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from xianxue.bureau.values.periods import KIND_TERMS, Period, PeriodKind
from xianxue.bureau.values.sentence import say

PeriodRule = Literal["begins_in", "ends_in", "around"]
"""How the period that is needed lies to the one that was named.

========= =========================================================================
begins_in its reference day falls in the one named: the school year that a year opens
ends_in   its last day does: the school year that a year closes (毕业、升学等时期数)
around    it has the reference day of the one named in it: the year of a month
========= =========================================================================
"""

_YEARS: Final = frozenset({"school_year", "calendar_year"})


def usual_rule(named: PeriodKind) -> PeriodRule:
    """Give the rule where no card says another.

    A year's report speaks of what was counted in it, so of the school year that begins in it;
    in a quarter or month usually none begins, and the one that runs is meant.

    >>> usual_rule("calendar_year"), usual_rule("quarter")
    ('begins_in', 'around')
    """
    return "begins_in" if named in _YEARS else "around"


def found(
    kind: PeriodKind, named: Period, rules: Mapping[PeriodKind, PeriodRule] | None = None
) -> Period:
    """Find the period of a kind for a period that was named; the same one if it is of that kind.

    ``rules``: kind of the period named to rule; ``usual_rule`` where it says nothing. Raises
    ValueError, in Chinese, where the rule gives none or several.

    >>> found("school_year", Period.parse("2025")).code
    '2025-2026'
    >>> found("school_year", Period.parse("2025"), {"calendar_year": "ends_in"}).code
    '2024-2025'
    >>> found("calendar_year", Period.parse("2025-2026-2"), {"term": "around"}).code
    '2026'
    """
    if named.kind == kind:
        return named
    rule = (rules or {}).get(named.kind) or usual_rule(named.kind)
    if rule == "around":
        return Period.on(kind, named.reference_day)
    # All that overlap the period named, those that only reach into it included: which of them
    # counts is decided by the one day that the rule names.
    touched = span(Period.on(kind, named.start), Period.on(kind, named.end))
    edge = {one: one.start if rule == "begins_in" else one.end for one in touched}
    inside = [one for one, day in edge.items() if named.start <= day <= named.end]
    if len(inside) != 1:
        how = say("开始") if rule == "begins_in" else say("结束")
        many = say("不止一个") if inside else say("一个也没有")
        message = say(
            "{period}里{how}的{kind}{many}，请用 --period 写明是哪一个",
            period=named.term,
            how=how,
            kind=KIND_TERMS[kind],
            many=many,
        )
        raise ValueError(message)
    return inside[0]


def back(period: Period, many: int) -> Period:
    """Go so many periods back.

    >>> back(Period.parse("2025-2026"), 3).code
    '2022-2023'
    """
    for _ in range(many):
        period = period.before()
    return period


def years_before(period: Period, many: int) -> Period:
    """Give the same period so many years before; the period itself for 0.

    >>> years_before(Period.parse("2025-2026"), 4).code
    '2021-2022'
    >>> years_before(Period.parse("2026-H1"), 1).code
    '2025-H1'
    """
    for _ in range(many):
        period = period.same_last_year()
    return period


def parts(period: Period, kind: PeriodKind) -> tuple[Period, ...]:
    """Give the periods of a kind that make up another, without gap or overlap.

    Raises ValueError, in Chinese, where they do not: quarters do not make up a school year.

    >>> [one.code for one in parts(Period.parse("2025"), "half_year")]
    ['2025-H1', '2025-H2']
    """
    made = span(Period.on(kind, period.start), Period.on(kind, period.end))
    if (made[0].start, made[-1].end) != (period.start, period.end):
        message = say("{period}不能正好分成{kind}", period=period.term, kind=KIND_TERMS[kind])
        raise ValueError(message)
    return made


def span(first: Period, last: Period) -> tuple[Period, ...]:
    """Give the periods from one to another of the same kind, both included.

    Raises ValueError where they are of two kinds, or the first is the later one.

    >>> [one.code for one in span(Period.parse("2025-11"), Period.parse("2026-01"))]
    ['2025-11', '2025-12', '2026-01']
    """
    if first.kind != last.kind or first.start > last.start:
        message = say("{first}到{last}不是一段连续的时期", first=first.term, last=last.term)
        raise ValueError(message)
    made = [first]
    while made[-1].end < last.end:
        made.append(made[-1].after())
    return tuple(made)


def to_date(period: Period, year: PeriodKind) -> tuple[Period, ...]:
    """Give the periods from the start of a year up to one of them, this included.

    ``year`` is the kind of year that is counted from: a term's school year, a month's calendar
    year. Raises ValueError, in Chinese, where that year does not begin with such a period.

    >>> [one.code for one in to_date(Period.parse("2025-03"), "calendar_year")]
    ['2025-01', '2025-02', '2025-03']
    """
    whole = Period.on(year, period.reference_day)
    first = Period.on(period.kind, whole.start)
    # A school year begins within a quarter: added up from that quarter, it would have two months
    # of the year before in it.
    if first.start != whole.start:
        message = say(
            "{year}不从一个{kind}的头一天开始，不能从年初累计",
            year=whole.term,
            kind=KIND_TERMS[period.kind],
        )
        raise ValueError(message)
    return span(first, period)
