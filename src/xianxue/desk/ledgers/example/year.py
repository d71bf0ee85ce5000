"""A year of invented entries in every ledger of an example county, written in bulk.

They are walked by the rules of the cards (``entries.py``), and kept as any deed keeps
them: rows, every line of their history, clocks, and the journal's lines.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter as Numbers
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Counter
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.moving import Moving
from xianxue.bureau.records.entry import Files
from xianxue.bureau.values.record import Record, replace
from xianxue.catalogue.card_files import NATIONAL
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.ledgers.doing import Doing, columns_of, digest_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.ledgers.attributes import attributes_of
from xianxue.desk.ledgers.evidence import keep_files
from xianxue.desk.ledgers.example.counts import Completing, begins, long_over
from xianxue.desk.ledgers.example.entries import Said, Turn, Walk, Walker, places_of, read_examples
from xianxue.desk.ledgers.example.reports import told_by_reports
from xianxue.desk.ledgers.example.rounds import Rounds
from xianxue.desk.ledgers.example.standing import Standing
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.journal import many_lines
from xianxue.desk.models.ledger import (
    EntryClock,
    EntryLine,
    EntryOnce,
    LedgerEntry,
    changes_of,
    line_of,
)
from xianxue.desk.models.rows import Rows
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import Workspace

_HISTORIES: Final = NATIONAL / "examples" / "ledgers"
_WORDS: Final = "ledgers"
"""The folder of an example county with what its entries say, a file a ledger."""
_STORIES: Final = "stories.yaml"
"""In it: entries whose days are fixed, each of them told to its end."""
_DEEDS: Final = "deeds.yaml"
"""In it: entries of fixed days too, for what a year's report tells: honours, trainings, prizes."""
_MORE: Final = "more.yaml"
"""And entries for what the hand-made histories never come to."""
_WORDS_OF_REPORTS: Final = "statements.yaml"
"""And what entries say that reports tell of, by their producer."""
_IN_THE_YEAR: Final = (20, 32, 46)
"""In which weeks of the example's own period the entries of a round come to their end …"""
_AGO: Final = (timedelta(weeks=6), timedelta(days=9), timedelta(days=-4))
"""… and those of later rounds, before the day on which the example is made; the last do not come
to their end yet, so that something is due and something overdue whenever that is."""
_FILES: Final = 3
_COLOURS: Final = (b"\xc8\x50\x50", b"\x50\xa0\x64", b"\x50\x64\xc8")


class Made(Record):
    """What was made."""

    entries: int
    lines: int
    refused: tuple[str, ...] = ()
    """What a card's rules did not let pass; a test holds that there is nothing."""


class ExampleYear(Record):
    """Makes entries for one example county."""

    ground: Ground
    room: Room
    folder: Path
    """The example's own folder."""
    begin: date
    """The first day of the period that the example is about."""
    now: datetime

    def __call__(self, ledgers: Sequence[str] = ()) -> Made:
        """Make a handful of entries in some ledgers, or, where none is named, a year's in all."""
        shelf, today = self.ground.shelf, day_of(self.now)
        turns = self._turns(today)[: 1 if ledgers else None]
        evidence = self._evidence()
        entries, lines, refused = 0, 0, list[str]()
        with writing(), many_lines():
            for name in ledgers or shelf.ledgers:
                path = _HISTORIES / f"{name}.yaml"
                # A county's own ledger has no example.
                if not path.is_file():
                    continue
                ledger = shelf.ledgers[name]
                walks = self._walks(ledger, turns, today, evidence)
                refused += [f"{name}: {one.refused}" for one in walks if one.refused]
                kept = _Keeping(self.ground, ledger, self.room, self.now)
                kept(sorted((one for one in walks if one.people), key=begins), today)
                entries, lines = entries + kept.entries, lines + kept.lines
        return Made(entries, lines, tuple(refused))

    def _walks(
        self, ledger: Ledger, turns: Sequence[Turn], today: date, evidence: Files
    ) -> list[Walk]:
        ground = self.ground
        words = self.folder / _WORDS / f"{ledger.ledger}.yaml"
        said = read_examples(words) if words.is_file() else {}
        filling = Filling(ledger, ground.shelf.codes, ground.register, today)
        moving = Moving(ledger, ground.authority, filling)
        variants, stages = said.get("variants", ()), said.get("stages", {})
        walker = Walker(ground, ledger, moving, today, evidence, variants, stages)
        example: list[Said] = read_examples(_HISTORIES / f"{ledger.ledger}.yaml")["entries"]
        walks = [one for turn in turns for one in walker.walks(example, turn)]
        if len(turns) > 1:
            schools = {
                one.code: (one, attributes_of(one, today)) for one in ground.register.schools(today)
            }
            clocks = Clocks(ledger, self.room.days)
            back = int(said.get("periods", 1))
            walks += Rounds(ledger, clocks, walker, turns[0], schools, today, back).walks(example)
            every = ground.register.schools(today)
            walks += Standing(walker, turns[0], every).walks(said.get("everywhere", ()))
        # What these tell hangs together across ledgers and schools, on days of its own.
        stories = (self._told(file).get(ledger.ledger, ()) for file in (_STORIES, _DEEDS))
        for one in chain.from_iterable(stories):
            place = ground.register[str(one["place"])]
            turn = replace(turns[0], places={**turns[0].places, place.code: place})
            found = walker.walk({**one, "place": place.code}, turn, timedelta(0), {})
            if found is not None:
                walks.append(found)
        if len(turns) > 1:
            counter = Counter(ledger, self.room.days, self.room.attributes(today))
            own = [one for one in ground.register.schools(today) if one.history]
            more = [*self._told(_MORE).get(ledger.ledger, ()), *example]
            asked = told_by_reports(ground.shelf, ledger, self._told(_WORDS_OF_REPORTS))
            completing = Completing(ledger, counter, walker, turns, own, today, asked)
            walks += completing.walks(more, walks)
        return walks

    def _told(self, file: str) -> Mapping[str, Sequence[Said]]:
        path = self.folder / _WORDS / file
        return read_examples(path) if path.is_file() else {}

    def _turns(self, today: date) -> list[Turn]:
        register = self.ground.register
        schools = register.schools(self.begin)
        township = next(one for one in register if one.level == "township")
        others = {"county": register.county, "town": township}
        days = [self.begin + timedelta(weeks=weeks) for weeks in _IN_THE_YEAR]
        days += [today - ago for ago in _AGO]
        return [
            Turn(
                number=number,
                of=len(days),
                last=day,
                places=places_of(schools, others, number),
                code=register.county.code,
            )
            for number, day in enumerate(days)
        ]

    def _evidence(self) -> Files:
        """Keep a few pictures that stand for photos and documents."""
        with TemporaryDirectory() as scratch:
            paths = [Path(scratch) / f"凭据{at + 1}（虚构）.png" for at in range(_FILES)]
            for path, colour in zip(paths, _COLOURS, strict=True):
                path.write_bytes(_picture(colour))
            return keep_files(self.room, paths, self.now)


