"""What has been counted of one count, from rows and from histories together."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.values.record import Record, field

Told = int | str | None
"""What entries are told apart by; None where an entry says nothing of it."""


class Tally(Record, kw_only=True):
    """One count of one ledger."""

    count: Count
    value: int | None
    """In smallest steps of the unit; None where an amount that belongs to it is missing."""
    entries: int
    """How many entries stand behind it."""
    lacking: int = 0
    """Those whose amount is missing."""


class Sums(Record, dict=True):
    """What has been counted so far."""

    entries: int = 0
    total: int = 0
    lacking: int = 0
    told: frozenset[int | str] = field(default_factory=frozenset)


def added(
    found: Mapping[Told, Sums], count: Count, read: Mapping[Told, list[int | str | None]]
) -> dict[Told, Sums]:
    """Add what was read of entries to what was found."""
    done = dict(found)
    for key, amounts in read.items():
        before = done.get(key, Sums())
        known = [one for one in amounts if one is not None]
        done[key] = Sums(
            before.entries + len(amounts),
            before.total if count.distinct else before.total + sum(int(one) for one in known),
            before.lacking + len(amounts) - len(known),
            before.told | frozenset(known) if count.distinct else before.told,
        )
    return done


def tally_of(count: Count, one: Sums) -> Tally:
    """Make a tally of it."""
    value: int | None = one.total if count.sum else one.entries
    if count.distinct:
        value = len(one.told) or one.total
        return Tally(count=count, value=value, entries=one.entries)
    return Tally(
        count=count,
        value=None if one.lacking else value,
        entries=one.entries,
        lacking=one.lacking,
    )
