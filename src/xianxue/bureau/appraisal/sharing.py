"""Who might assess whom: so many assessors for each place, none whom something binds, evenly.

It is a suggestion; somebody assigns. Nobody who binds themselves less is worked harder than need
be: as long as work could be passed on, along any chain of assessors, to somebody who has two
places less, it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.appraisal.conflicts import Ties, conflict
from xianxue.bureau.kinds.appraisal.rubric import Conflicts
from xianxue.bureau.values.record import Record

_WORTH: Final = 2
"""Work is passed on to whoever has so many places less: one less would only change the names."""


class Shared(Record, kw_only=True):
    """What is suggested."""

    places: Mapping[str, tuple[str, ...]]
    """Assessor to the places that are new to them, in the order of the places."""
    short: Mapping[str, int]
    """Place to how many assessors it lacks, since all others are bound."""


def shared(  # noqa: PLR0913, PLR0917 - whom, by whom, how many, by which rules, on which day
    places: Sequence[str],
    assessors: Mapping[str, Ties],
    needed: int,
    rules: Conflicts,
    on: date,
    already: Mapping[str, Sequence[str]] | None = None,
) -> Shared:
    """Share places out. ``already``: assessor to the places they have; these are not touched.

    >>> free = Ties()
    >>> bound = Ties(own=frozenset({"a"}))
    >>> told = shared(["a", "b"], {"甲": free, "乙": bound}, 1, Conflicts(), date(2026, 9, 1))
    >>> dict(told.places)
    {'甲': ('a',), '乙': ('b',)}
    """
    held = {name: set((already or {}).get(name, ())) for name in assessors}
    able = {
        place: [
            name
            for name, ties in assessors.items()
            if place not in held[name] and conflict(ties, place, rules, on) is None
        ]
        for place in places
    }
    new: dict[str, set[str]] = {name: set() for name in assessors}
    short: dict[str, int] = {}
    # Where few may go, they go first: others have a choice.
    for place in sorted(places, key=lambda one: len(able[one])):
        lacking = needed - sum(place in ones for ones in held.values())
        for _ in range(max(lacking, 0)):
            free = [name for name in able[place] if place not in new[name]]
            if not free:
                short[place] = lacking - sum(place in ones for ones in new.values())
                break
            least = min(free, key=lambda name: len(held[name]) + len(new[name]))
            new[least].add(place)
    _evened(able, held, new)
    return Shared(
        places={name: tuple(one for one in places if one in ones) for name, ones in new.items()},
        short={place: short[place] for place in places if place in short},
    )


def _evened(
    able: Mapping[str, Sequence[str]], held: Mapping[str, set[str]], new: Mapping[str, set[str]]
) -> None:
    """Pass work on until nobody can be relieved by somebody who has two places less."""

    def load(name: str) -> int:
        return len(held[name]) + len(new[name])

    passed = True
    while passed:
        passed = any(
            _passed_on(name, able, new, load(name) - _WORTH, held)
            for name in sorted(new, key=load, reverse=True)
        )


def _passed_on(
    name: str,
    able: Mapping[str, Sequence[str]],
    new: Mapping[str, set[str]],
    most: int,
    held: Mapping[str, set[str]],
) -> bool:
    """Pass one place on from somebody along the shortest chain to one with ``most`` at most."""
    came: dict[str, tuple[str, str]] = {}
    waiting = deque([name])
    while waiting:
        giver = waiting.popleft()
        for place in sorted(new[giver]):
            for taker in able[place]:
                if taker == name or taker in came or place in new[taker]:
                    continue
                came[taker] = (giver, place)
                if len(held[taker]) + len(new[taker]) <= most:
                    _along(taker, name, came, new)
                    return True
                waiting.append(taker)
    return False


def _along(
    taker: str, first: str, came: Mapping[str, tuple[str, str]], new: Mapping[str, set[str]]
) -> None:
    while taker != first:
        giver, place = came[taker]
        new[giver].remove(place)
        new[taker].add(place)
        taker = giver
