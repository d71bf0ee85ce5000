"""The same entries laid out otherwise: by state, by day, by township."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.kinds.ledgers.clock import LIGHTS
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.rows import Row

_MOST: Final = 20
"""Entries of a state on the board; the others are one click away."""
_WEEK: Final = 7
_DAY: Final = timedelta(days=1)
_MONTH: Final = re.compile(r"((?:19|20|21)\d{2})-(0[1-9]|1[0-2])")


class Lane(Record, kw_only=True):
    """One state of the board."""

    state: str
    term: Sentence
    count: int
    rows: tuple[Row, ...]
    ended: bool


def board(card: Ledger, rows: Sequence[Row]) -> list[Lane]:
    """Lay entries out by state, in the order of the card; the soonest due first."""
    ends = card.lifecycle.marked("end")
    found: list[Lane] = []
    for state in card.states:
        mine = sorted((one for one in rows if one.state == state.state), key=_soonest)
        found.append(
            Lane(
                state=state.state,
                term=state.term,
                count=len(mine),
                rows=tuple(mine[:_MOST]),
                ended=state.state in ends,
            )
        )
    return found


def _soonest(one: Row) -> tuple[date, str]:
    return one.due or date.max, one.number


class Square(Record, kw_only=True):
    """One day of a month."""

    day: date
    inside: bool
    rests: bool
    why: Sentence | str
    """What the day is, where it is no plain working day: 国庆节, 调休上班."""
    rows: tuple[Row, ...]


class Month(Record, kw_only=True):
    """One month, week by week from Monday."""

    first: date
    before: str
    after: str
    weeks: tuple[tuple[Square, ...], ...]
    count: int


def month_of(days: Days, rows: Iterable[Row], wanted: str, today: date) -> Month:
    """Lay entries out by the day on which something of them is due."""
    said = _MONTH.fullmatch(wanted)
    first = date(int(said[1]), int(said[2]), 1) if said else today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    due: dict[date, list[Row]] = {}
    for one in rows:
        if one.due is not None and one.open:
            due.setdefault(one.due, []).append(one)
    day = first - first.weekday() * _DAY
    weeks: list[tuple[Square, ...]] = []
    while day <= last:
        weeks.append(tuple(_square(days, day + at * _DAY, first, due) for at in range(_WEEK)))
        day += _WEEK * _DAY
    return Month(
        first=first,
        before=(first - _DAY).isoformat()[:7],
        after=(last + _DAY).isoformat()[:7],
        weeks=tuple(weeks),
        count=sum(len(found) for at, found in due.items() if first <= at <= last),
    )


def _square(days: Days, day: date, first: date, due: dict[date, list[Row]]) -> Square:
    kind = days.kind(day)
    weekend = day.weekday() >= _WEEK - 2
    return Square(
        day=day,
        inside=(day.year, day.month) == (first.year, first.month),
        rests=not kind.working,
        why=kind.why if kind.working == weekend else "",
        rows=tuple(due.get(day, ())),
    )


class Town(Record, kw_only=True):
    """One township: its entries by state, and those with a lamp."""

    code: str
    name: Sentence | str
    total: int
    states: tuple[int, ...]
    lamps: tuple[int, ...]


class Towns(Record, kw_only=True):
    """All townships that have entries, and all of them together."""

    states: tuple[tuple[str, Sentence], ...]
    lamps: tuple[str, ...]
    rows: tuple[Town, ...]
    total: Town

    @property
    def lines(self) -> tuple[Town, ...]:
        """The lines of the table, the total last."""
        return (*self.rows, self.total)


def towns(register: Register, card: Ledger, rows: Sequence[Row]) -> Towns:
    """Count entries by township, state and lamp."""
    states = tuple((one.state, one.term) for one in card.states)
    lamps = tuple(reversed(LIGHTS))
    groups: dict[str, list[Row]] = {
        place.code: [] for place in register if place.level == "township"
    }
    for one in rows:
        groups.setdefault(one.township, []).append(one)

    def town(code: str, name: Sentence | str, mine: Sequence[Row]) -> Town:
        return Town(
            code=code,
            name=name,
            total=len(mine),
            states=tuple(sum(one.state == state for one in mine) for state, _ in states),
            lamps=tuple(sum(one.lamp == lamp for one in mine) for lamp in lamps),
        )

    found = [
        town(code, register[code].name if code in register else say("县直"), mine)
        for code, mine in groups.items()
        if mine
    ]
    return Towns(states=states, lamps=lamps, rows=tuple(found), total=town("", say("合计"), rows))
