"""The dated changes of a place: its names, where it belongs, what it came from and became."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.places.events import Kind
from xianxue.bureau.values.record import Record


class Dated(Record):
    """A name, or the place something belongs to, from a day to the next change."""

    since: date | None
    """The first day it holds; None for what held from the beginning."""
    value: str


class Link(Record, order=True):
    """One place became another, or part of it, as a whole or divided."""

    day: date
    """The first day of the new state."""
    code: str
    """The place at the other end."""
    whole: bool
    """False where only a part went there, and nobody has counted how much."""
    event: Kind


def value_on(history: tuple[Dated, ...], on: date) -> str | None:
    """Give what held on a day, oldest first; None before the first and where there is none.

    >>> value_on((Dated(None, "甲小学"), Dated(date(2024, 9, 1), "乙小学")), date(2024, 8, 31))
    '甲小学'
    """
    for dated in reversed(history):
        if dated.since is None or dated.since <= on:
            return dated.value
    return None


def until(history: tuple[Dated, ...], on: date) -> tuple[Dated, ...]:
    """Leave out what came after a day; a history without any change left is empty."""
    kept = tuple(dated for dated in history if dated.since is None or dated.since <= on)
    # So the register of a day is the same whether or not a change came later: a name that has not
    # changed yet has no history.
    return kept if len(kept) > 1 else ()