class _Keeping:
    """Keeps the entries of one ledger."""

    def __init__(self, ground: Ground, ledger: Ledger, room: Room, now: datetime) -> None:
        self.entries = self.lines = 0
        self._ground, self._ledger, self._now = ground, ledger, now
        self._clocks = Clocks(ledger, room.days)
        self._serials: Numbers[int] = Numbers()
        self._alike: set[tuple[str, str]] = set()

    def __call__(self, walks: Sequence[Walk], today: date) -> None:
        """Keep entries, in the order in which they were registered."""
        rows, lines = Rows(LedgerEntry), list[EntryLine]()
        once: list[EntryOnce] = []
        clocks: list[EntryClock] = []
        for walk in walks:
            alike = self._alike_of(walk)
            # Two examples may speak of one thing: the second is not registered.
            if self._alike & set(alike) or long_over(self._clocks, walk, today):
                continue
            runs = self._clocks.runs(walk.entry)
            self._alike |= set(alike)
            row = rows.add(self._row(walk))
            for line, actor in zip(self._lines(row, walk), walk.people, strict=True):
                lines.append(line)
                Doing(self._ground, self._ledger, actor, self._now).tell(row, line)
            once += [
                EntryOnce(ledger=row.ledger, rule=rule, value=value, entry=row)
                for rule, value in alike
            ]
            clocks += [
                EntryClock(
                    entry=row,
                    clock=run.clock,
                    ledger=row.ledger,
                    place=row.place,
                    **columns_of(run),
                )
                for run in runs
            ]
            self.entries, self.lines = self.entries + 1, self.lines + len(walk.people)
        EntryLine.objects.bulk_create(lines)
        EntryOnce.objects.bulk_create(once)
        EntryClock.objects.bulk_create(clocks)

    def _row(self, walk: Walk) -> LedgerEntry:
        entry, year = walk.entry, walk.entry.recorded.year
        self._serials[year] += 1
        return LedgerEntry(
            ledger=entry.ledger,
            year=year,
            serial=self._serials[year],
            place=entry.place,
            **changes_of(self._ledger, entry),
        )

    def _lines(self, row: LedgerEntry, walk: Walk) -> Iterator[EntryLine]:
        for order, one in enumerate(walk.entry.history, 1):
            yield line_of(row, order, one, self._now)

    def _alike_of(self, walk: Walk) -> list[tuple[str, str]]:
        apart = kept_apart(self._ledger, walk.entry)
        return [(rule, digest_of(said)) for rule, said in apart.items()]


def example_year(workspace: Workspace, folder: Path, now: datetime) -> ExampleYear:
    """Prepare to fill the ledgers of an example county, whose files lie in a folder."""
    ground = open_ground(workspace)
    room = Room(ground, workspace.store / "cabinet")
    return ExampleYear(ground, room, folder, workspace.period(None).start, now)


def _picture(colour: bytes) -> bytes:
    """Give the smallest picture of one colour."""
    wide = high = 8
    rows = (b"\0" + colour * wide) * high
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
