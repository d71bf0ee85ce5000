"""Calendars: which days are worked in a year, and on which days schools teach."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence


class Holiday(Card, frozen=True, kw_only=True):
    """A statutory holiday with the days that are off, both included."""

    term: Sentence
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")


class Calendar(Card, frozen=True, kw_only=True):
    """The holidays of one calendar year, and the rest days that are worked instead (调休)."""

    calendar: str
    """The id, ``cn_2025``."""
    term: Sentence
    year: Annotated[int, Meta(ge=1950, le=2200)]
    holidays: list[Holiday]
    worked: list[date] = []
    """Saturdays and Sundays that are working days (调休上班)."""
    source: Cited


class SchoolTerm(Card, frozen=True, kw_only=True):
    """One term, from the first to the last day of teaching, both included."""

    term: str
    """The period's code, ``2025-2026-1``."""
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")


class SchoolCalendar(Card, frozen=True, kw_only=True):
    """The county's school terms (校历): a school day is a working day of a term."""

    school_calendar: str
    term: Sentence
    terms: list[SchoolTerm]
    source: Cited
