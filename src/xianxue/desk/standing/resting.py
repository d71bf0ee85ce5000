"""Answers kept for as long as what they were made from stands, as far as it was seen being asked.

While an answer is made it is noted which tables the statements read, which files and which other
answers were asked for. A deed therefore ends those answers alone that rest on a table it changed;
an answer that has only asked for a part of another (``Answers.part``) stands for as long as that
part comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from xianxue.desk.database.moved import read_by
from xianxue.desk.standing.kept import TRIES, Places

V = TypeVar("V")

Moves = Mapping[str, int]
"""Table to how often it has moved, and under ``ELSEWHERE`` how often anything may have."""
ELSEWHERE: Final = ""
"""Moves when somebody past this process has written anything."""

_trace: ContextVar[_Trace | None] = ContextVar("trace", default=None)


class _Seen:
    """Which tables were read and what else was asked, each as it was when first seen."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tables: dict[str, int] = {}
        self.others: dict[Hashable, tuple[Callable[[], object], object]] = {}

    def take(self, seen: _Seen) -> None:
        """Add what something else has seen; of what was seen twice the older holds."""
        for table, many in seen.tables.items():
            self.tables[table] = min(many, self.tables.get(table, many))
        for name, asked in seen.others.items():
            self.others.setdefault(name, asked)

    def still(self, moves: Moves) -> bool:
        """Whether all of it is as it was seen."""
        # What has been made since this moment was looked at is no older than it.
        if any(moves.get(table, 0) > many for table, many in self.tables.items()):
            return False
        if not self.others:
            return True
        with apart():
            return all(_same(ask(), said) for ask, said in self.others.values())


@dataclass
class _Part:
    """A part of another answer that was asked for."""

    get: Callable[[], tuple[Rests, object]]
    said: object


@dataclass
class Rests:
    """What an answer was made from."""

    seen: _Seen
    parts: Mapping[Hashable, _Part]
    beneath: _Seen
    """What the parts were made from when they last came to the same: while that is as it was they
    need not be asked."""

    def stand(self, moves: Moves) -> bool:
        """Whether all of it is still the same; the parts last, for they may have to be made."""
        if not self.seen.still(moves):
            return False
        if self.beneath.still(moves):
            return True
        beneath = _Seen()
        with apart():
            for part in self.parts.values():
                rests, found = part.get()
                if not _same(found, part.said):
                    return False
                rests.lay(beneath)
        self.beneath = beneath
        return True

    def lay(self, beneath: _Seen) -> None:
        """Lay all that it was made from beneath something else."""
        beneath.take(self.seen)
        beneath.take(self.beneath)


class _Trace:
    """What an answer that is being made has asked for so far."""

    def __init__(self, moves: Moves) -> None:
        """Begin: what is read from now on is at least of these moves."""
        self._moves = moves
        self.rests = Rests(_Seen(), {}, _Seen())
        self.parts: dict[Hashable, _Part] = {}

    def read(self, tables: frozenset[str]) -> None:
        """Rest on tables."""
        for table in (*tables, ELSEWHERE):
            self.rests.seen.tables.setdefault(table, self._moves.get(table, 0))

    def take(self, rests: Rests) -> None:
        """Rest on what another answer rests on."""
        self.rests.seen.take(rests.seen)
        self.rests.beneath.take(rests.beneath)
        for name, part in rests.parts.items():
            self.parts.setdefault(name, part)

    def take_part(self, name: Hashable, part: _Part, rests: Rests) -> None:
        """Rest on what a part comes to."""
        self.parts.setdefault(name, part)
        rests.lay(self.rests.beneath)

    def whole(self) -> Rests:
        """Give all of it."""
        return Rests(self.rests.seen, self.parts, self.rests.beneath)


def _same(one: object, other: object) -> bool:
    return one is other or one == other


@contextmanager
def apart() -> Iterator[None]:
    """Ask for something whose asking is noted by itself: of no answer that is being made."""
    token = _trace.set(None)
    try:
        with read_by(None):
            yield
    finally:
        _trace.reset(token)


def noted(name: Hashable, ask: Callable[[], V], said: V) -> V:
    """Note for the answer that is being made what it has asked for, and what that said."""
    trace = _trace.get()
    if trace is not None:
        # What was said first is held against what is so later: another one does not stand.
        trace.rests.seen.others.setdefault(name, (ask, said))
    return said


class Answers(Places[tuple[Rests, Any]]):
    """Answers by name, each with what it rests on."""

    def __init__(self, most: int, moves: Callable[[], Moves]) -> None:
        """Take how many are kept at the most, and what says how often tables have moved."""
        super().__init__(most)
        self._moves_now = moves

    def get(self, name: Hashable, make: Callable[[], V]) -> V:
        """Give an answer as of now; whatever is being made rests on what it rests on."""
        rests, found = self._get(name, make)
        trace = _trace.get()
        if trace is not None:
            trace.take(rests)
        return found

    def part(self, name: Hashable, make: Callable[[], V]) -> V:
        """Give an answer as of now; whatever is being made rests on what it comes to alone.

        ``make`` asks everything anew: it is kept with what is made of it, and called again.
        """

        def get() -> tuple[Rests, V]:
            with apart():
                return self._get(name, make)

        (rests, found), trace = get(), _trace.get()
        if trace is not None:
            trace.take_part((id(self), name), _Part(get, found), rests)
        return found

    def _get(self, name: Hashable, make: Callable[[], V]) -> tuple[Rests, V]:
        place = self.place(name)
        held = place.held
        if held is not None and held[0].stand(self._moves_now()):
            return held
        with place.lock:
            tries = 0
            while True:
                tries += 1
                held = place.held
                # Asked again: whoever had the lock may have made what is wanted.
                if held is not None and held[0].stand(self._moves_now()):
                    return held
                if tries > TRIES:
                    break
                place.held = made = self._made(make)
            return made

    def _made(self, make: Callable[[], V]) -> tuple[Rests, V]:
        # Before anything is asked: what moves while it is made has moved since.
        trace = _Trace(self._moves_now())
        token = _trace.set(trace)
        try:
            with read_by(trace.read):
                made = make()
        finally:
            _trace.reset(token)
        return trace.whole(), made
