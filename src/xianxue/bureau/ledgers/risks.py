"""Risk lists: entries weighed by the card's reasons, each reason shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.count import Level, Risk, Weight
from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record


class AtRisk(Record, kw_only=True):
    """One entry on a risk list."""

    entry: Entry
    points: int
    level: Level
    reasons: tuple[Weight, ...]


def at_risk(card: Risk, entries: Iterable[tuple[Entry, Facts]]) -> list[AtRisk]:
    """Give the entries that reach a level, the most points first, then by place and number."""
    found = list(_weighed(card, entries))
    return sorted(found, key=lambda one: (-one.points, one.entry.place, one.entry.number))


def _weighed(card: Risk, entries: Iterable[tuple[Entry, Facts]]) -> Iterator[AtRisk]:
    levels = sorted(card.levels, key=lambda level: -level.at_least)
    for entry, facts in entries:
        reasons = tuple(weight for weight in card.weights if matches(weight.when, facts))
        points = sum(weight.points for weight in reasons)
        level = next((level for level in levels if points >= level.at_least), None)
        if level is not None:
            yield AtRisk(entry=entry, points=points, level=level, reasons=reasons)
