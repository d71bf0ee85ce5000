"""Clocks that run, and how they are lit: asked of the database, without reading any history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, Count, Q, QuerySet, When

from xianxue.bureau.kinds.ledgers.clock import Length, Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.clocks import Clocks, Run
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.record import Record
from xianxue.desk.ledgers.json_keys import JsonText
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import RUNS, EntryClock, number_of

_UNSAID: Final = Length()


class Waiting(Record, kw_only=True):
    """One clock that runs."""

    ledger: str
    key: int
    """Of the entry's row."""
    entry: str
    place: str
    title: str
    clock: str
    due: date
    lamp: Light | None
    supposed: bool


class Lamps(Record, dict=True):
    """How the clocks of some ledgers are lit on a day."""

    clocks: Mapping[str, Clocks]
    on: date

    def light(self, ledger: str, clock: str, started: date, due: date) -> Light | None:
        """Give the lamp of a clock that runs; thousands are lit alike, and worked out once."""
        about = (ledger, clock, started, due)
        if about not in self._known:
            run = Run(clock=clock, started=started, length=_UNSAID, due=due)
            self._known[about] = run.light(self.clocks[ledger].lamps(clock), self.on)
        return self._known[about]

    @own_property
    def _known(self) -> dict[tuple[str, str, date, date], Light | None]:
        return {}

    def may_be_lit(self) -> Q:
        """Ask which clocks may be lit; a few that are not are among them."""
        reach: dict[int, list[str]] = defaultdict(list)
        anyway: list[str] = []
        for name, clocks in self.clocks.items():
            lamps = [one for card in clocks.ledger.clocks for one in clocks.lamps(card.clock)]
            # A part of the whole time may be any number of days.
            if any(one.percent is not None for one in lamps):
                anyway.append(name)
            else:
                reach[max([one.days or 0 for one in lamps], default=0)].append(name)
        found = Q(ledger__in=anyway)
        for days, names in reach.items():
            found |= Q(ledger__in=names, due__lte=self.on + timedelta(days=days))
        if not anyway and reach:
            # Said once for all of them, so that the index by day is used.
            found &= Q(due__lte=self.on + timedelta(days=max(reach)))
        return found


def waiting(
    room: Room, on: date, cards: Mapping[str, Ledger], *, lit: bool = False
) -> Iterator[Waiting]:
    """Go through the clocks that run and that the person may know of; ``lit``: those alone."""
    lamps = Lamps({name: room.clocks(name) for name in cards}, on)
    found = _running(room, cards)
    if lit:
        found = found.filter(lamps.may_be_lit())
    rows = found.annotate(title=_title(cards)).values_list(
        *("ledger", "entry", "entry__year", "entry__serial", "place", "title"),
        *("clock", "started", "due", "supposed"),
    )
    for ledger, key, year, serial, place, title, clock, started, due, supposed in rows.iterator():
        lamp = lamps.light(ledger, clock, started, due)
        if lamp is not None or not lit:
            said = title or ""
            yield Waiting(
                ledger=ledger,
                key=key,
                entry=number_of(year, serial),
                place=place,
                title=room.called(cards[ledger], said),
                clock=clock,
                due=due,
                lamp=lamp,
                supposed=supposed,
            )


def lamps_on(room: Room, on: date, names: Iterable[str] = ()) -> dict[str, Counter[Light]]:
    """Count the lamps of each ledger: what is over at once, the rest day by day."""
    cards = {name: room.ledger(name) for name in (list(names) or list(room.ledgers))}
    lamps = Lamps({name: room.clocks(name) for name in cards}, on)
    running = _running(room, cards)
    found: dict[str, Counter[Light]] = {name: Counter() for name in cards}
    late = running.filter(due__lt=on).values_list("ledger").annotate(n=Count("pk")).order_by()
    for ledger, many in late:
        found[ledger]["red"] += many
    soon = running.filter(lamps.may_be_lit(), due__gte=on)
    days = soon.values_list("ledger", "clock", "started", "due").annotate(n=Count("pk")).order_by()
    for ledger, clock, started, due, many in days:
        lamp = lamps.light(ledger, clock, started, due)
        if lamp is not None:
            found[ledger][lamp] += many
    return found


def _running(room: Room, cards: Iterable[str]) -> QuerySet[EntryClock]:
    """Give the clocks that run, each ledger's of the places the person may see."""
    whole, scoped = list[str](), Q()
    for name in cards:
        places = room.places(name)
        if places is None:
            whole.append(name)
        else:
            scoped |= Q(ledger=name, place__in=places)
    running = EntryClock.objects.filter(RUNS, due__isnull=False)
    if len(whole) == len(room.ground.shelf.ledgers):
        # Every ledger and every place: the index by day alone is the quickest.
        return running
    return running.filter(Q(ledger__in=whole) | scoped)


def _title(cards: Mapping[str, Ledger]) -> Case:
    titled: dict[str, list[str]] = defaultdict(list)
    for name, card in cards.items():
        titled[card.titled].append(name)
    return Case(
        *(
            When(ledger__in=names, then=JsonText("entry__fields", field))
            for field, names in titled.items()
        )
    )
