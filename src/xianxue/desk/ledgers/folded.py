"""The due list as it is printed: what presses, by office, and what many owe alike as one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xianxue.bureau.values.sentence import Sentence, joined, say

if TYPE_CHECKING:
    from xianxue.desk.ledgers.due import Due
    from xianxue.desk.ledgers.room import Room

SOON: Final = timedelta(days=7)
"""What is due within a week is printed with what is overdue; the rest where somebody asks."""
_NAMED: Final = 3
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


def pressing_of(found: Iterable[Due], on: date) -> list[Due]:
    """Keep what is overdue on a day, or due soon."""
    return [one for one in found if one.due <= on + SOON]


def by_office(room: Room, found: Iterable[Due]) -> dict[Sentence, list[Due]]:
    """Put lines together by the office that answers for their ledgers, as the catalogue has it."""
    groups: dict[Sentence, list[Due]] = {card.office: [] for card in room.ledgers.values()}
    for one in found:
        groups[room.ledgers[one.ledger].office].append(one)
    return {office: ones for office, ones in groups.items() if ones}


def heading(office: Sentence, ones: Iterable[Due], on: date) -> Sentence:
    """Say how much of an office's is overdue, and how much more of it is listed."""
    days = [one.due for one in ones]
    late = sum(day < on for day in days)
    return say(
        "{office}：逾期 {late} 件，未到期 {rest} 件",
        office=office,
        late=late,
        rest=len(days) - late,
    )
