"""What a ledger comes to in a period, over the entries that one person may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.ledgers.counting import Counted, Counter
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown as decimals
from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.bases import Base, share
from xianxue.desk.ledgers.entries import entries_of
from xianxue.desk.ledgers.room import Room

_WHOLE = 100
NO_BASES: Final[Mapping[str, Base]] = {}


class Tally(Record, kw_only=True):
    """One count or rate of a ledger in one period."""

    count: str
    term: Sentence | str
    shown: str | None
    """The number as it is read; None where an amount that belongs to it is missing."""
    unit: Sentence | str
    numbers: frozenset[str] = frozenset()
    """The entries that are counted."""
    base: Base | None = None
    """The roster's figure that a rate stands on, where it has one."""


def tallies(
    room: Room, ledger: str, period: Period, on: date, bases: Mapping[str, Base] = NO_BASES
) -> list[Tally]:
    """Count everything the card counts, over the entries that the person may see.

    ``bases``: what rates against a roster stand on; without it they are left out.
    """
    card = room.ledger(ledger)
    last = min(on, period.end)
    counter = Counter(card, room.days, room.attributes(last))
    facts = counter.facts(entries_of(room, ledger), last)
    found = [_tally(counter.count(one.count, facts, period), one) for one in card.counts]
    numbers = {one.count: one.numbers for one in found}
    for rate in card.rates:
        base = bases.get(rate.rate)
        if rate.base:
            above, _, value = counter.rate(rate, facts, period)
        elif base is not None:
            above, *_ = counter.rate(rate, facts, period)
            value = share(rate, card, above, base)
        else:
            continue
        found.append(
            Tally(
                count=rate.rate,
                term=rate.term,
                shown=None if value is None else decimals(value * _WHOLE, 1),
                unit="%",
                numbers=numbers.get(rate.base or rate.of, frozenset()),
                base=base,
            )
        )
    return found


def _tally(counted: Counted, card: Count) -> Tally:
    unit = UNITS[card.unit]
    value = counted.value
    shown = None if value is None else str(value)
    if value is not None and card.sum:
        amount = unit.in_whole_units(value)
        whole = amount.denominator == 1
        shown = str(amount.numerator) if whole else decimals(amount, 2)
    return Tally(
        count=card.count,
        term=card.term,
        shown=shown,
        unit=card.measure or unit.term,
        numbers=frozenset(counted.entries),
    )
