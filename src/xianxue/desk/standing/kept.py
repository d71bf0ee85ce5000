"""Answers kept with the version of what they were made from: made once, however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Final, Generic, TypeVar

V = TypeVar("V")

TRIES: Final = 3
"""How often an answer is made anew because what it rests on has changed meanwhile. Somebody who
changes it without pause must not keep those who read from their answer."""


@dataclass
class Place(Generic[V]):
    """One answer: who makes it holds the lock, the others wait for it."""

    lock: RLock = field(default_factory=RLock)
    held: V | None = None


class Places(Generic[V]):
    """Answers by name. The least recently asked one goes when there are too many."""

    def __init__(self, most: int) -> None:
        """Take how many answers are kept at the most."""
        self._most = most
        self._places: OrderedDict[Hashable, Place[V]] = OrderedDict()
        self._lock = Lock()

    def forget(self) -> None:
        """Forget all answers; who is making one gives it, and it is not kept."""
        with self._lock:
            self._places.clear()

    def place(self, name: Hashable) -> Place[V]:
        """Give the place of an answer, empty where there is none."""
        with self._lock:
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = Place()
            self._places.move_to_end(name)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place

    def held(self, name: Hashable) -> V | None:
        """Give what stands in the place of an answer; nobody is waited for."""
        with self._lock:
            place = self._places.get(name)
        return place.held if place is not None else None

    def __len__(self) -> int:
        """Count the answers that are kept, or being made."""
        return len(self._places)


class Kept(Places[tuple[Hashable, V]]):
    """Answers each kept with a version that whoever asks for it names."""

    def get(
        self,
        name: Hashable,
        version: Callable[[], Hashable],
        make: Callable[[tuple[Hashable, V] | None], V],
    ) -> V:
        """Give the answer of a name as of now.

        ``version`` says what it would be made from now: it is asked before and after the making,
        so that nothing is kept under a version that it was not made from. ``make`` is handed what
        was kept before, with its version, to go on from. What it raises is raised to everybody
        who asks, and nothing is kept.
        """
        place = self.place(name)
        held = place.held
        if held is not None and held[0] == version():
            return held[1]
        with place.lock:
            # Asked again: whoever had the lock may have made what is wanted, or it has changed.
            now = version()
            tries = 0
            while True:
                tries += 1
                held = place.held
                if held is not None and held[0] == now:
                    return held[1]
                made = make(held)
                before, now = now, version()
                if before == now:
                    place.held = (now, made)
                if before == now or tries == TRIES:
                    return made

    def peek(self, name: Hashable, version: Callable[[], Hashable]) -> V | None:
        """Give the answer of a name if it is kept as of now; nothing is made, nobody waited for."""
        held = self.held(name)
        return held[1] if held is not None and held[0] == version() else None
