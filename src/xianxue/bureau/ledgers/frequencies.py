"""How often something had to be done, and was: drills a month, visits a term, meetings a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.clock import Frequency, Times
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record


class Owed(Record, kw_only=True):
    """What a place had to do so many times in a period, and how often it did."""

    frequency: str
    place: str
    period: Period
    times: int
    done: int
    rule: Times

    @property
    def lacking(self) -> int:
        """How often it has still to be done."""
        return max(0, self.times - self.done)

    def overdue(self, on: date) -> bool:
        """Whether the period is over without it having been done."""
        return bool(self.lacking) and on > self.period.end


def owed(
    card: Frequency,
    done: Mapping[str, int],
    places: Mapping[str, Facts],
    period: Period,
    days: Days,
) -> Iterator[Owed]:
    """Go through what places owe in one period of the frequency's own kind.

    ``done`` is how often each place did it then, ``places`` what each that may owe is. A place for
    which the card has no rule in force on the period's last day owes nothing.
    """
    if card.not_in_holidays and not days.teaches(period.start, period.end):
        return
    for place, attributes in places.items():
        rule = _rule(card, period.end, attributes)
        if rule is not None:
            yield Owed(
                frequency=card.frequency,
                place=place,
                period=period,
                times=rule.times,
                done=done.get(place, 0),
                rule=rule,
            )


def done_in(card: Frequency, facts: Iterable[Facts], period: Period) -> Counter[str]:
    """Count how often each place did it in a period, by the facts of a ledger's entries."""
    return Counter(
        str(one["place"])
        for one in facts
        if _lies_in(one.get(card.by), period) and matches(card.where, one)
    )


def _lies_in(said: int | str | None, period: Period) -> bool:
    return said is not None and period.start <= date.fromisoformat(str(said)) <= period.end


def _rule(card: Frequency, on: date, attributes: Facts) -> Times | None:
    return next(
        (one for one in card.at_least if holds_on(one, on) and matches(one.when, attributes)), None
    )
