"""Figures that are made when somebody first asks for their indicator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext

from xianxue.bureau.records.figure import Figure

Make = Callable[[Collection[str] | None], Mapping[str, Figure]]
"""Makes the figures of some indicators, by key; None makes all there are."""


class Figured(Mapping[str, Figure]):
    """All figures of a period by key, of which only those are made that are asked for.

    A standard asks for a dozen of a hundred and more indicators. What is asked for together is
    counted together: ``ask`` first, then look up. Going through all figures makes all of them.
    """

    def __init__(self, make: Make, turn: AbstractContextManager[object] | None = None) -> None:
        """Take what makes figures; it gives the same for the same indicators each time.

        ``turn`` is held by who makes them, where several may ask at the same moment: one counts,
        the others wait for what it counts. Who holds it may take it once more.
        """
        self._make = make
        self._made: dict[str, Figure] = {}
        self._asked: set[str] = set()
        self._whole = False
        self._turn: AbstractContextManager[object] = turn if turn is not None else nullcontext()

    def ask(self, indicators: Iterable[str]) -> None:
        """Make the figures of some indicators together, as far as they are not made yet."""
        wanted = dict.fromkeys(indicators)
        if self._whole or all(name in self._asked for name in wanted):
            return
        with self._turn:
            # Asked again: whoever had the turn may have made them.
            new = [name for name in wanted if name not in self._asked]
            if new and not self._whole:
                self._made.update(self._make(new))
                self._asked.update(new)

    def __getitem__(self, key: str) -> Figure:
        """Give a figure; KeyError where there is none, or no such indicator."""
        self.ask([key.partition("/")[0]])
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """Go through all keys, in the order of the indicators, then of the register."""
        return iter(self._all())

    def __len__(self) -> int:
        """Count all figures there are."""
        return len(self._all())

    def _all(self) -> Mapping[str, Figure]:
        if not self._whole:
            with self._turn:
                if not self._whole:
                    # Made anew as a whole, so that the order is that of the cards whatever was
                    # asked first.
                    self._made = dict(self._make(None))
                    self._whole = True
        return self._made
