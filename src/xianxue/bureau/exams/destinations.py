"""升学去向: admissions counted by dated lists of institutions, beside how they were filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xianxue.bureau.exams.reading.tabs import bare
from xianxue.bureau.kinds.exams.institutions import Institutions
from xianxue.bureau.values.record import Record


class Admitted(Record, kw_only=True):
    """So many pupils admitted by one institution."""

    entry: str
    institution: str
    sort: str
    """How it was filed."""
    on: date
    pupils: int
    confirmed: bool = True
    """What nobody has confirmed yet is in no class."""


class InClass(Record, kw_only=True):
    """One list, and who was admitted by those in it on the day that counts."""

    listed: Institutions
    pupils: int
    entries: int


class Destinations(Record, kw_only=True):
    """Admissions by class of institution."""

    classes: Sequence[InClass]
    pupils: int
    unlisted: int
    """Pupils at institutions in no list: of none of these classes."""
    odd: Sequence[Admitted]
    """Filed otherwise than the lists of that day have the institution."""
    waiting: Sequence[Admitted]
    """Not confirmed yet, and counted nowhere."""


def destinations(lists: Mapping[str, Institutions], admitted: Iterable[Admitted]) -> Destinations:
    """Count admissions by the lists that held on the day of each."""
    names = {key: {bare(name) for name in one.names} for key, one in lists.items()}
    claimed = {sort for one in lists.values() for sort in one.sorts}
    pupils, entries = dict.fromkeys(lists, 0), dict.fromkeys(lists, 0)
    whole = unlisted = 0
    odd: list[Admitted] = []
    waiting: list[Admitted] = []
    for one in admitted:
        if not one.confirmed:
            waiting.append(one)
            continue
        mine = [
            key
            for key, listed in lists.items()
            if listed.holds(one.on) and bare(one.institution) in names[key]
        ]
        whole += one.pupils
        unlisted += 0 if mine else one.pupils
        for key in mine:
            pupils[key] += one.pupils
            entries[key] += 1
        allowed = {sort for key in mine for sort in lists[key].sorts}
        if (one.sort not in allowed) if mine else (one.sort in claimed):
            odd.append(one)
    return Destinations(
        classes=[
            InClass(listed=one, pupils=pupils[key], entries=entries[key])
            for key, one in lists.items()
        ],
        pupils=whole,
        unlisted=unlisted,
        odd=odd,
        waiting=waiting,
    )
