"""Answers kept with the version of what they were made from: made once, however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Final, Generic, TypeVar

V = TypeVar("V")

_TRIES: Final = 3
"""How often an answer is made anew because what it rests on has changed meanwhile. Somebody who
changes it without pause must not keep those who read from their answer."""


@dataclass
class _Place(Generic[V]):
    """One answer: who makes it holds the lock, the others wait for it."""

    lock: RLock = field(default_factory=RLock)
    held: tuple[Hashable, V] | None = None


class Kept(Generic[V]):
    """Answers by name. The least recently asked one goes when there are too many."""

    def __init__(self, most: int) -> None:
        """Take how many answers are kept at the most."""
        self._most = most
        self._places: OrderedDict[Hashable, _Place[V]] = OrderedDict()
        self._lock = Lock()

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
        place = self._place(name)
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
                if before == now or tries == _TRIES:
                    return made

    def peek(self, name: Hashable, version: Callable[[], Hashable]) -> V | None:
        """Give the answer of a name if it is kept as of now; nothing is made, nobody waited for."""
        with self._lock:
            place = self._places.get(name)
        held = place.held if place is not None else None
        return held[1] if held is not None and held[0] == version() else None

    def forget(self) -> None:
        """Forget all answers; who is making one gives it, and it is not kept."""
        with self._lock:
            self._places.clear()

    def _place(self, name: Hashable) -> _Place[V]:
        with self._lock:
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = _Place()
            self._places.move_to_end(name)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place

    def __len__(self) -> int:
        """Count the answers that are kept, or being made."""
        return len(self._places)
