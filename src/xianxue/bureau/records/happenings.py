"""What a ledger counts in a period, entry by entry, as documents speak of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record


class Happening(Record):
    """One entry that is counted."""

    entry: Entry
    facts: Mapping[str, int | str]
    """Its fields, and what is worked out of its history: ``state``, ``done`` …"""
    adds: int | str | None
    """What it adds to the count: 1, an amount in smallest steps, or what is told apart; None where
    that was not filled in."""


Happenings = Callable[[str], tuple[Happening, ...]]
"""Gives what ``ledger.count`` counts in the period."""


def nothing_happened(_count: str) -> tuple[Happening, ...]:
    """Give none."""
    return ()
