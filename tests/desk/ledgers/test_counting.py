"""What the database is asked, and what histories say, is the same: for every card, on any day."""

from __future__ import annotations

import importlib.util
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Counter
from xianxue.bureau.ledgers.frequencies import done_in
from xianxue.bureau.values.periods import Period
from xianxue.desk.actions.ledgers.doing import keep_clocks
from xianxue.desk.ledgers.asking import Asking, UnaskableError
from xianxue.desk.ledgers.counting import Counts
from xianxue.desk.ledgers.due import done_by_place
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import EntryLine, LedgerEntry, changes_of, line_of, parts_of

ROOT = Path(__file__).parents[3]
AT = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = date(2026, 8, 31)


def invented():
    spec = importlib.util.spec_from_file_location(
        "ledger_entries", ROOT / "benchmarks" / "_ledger_entries.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Maker


def stored(card, clocks, entry):
    """Keep an entry as its deeds would have kept it, without the journal."""

    year, serial = parts_of(entry.number)
    row = LedgerEntry.objects.create(
        ledger=card.ledger,
        year=year,
        serial=serial,
        place=entry.place,
        **changes_of(card, entry),
    )
    EntryLine.objects.bulk_create(
        line_of(row, at, one, AT) for at, one in enumerate(entry.history, 1)
    )
    keep_clocks(row, clocks.runs(entry))


@pytest.fixture
def room(desk):

    return Room(desk.ground, desk.folder / "cabinet")


def test_database_and_histories_count_alike(room):

    dice = random.Random(1)  # noqa: S311 - the same entries each time
    shelf = room.ground.shelf
    places = [one.code for one in room.ground.register]
    maker = invented()(shelf, places, dice, TODAY)
    asked = different = 0
    for card in shelf.ledgers.values():
        clocks = Clocks(card, room.days)
        entries = [maker.entry(card, f"2025-{at:04d}") for at in range(1, 11)]
        with transaction.atomic():
            for entry in entries:
                stored(card, clocks, entry)
        period = Period.on(card.period, date(2025, dice.randint(1, 12), 15))
        for on in (TODAY, period.start + timedelta(days=dice.randint(0, 360))):
            counts = Counts(room, card, period, on)
            counter = Counter(card, room.days, room.attributes(counts.last))
            facts = counter.facts(entries, counts.last)
            tallies = {one.count.count: one for one in counts.whole()}
            assert list(tallies) == [count.count for count in card.counts]
            for count in card.counts:
                pure = counter.count(count.count, facts, period)
                told = tallies[count.count]
                about = (card.ledger, count.count, on)
                assert (told.value, told.entries) == (pure.value, len(pure.entries)), about
                behind = counts.behind(count)
                assert [one.entry for one in behind] == list(pure.entries), about
                asked += 1
                different += bool(told.entries)
            by = next((one.field for one in card.fields if one.type == "code"), "place")
            sums = {}
            for tallies in counts.by(by).values():
                for one in tallies:
                    sums[one.count.count] = sums.get(one.count.count, 0) + one.entries
            assert sums == {
                count.count: n
                for count in card.counts
                if (n := len(counter.count(count.count, facts, period).entries))
            }
    assert different > asked / 5, "most counts were of nothing: the entries say too little"


def test_what_is_owed_is_asked_as_histories_tell_it(room):
    """Each place's drills and visits of a period, by the database and by histories."""

    dice, period, seen = random.Random(3), Period.parse("2025"), 0  # noqa: S311 - the same each time
    maker = invented()(room.ground.shelf, [one.code for one in room.ground.register], dice, TODAY)
    for card in room.ground.shelf.ledgers.values():
        clocks = Clocks(card, room.days)
        entries = [
            maker.entry(card, f"2025-{at:04d}") for at in range(1, 9 * bool(card.frequencies))
        ]
        with transaction.atomic():
            for entry in entries:
                stored(card, clocks, entry)
        asking = Asking(card, TODAY, room.attributes(TODAY))
        facts = [one for _, one in Counter(card, room.days, {}).facts(entries, date.max)]
        for frequency in card.frequencies:
            told = done_by_place(asking, frequency, period, room)
            assert told == done_in(frequency, facts, period), frequency.frequency
            seen += sum(told.values())
    assert seen, "nothing was done: nothing could have been counted otherwise"


def test_every_condition_of_every_card_can_be_asked(room):
    """A card that only histories can answer would be slow with a million entries."""

    period, unasked = Period.parse("2025"), []
    for card in room.ground.shelf.ledgers.values():
        for count in card.counts:
            try:
                Asking(card, TODAY, {}).counted(count, period)
            except UnaskableError:
                unasked.append((card.ledger, count.count))
        for one in card.frequencies:
            Asking(card, TODAY, {}).where(one.where)
    assert unasked == []
