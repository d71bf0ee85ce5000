"""The due list for a terminal: what many places owe alike is one line, as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xianxue.bureau.values.sentence import Sentence, joined, say

if TYPE_CHECKING:
    from xianxue.desk.ledgers.due import Due
    from xianxue.desk.ledgers.room import Room

_NAMED = 3
"""So many places are named; of more the number is said, too."""


def folded(found: Iterable[Due]) -> Iterator[list[Due]]:
    """Put together what is owed alike; an entry stands alone. The order stays."""
    groups: dict[tuple[object, ...], list[Due]] = {}
    for one in found:
        alone = (one.entry, one.place, one.what) if one.entry else ()
        key = (one.ledger, one.due, one.lamp, one.what, str(one.title), *alone)
        groups.setdefault(key, []).append(one)
    yield from groups.values()


def places_of(room: Room, many: list[Due]) -> Sentence | str:
    """Name the places of a line: all where they are few, else the first and how many there are."""
    names = [room.ground.name(one.place) for one in many]
    if len(names) <= _NAMED:
        return joined("、", names)
    return say("{names} 等 {n} 个单位", names=joined("、", names[:_NAMED]), n=len(names))
