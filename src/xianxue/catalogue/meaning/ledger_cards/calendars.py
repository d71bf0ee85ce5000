"""Calendars: each day said once, worked days that would be rest days, terms in their order."""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.kinds.ledgers.calendar import Calendar, SchoolCalendar
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot

_SATURDAY: Final = 5


def check_calendars(look: Look) -> None:
    """Check every calendar of a year and every calendar of schools."""
    years: dict[int, str] = {}
    card: Calendar
    for at, card in look.each("calendar"):
        check_cited(look, at.at("source"), card.source)
        if card.year in years:
            saw = say("{year}年已经有日历“{name}”", year=card.year, name=years[card.year])
            at.at("year").complain("C-TWICE", saw, say("每年一张日历"))
        years.setdefault(card.year, card.calendar)
        _check_year(at, card)
    schools: SchoolCalendar
    for at, schools in look.each("school_calendar"):
        check_cited(look, at.at("source"), schools.source)
        _check_terms(at.at("terms"), schools)


def _check_year(at: Spot, card: Calendar) -> None:
    off: set[date] = set()
    for index, holiday in enumerate(card.holidays):
        here = at.at("holidays", index)
        _check_stretch(here, holiday.first, holiday.last)
        # New Year's holiday may begin in December of the year before.
        if card.year not in {holiday.first.year, holiday.last.year}:
            saw = say("{term}不在{year}年", term=holiday.term, year=card.year)
            here.complain("C-DATES", saw, say("这一年的节日"))
        off |= {
            date.fromordinal(day)
            for day in range(holiday.first.toordinal(), holiday.last.toordinal() + 1)
        }
    for index, day in enumerate(card.worked):
        here = at.at("worked", index)
        if day in off:
            here.complain("C-DATES", say("{day} 又放假又上班", day=day), say("一天只写一处"))
        elif day.weekday() < _SATURDAY:
            saw = say("{day} 不是周末，本来就上班", day=day)
            here.complain("C-DATES", saw, say("worked 只写调休上班的周末"))
        if day in card.worked[:index]:
            here.complain("C-TWICE", say("{day} 写了两次", day=day), say("每天只写一次"))


def _check_terms(at: Spot, card: SchoolCalendar) -> None:
    last: date | None = None
    for index, term in enumerate(card.terms):
        here = at.at(index)
        _check_stretch(here, term.first, term.last)
        try:
            known = Period.parse(term.term).kind == "term"
        except ValueError:
            known = False
        if not known:
            saw = say("“{term}”不是学期的写法", term=term.term)
            here.at("term").complain("C-PERIOD", saw, say("例如 2025-2026-1"))
        if last is not None and term.first <= last:
            saw = say("{term}开始得比前一学期结束还早", term=term.term)
            here.at("from").complain("C-DATES", saw, say("学期按先后写，不重叠"))
        last = term.last


def _check_stretch(at: Spot, first: date, last: date) -> None:
    if last < first:
        saw = say("到 {last} 为止，却从 {first} 才开始", last=last, first=first)
        at.at("to").complain("C-DATES", saw, say("截止日期不早于起始日期"))
