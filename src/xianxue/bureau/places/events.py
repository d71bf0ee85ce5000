"""Dated events in the lives of places: what happened, from which day on, and by which document.

The day of an event is the first day of the new state: a school closed on 1 September lived to
31 August. An event says what happened to ``codes``; what came of them stands in ``into``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Kind(StrEnum):
    """The kinds of events, in the order in which those of one day take place.

    What begins comes first and what ends comes last, so that a merger or a split can name a school
    that is opened or restored on the same day.
    """

    OPENED = "opened"
    RESTORED = "restored"
    """A place that was closed lives again under its old code."""
    RENAMED = "renamed"
    MOVED = "moved"
    """It belongs to another township."""
    RETYPED = "retyped"
    """Another 办学类型, sponsor, 城乡分类 or boarding; another 学校类别 gives another code."""
    RECODED = "recoded"
    """The same place under another code."""
    MERGED = "merged"
    """A+B→A (B went into A), or A+B→C (both went into a new school)."""
    SPLIT = "split"
    """A→A+B, or A→B+C."""
    CLOSED = "closed"

    @property
    def term(self) -> Sentence:
        """Its word.

        >>> Kind.MERGED.term
        '合并'
        """
        return _TERMS[self]


_TERMS: Final = {
    Kind.OPENED: say("开办"),
    Kind.RESTORED: say("恢复"),
    Kind.RENAMED: say("更名"),
    Kind.MOVED: say("改属乡镇"),
    Kind.RETYPED: say("变更类型"),
    Kind.RECODED: say("换发代码"),
    Kind.MERGED: say("合并"),
    Kind.SPLIT: say("分设"),
    Kind.CLOSED: say("撤销"),
}


class Becomes(Record, kw_only=True):
    """What a school becomes; what is empty or None stays as it was."""

    school_type: str = ""
    stages: tuple[Stage, ...] = ()
    """Those of the new type and of attached classes; they count only where a type is given."""
    sponsor: str = ""
    urban_rural: str = ""
    boarding: bool | None = None


class Event(Record, kw_only=True):
    """One thing that happened to a place, or to several that were merged."""

    day: date
    """The first day of the new state."""
    kind: Kind
    codes: tuple[str, ...]
    """Whom it happened to; for a merger those that ceased by it."""
    into: tuple[str, ...] = ()
    """What came of them: for a split all parts, with the old code among them if it lives on."""
    name: str = ""
    """The name of a new place, or the new name of an old one."""
    parent: str = ""
    """The code of the township or county it belongs to from then on."""
    change: Becomes | None = None
    reason: str = ""
    document: str = ""
    """批文: title and number of the document that ordered it."""
    by: str = ""
    """Who entered it."""
    line: int = 0
    """Where it was entered, so that a complaint can say so."""

    @property
    def gives_code(self) -> bool:
        """Whether the place goes on under another code."""
        return self.kind is Kind.RECODED or (self.kind is Kind.RETYPED and bool(self.into))

    @property
    def ceasing(self) -> frozenset[str]:
        """The codes that are no longer alive after it."""
        if self.kind in {Kind.MERGED, Kind.SPLIT, Kind.CLOSED} or self.gives_code:
            return frozenset(self.codes) - frozenset(self.into)
        return frozenset()


class Fault(Record, kw_only=True):
    """An event that cannot have happened; it is passed over, with all that it would change."""

    line: int
    code: str
    """The place it speaks of."""
    saw: str
    required: str
    do: str = ""


def in_order(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Give events in the order in which they take place, and those that have none.

    By day; on one day by kind. Mergers, splits and new codes of one day are one step: a school
    that is merged into another comes before that one is merged in its turn. Events of one day that
    lead into each other in a circle come back as the second list. The order in which events were
    entered counts nowhere but between two that are alike in every part.
    """
    ordered: list[Event] = []
    circular: list[Event] = []
    for (_, rank), group in groupby(sorted(events, key=_key), lambda event: _key(event)[:2]):
        if rank == _STRUCTURAL:
            chained, rest = _chained(list(group))
            ordered += chained
            circular += rest
        else:
            ordered += group
    return ordered, circular


_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}
_STRUCTURAL: Final = _ORDER[Kind.MERGED]


def _key(event: Event) -> tuple[date, int, tuple[str, ...], tuple[str, ...], str, str, int]:
    # One rank for all that hands places on: by kind alone, B merged into A on the day on which A
    # gets another code would look for an A that has ended.
    structural = event.kind is Kind.SPLIT or event.gives_code
    rank = _STRUCTURAL if structural else _ORDER[event.kind]
    return event.day, rank, event.codes, event.into, event.name, event.parent, event.line


def _chained(events: list[Event]) -> tuple[list[Event], list[Event]]:
    """Put events by which a place ceases behind those by which it receives from others."""
    ordered: list[Event] = []
    while events:
        receiving = Counter(code for event in events for code in set(event.into) - {*event.codes})
        waits = [any(receiving[code] for code in event.ceasing) for event in events]
        # Each waits for another: there is no first.
        if all(waits):
            break
        ordered += [event for event, wait in zip(events, waits, strict=True) if not wait]
        events = [event for event, wait in zip(events, waits, strict=True) if wait]
    return ordered, events
