"""Which entries are named: those first by the rule on the card, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xianxue.bureau.kinds.outlines.deeds import Deed, Order
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.report.context import Choice, Group
from xianxue.bureau.report.text import Runs, plain

Standing = tuple[tuple[int, int], ...]
"""Where an entry stands by each reason; the smaller comes first."""


def standing(order: Sequence[Order], facts: Mapping[str, int | str]) -> Standing:
    """Say where an entry stands; what lacks a field comes behind all that have it.

    >>> from xianxue.bureau.kinds.outlines.deeds import Order
    >>> by = [Order(by="level", ranks=["province", "city"]), Order(by="persons")]
    >>> city = standing(by, {"level": "city", "persons": 30})
    >>> city < standing(by, {"level": "city", "persons": 4})
    True
    >>> city < standing(by, {"level": "city"}), city < standing(by, {"level": "province"})
    (True, False)
    """
    return tuple(_place(one, facts.get(one.by)) for one in order)


def _place(order: Order, fact: int | str | None) -> tuple[int, int]:
    if fact is None:
        return (1, 0)
    if order.ranks:
        known = str(fact) in order.ranks
        return (0, order.ranks.index(str(fact)) if known else len(order.ranks))
    # The larger and the later come first.
    size = fact if isinstance(fact, int) else date.fromisoformat(fact).toordinal()
    return (0, -size)


def choose(deed: Deed, said: Iterable[tuple[Happening, Runs | None]]) -> Choice:
    """Choose which entries are named; ``said``: each with its words, None where it has none."""
    words: dict[str, Runs] = {}
    groups: dict[str, list[Happening]] = {}
    unsayable = 0
    for happening, runs in said:
        if runs is None:
            unsayable += 1
            continue
        words.setdefault(plain(runs), runs)
        groups.setdefault(plain(runs), []).append(happening)
    made: list[tuple[tuple[Standing, str], Group]] = []
    for text, entries in groups.items():
        first = min((standing(deed.order, one.facts), one.entry.number) for one in entries)
        made.append((first, Group(words[text], tuple(entries))))
    ordered = [group for _, group in sorted(made, key=lambda one: one[0])]
    return Choice(deed, tuple(ordered[: deed.first]), tuple(ordered[deed.first :]), unsayable)
