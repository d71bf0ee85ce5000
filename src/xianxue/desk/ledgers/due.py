"""What has to be done, by when, and why by then: clocks of entries, and what is owed each month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count

from xianxue.bureau.kinds.ledgers.clock import Frequency, LedgerLamp, Length, Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.ledgers.clocks import Run
from xianxue.bureau.ledgers.counting import Counter, Facts
from xianxue.bureau.ledgers.frequencies import Owed, done_in, owed
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.asking import Asking, UnaskableError
from xianxue.desk.ledgers.entries import every_entry, with_rows
from xianxue.desk.ledgers.lit import Waiting, waiting
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry


class Due(Record, kw_only=True):
    """One thing that has to be done."""

    ledger: str
    entry: str
    """The entry's number; empty for what is owed each period."""
    place: str
    what: str
    """What has to be done, as the card calls it."""
    title: str
    """What people call the entry."""
    due: date
    lamp: Light | None
    why: str
    """Why by this day: the rule, the start, the days that count."""
    supposed: bool = False

    @property
    def as_dict(self) -> dict[str, object]:
        """Give the fields of ``--json``."""
        return {
            "ledger": self.ledger,
            "entry": self.entry,
            "place": self.place,
            "due": self.due.isoformat(),
            "lamp": self.lamp or "none",
            "why": self.why,
        }


_CHUNK = 5_000
"""Entries whose histories are read at once."""


def due_on(  # noqa: PLR0913 - what of the list is asked for
    room: Room,
    on: date,
    ledgers: Iterable[str] = (),
    *,
    lit: bool = False,
    reasons: bool = True,
    owing: bool = True,
) -> list[Due]:
    """List what is open, soonest first, of some ledgers or of all that the person may know of.

    ``lit``: what has no lamp yet is left out. Why each is due by its day takes its history, which
    is read only where ``reasons`` are asked for. ``owing``: what is owed each period, too.
    """
    cards = {name: room.ledger(name) for name in (list(ledgers) or list(room.ledgers))}
    running = list(waiting(room, on, cards, lit=lit))
    whys = _whys(room, cards, running) if reasons else {}
    terms = {(name, one.clock): one.term for name, card in cards.items() for one in card.clocks}
    found = [
        Due(
            ledger=one.ledger,
            entry=one.entry,
            place=one.place,
            what=terms.get((one.ledger, one.clock), one.clock),
            title=one.title,
            due=one.due,
            lamp=one.lamp,
            why=whys.get((one.key, one.clock), ""),
            supposed=one.supposed,
        )
        for one in running
    ]
    if owing:
        found += (one for one in owed_on(room, on, cards) if one.lamp is not None or not lit)
    return sorted(found, key=lambda one: (one.due, one.ledger, one.place, one.entry))


def owed_on(room: Room, on: date, cards: Mapping[str, Ledger]) -> Iterator[Due]:
    """Go through what places owe in this period and owed in the one before."""
    places = room.attributes(on)
    for card in cards.values():
        for frequency in card.frequencies:
            yield from _owed(room, card, frequency, places, on)


def _whys(
    room: Room, cards: Mapping[str, Ledger], running: Sequence[Waiting]
) -> dict[tuple[int, str], Sentence]:
    """Say of each clock why its last day is what it is."""
    clocks = {name: room.clocks(name) for name in cards}
    keys = sorted({one.key for one in running})
    found: dict[tuple[int, str], Sentence] = {}
    for at in range(0, len(keys), _CHUNK):
        rows = list(LedgerEntry.objects.filter(pk__in=keys[at : at + _CHUNK]))
        for row, entry in with_rows(rows):
            card = cards[row.ledger]
            for run in clocks[row.ledger].runs(entry):
                if run.open and run.due is not None:
                    found[row.pk, run.clock] = why_due(room, card, run)
    return found


def title_of(room: Room, card: Ledger, row: LedgerEntry) -> str:
    """Give what people call an entry, a person's name covered."""
    return room.called(card, row.fields.get(card.titled))


def why_due(room: Room, card: Ledger, run: Run) -> Sentence:
    """Say why the last day of a run is what it is."""
    clock = card.clock(run.clock)
    term = clock.term if clock is not None else run.clock
    started = chinese_day(run.started)
    said = _length(card, run, term, started)
    if run.pauses:
        said += say("，中间暂停 {n} 次不计", n=len(run.pauses))
    if run.extended is not None:
        said += say("，{day}准予延期", day=chinese_day(run.extended))
    if run.supposed:
        said += say("，暂按推算：这一年的节假日安排还没有登记")
    if run.rule is not None:
        said += say("（{rule}）", rule=room.ground.shelf.cite(run.rule.citation))
    return said


def _length(card: Ledger, run: Run, term: str, started: str) -> Sentence:
    length = run.length
    if length.field:
        field = card.field(length.field)
        name = field.term if field is not None else length.field
        return say("{term}：按“{name}”一栏写的日期", term=term, name=name)
    if length.working_days is not None:
        return say(
            "{term}：从{day}的次日起 {n} 个工作日", term=term, day=started, n=length.working_days
        )
    if length.school_days is not None:
        return say(
            "{term}：从{day}的次日起 {n} 个上课日", term=term, day=started, n=length.school_days
        )
    if length.months is not None:
        return say("{term}：从{day}起 {n} 个月", term=term, day=started, n=length.months)
    return say("{term}：从{day}的次日起 {n} 天", term=term, day=started, n=length.days)


def _owed(
    room: Room, card: Ledger, frequency: Frequency, places: Mapping[str, Facts], on: date
) -> Iterator[Due]:
    """Go through what places still owe in this period, and owed in the one before.

    In a period that ended before the county kept any ledger here, nobody says what was done.
    """
    now = Period.on(frequency.per, on)
    before = now.before()
    kept = LedgerEntry.objects.filter(recorded__lte=before.end).exists()
    seen = room.places(card.ledger)
    mine = {code: one for code, one in places.items() if seen is None or code in seen}
    for period in (before, now) if kept else (now,):
        done = done_by_place(Asking(card, on, places), frequency, period, room)
        for one in owed(frequency, done, mine, period, room.days):
            if one.lacking:
                yield Due(
                    ledger=card.ledger,
                    entry="",
                    place=one.place,
                    what=frequency.term,
                    title=period.term,
                    due=period.end,
                    lamp=_light(card.lamps, period, on),
                    why=_why_owed(room, frequency.term, one),
                )


def done_by_place(
    asking: Asking, frequency: Frequency, period: Period, room: Room
) -> Mapping[str, int]:
    """Count how often each place did it; histories are read where the database cannot be asked."""
    card = asking.ledger
    try:
        here = asking.where(frequency.where) & asking.lies_in(frequency.by, period)
    except UnaskableError:
        counter = Counter(card, room.days, asking.attributes)
        told = counter.facts(every_entry(card.ledger), asking.on)
        return done_in(frequency, (facts for _, facts in told), period)
    found = asking.every.filter(here).values_list("place").annotate(many=Count("pk")).order_by()
    return dict(found)


def _light(lamps: Sequence[LedgerLamp], period: Period, on: date) -> Light | None:
    run = Run(clock="", started=period.start, length=Length(), due=period.end)
    return run.light(list(lamps), on)


def _why_owed(room: Room, term: str, one: Owed) -> Sentence:
    citation: Citation = one.rule.citation
    return say(
        "{term}：{period}要做 {times} 次，已做 {done} 次（{rule}）",
        term=term,
        period=one.period.term,
        times=one.times,
        done=one.done,
        rule=room.ground.shelf.cite(citation),
    )
