"""Where a place went: the chain of mergers, new codes and divisions between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from xianxue.bureau.places.dated import Link
from xianxue.bureau.places.events import Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.record import Record


class Reached(Record):
    """Where what a place was on the first day is found on the last."""

    codes: tuple[str, ...]
    """In order; several where it was divided on the way."""
    since: date | None
    """The day of the first step; None for a place that stayed what it was."""
    divided: date | None
    """The day on which it was divided first; None where all of it is under one code in the end."""

    @property
    def whole(self) -> bool:
        """Whether all of it is under one code."""
        return self.divided is None


class Ways(Record, dict=True):
    """The ways of all places from one day to another; steps of the first day are past."""

    places: Mapping[str, Place]
    start: date
    end: date

    def of(self, code: str) -> Reached:
        """Follow what a place was on the first day, along all its steps."""
        steps = self._links.get(code, ())
        walk = _Walk(self, code)
        walk.go(code, None)
        return Reached(
            codes=tuple(sorted(walk.found)),
            since=steps[0].day if steps else None,
            divided=min(walk.divided) if len(walk.found) > 1 else None,
        )

    @cached_property
    def _links(self) -> dict[str, tuple[Link, ...]]:
        found = {
            code: tuple(sorted(each for each in place.successors if self._is_between(each.day)))
            for code, place in self.places.items()
        }
        return {code: links for code, links in found.items() if links}

    def _is_between(self, day: date) -> bool:
        return self.start < day <= self.end

    def step(self, code: str, arrived: tuple[date, bool] | None) -> list[Link]:
        """Give the links of the next day on which a place changes.

        Who came from elsewhere also takes part in what happens there on the same day, for what is
        merged into a place comes before that place is merged in its turn; who stayed does not go
        twice.
        """
        ahead = [link for link in self._links.get(code, ()) if _is_ahead(link, arrived)]
        return [link for link in ahead if link.day == ahead[0].day]

    def holds(self, code: str, other: str) -> bool:
        """Whether another place had been merged into a place by the first day."""
        place = self.places[other]
        if place.open_on(self.start):
            return False
        ends = [first - timedelta(days=1) for first, _ in place.gaps]
        ends += [place.closed] if place.closed is not None else []
        past = [day for day in ends if day < self.start]
        if not past:
            return False
        return code in Ways(self.places, max(past), self.start).of(other).codes


class _Walk:
    """One place's way, and what was found on it."""

    def __init__(self, ways: Ways, origin: str) -> None:
        self.ways = ways
        self.origin = origin
        self.found: set[str] = set()
        self.divided: list[date] = []
        self._seen: set[tuple[str, tuple[date, bool] | None]] = set()

    def go(self, code: str, arrived: tuple[date, bool] | None) -> None:
        """Go on from a code at which it arrived on a day, from elsewhere or by staying."""
        # Ways may meet again (divided, then merged): each is followed once.
        if (code, arrived) in self._seen:
            return
        self._seen.add((code, arrived))
        step = self.ways.step(code, arrived)
        mine = list(self._mine(step, code))
        if not step:
            self.found.add(code)
        # Only if they end under several codes is it divided in the end (``Ways.of``).
        if len(mine) > 1:
            self.divided.append(step[0].day)
        for link in mine:
            self.go(link.code, (link.day, link.code == code))

    def _mine(self, step: list[Link], code: str) -> Iterator[Link]:
        """Leave out restored schools that were never part of this one.

        A school that was merged and is restored takes with it what it brought, no more.
        """
        home = [link for link in step if link.event == Kind.RESTORED and link.code == self.origin]
        if home and self.origin != code:
            yield home[0]
            return
        for link in step:
            left = link.event == Kind.RESTORED and link.code != code
            if not left or self.ways.holds(self.origin, link.code):
                yield link


def _is_ahead(link: Link, arrived: tuple[date, bool] | None) -> bool:
    if arrived is None:
        return True
    day, stayed = arrived
    return link.day > day if stayed else link.day >= day
