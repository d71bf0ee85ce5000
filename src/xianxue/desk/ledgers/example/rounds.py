"""What schools of an example county do again and again: drills, visits, meetings, each period.

Nearly all have done so in the period before, and some in this one: a county in which nobody did
anything would light every lamp and show nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.clock import Frequency
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Facts, facts_of
from xianxue.bureau.ledgers.frequencies import owed
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.ledgers.example.entries import Said, Turn, Walk, Walker

_LEFT_OUT: Final = 11
"""Every so manieth school forgot, so that somebody is to be reminded."""
_THIS_TIME: Final = 3
"""Every so manieth has not done it yet in the period that runs."""
_WEEK: Final = timedelta(weeks=1)


class Rounds(Record):
    """Walks what one ledger asks of each period."""

    ledger: Ledger
    clocks: Clocks
    walker: Walker
    turn: Turn
    places: Mapping[str, tuple[Place, Facts]]
    """Code to the school and what it is."""
    today: date
    back: int = 1
    """How many periods before the one that runs are walked."""

    def walks(self, example: Sequence[Said]) -> Iterator[Walk]:
        """Walk what was done in the periods before, and in the one that runs."""
        for card in self.ledger.frequencies:
            model = self._model(card, example)
            if model is not None:
                period = Period.on(card.per, self.today)
                for ago in range(self.back + 1):
                    yield from self._of_period(card, period, ago, model)
                    period = period.before()

    def _model(self, card: Frequency, example: Sequence[Said]) -> tuple[Said, Said, date] | None:
        """Find an entry of the example that counts, what it says instead, and its day."""
        last = max(line["day"] for one in example for line in one["history"])
        then = replace(self.walker, today=date.fromisoformat(str(last)))
        # An example of another sort will do where none is of this one.
        for one, variant in [(one, said) for said in ({}, self._said(card)) for one in example]:
            found = then.walk(one, self.turn, timedelta(0), variant)
            if found is None or not found.people or found.refused:
                continue
            facts = facts_of(self.clocks, found.entry, found.entry.history[-1].on)
            day = facts.get(card.by)
            if day is not None and matches(card.where, facts):
                return one, variant, date.fromisoformat(str(day))
        return None

    def _said(self, card: Frequency) -> Said:
        """Give what an entry has to say to be of the sort that is asked for."""
        coded = {field.field for field in self.ledger.fields if field.type == "code"}
        return {
            name: wanted if isinstance(wanted, str) else wanted[0]
            for name, wanted in card.where.items()
            if name in coded and isinstance(wanted, str | list)
        }

    def _of_period(
        self, card: Frequency, period: Period, ago: int, model: tuple[Said, Said, date]
    ) -> Iterator[Walk]:
        example, variant, day = model
        attributes = {code: facts for code, (_, facts) in self.places.items()}
        every = owed(card, {}, attributes, period, self.clocks.days)
        for at, one in enumerate(every):
            running = period.end >= self.today
            # Of periods longer past, another school forgot each time.
            longer = max(0, ago - 1)
            if (at + longer) % _LEFT_OUT == 0 or (running and at % _THIS_TIME):
                continue
            place = self.places[one.place][0]
            turn = replace(self.turn, places={**self.turn.places, str(example["place"]): place})
            for number in range(one.times):
                shift = _into(period, day, at + number, self.today)
                if shift is None:
                    continue
                said = variant or self._in_turn(longer)
                walk = self.walker.walk(example, turn, shift, said)
                if walk is not None:
                    yield walk

    def _in_turn(self, longer: int) -> Said:
        """Give what is said instead, of periods longer past: each time the next."""
        every: Sequence[Said] = ({}, *self.walker.variants)
        return every[longer % len(every)]


def _into(period: Period, day: date, at: int, today: date) -> timedelta | None:
    """Give by how many whole weeks a day is moved into a period, and not after today."""
    first = -((day - period.start).days // _WEEK.days) * _WEEK
    last = min(period.end, today)
    days = [first + weeks * _WEEK for weeks in range(-1, (last - period.start).days // 7 + 2)]
    within = [shift for shift in days if period.start <= day + shift <= last]
    return within[at % len(within)] if within else None
