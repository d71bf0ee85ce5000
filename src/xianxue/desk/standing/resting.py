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
from typing import Any, Final, TypeVar, cast

from xianxue.desk.database.moved import read_by
from xianxue.desk.standing.kept import TRIES, Places

V = TypeVar("V")

Moves = Mapping[str, int]
"""Table to how often it has moved, and under ``ELSEWHERE`` how often anything may have."""
ELSEWHERE: Final = ""
"""Moves when somebody past this process has written anything."""
_TORN: Final = -1
"""No table has moved so often: what was read twice in two states does not stand."""

_Asked = tuple[Callable[[], object], object]
"""Asks for something once more, and what it said."""

_trace: ContextVar[_Trace | None] = ContextVar("trace", default=None)


class _Trace:
    """What an answer that is being made has asked for so far."""

    def __init__(self, moves: Moves) -> None:
        """Begin: what is read from now on is at least of these moves."""
        self._moves = moves
        self.tables: dict[str, int] = {}
        self.others: dict[Hashable, _Asked] = {}
        self.parts: dict[Hashable, _Asked] = {}

    def read(self, tables: frozenset[str]) -> None:
        for table in (*tables, ELSEWHERE):
            self.tables.setdefault(table, self._moves.get(table, 0))

    def take(self, rests: Rests) -> None:
        """Rest on what another answer rests on."""
        for table, many in rests.tables.items():
            if self.tables.setdefault(table, many) != many:
                self.tables[table] = _TORN
        for name, asked in rests.others.items():
            self.others.setdefault(name, asked)
        for name, asked in rests.parts.items():
            self.parts.setdefault(name, asked)


@dataclass(frozen=True)
class Rests:
    """What an answer was made from."""

    tables: Moves
    others: Mapping[Hashable, _Asked]
    parts: Mapping[Hashable, _Asked]

    def stand(self, moves: Moves) -> bool:
        """Whether all of it is still the same; the parts last, for they may have to be made."""
        # What has been made since this moment was looked at is no older than it.
        if any(moves.get(table, 0) > many for table, many in self.tables.items()):
            return False
        with apart():
            asked = (*self.others.values(), *self.parts.values())
            return all(_same(ask(), said) for ask, said in asked)


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
        trace.others.setdefault(name, (ask, said))
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

        def ask() -> V:
            with apart():
                return self._get(name, make)[1]

        found, trace = ask(), _trace.get()
        if trace is not None:
            trace.parts.setdefault((id(self), name), (ask, found))
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
        return cast("tuple[Rests, V]", (Rests(trace.tables, trace.others, trace.parts), made))
