"""Which tab holds which sheet: by its name, else by what its headers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xianxue.bureau.returns.reading.across_rearranged import find_head
from xianxue.bureau.returns.reading.down_rearranged import find_items
from xianxue.bureau.returns.reading.schema import Plan
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import plain
from xianxue.bureau.values.record import Record


class Likeness(Record, order=True):
    """How much of a sheet's plan was found in a tab."""

    hits: int
    """Fields found."""
    # Ordered after the hits: of two sheets that show as much, the one that lacks less.
    missing: int
    """Fields not found, counted downwards from 0."""

    def __bool__(self) -> bool:
        return self.hits > 0


NONE = Likeness(0, 0)


def shown_fields(grid: Grid, plan: Plan) -> frozenset[str]:
    """Give the fields whose headers or items a tab shows."""
    found = frozenset[str]()
    if plan.laid.down:
        found = frozenset(find_items(grid, plan)[1].fields)
    if not plan.laid.down or plan.laid.layout == "record":
        across = frozenset(find_head(grid, plan)[1].fields)
        found = max(found, across, key=len)
    return found


def likeness(grid: Grid, plan: Plan) -> Likeness:
    """Say how much of a plan a tab's headers or items show."""
    hits = len(shown_fields(grid, plan))
    return Likeness(hits, hits - len(plan.columns)) if hits else NONE


def match_tabs(
    tabs: Sequence[str], grids: Mapping[str, Grid], plans: Iterable[Plan]
) -> dict[str, str]:
    """Give each sheet its tab: the one that is called so, else the one that is most like it."""
    where: dict[str, str] = {}
    # Backwards, so that of two tabs that differ only in spaces the first one stays.
    left = {plain(tab): tab for tab in reversed(tabs)}
    missing: list[Plan] = []
    for plan in plans:
        tab = left.pop(plain(plan.laid.tab), None)
        if tab is None:
            missing.append(plan)
        else:
            where[plan.laid.name] = tab
    # Names come before likeness for all sheets: a sheet found by name is not given away.
    free = [tab for tab in tabs if tab in left.values()]
    _match_by_likeness(free, grids, missing, where)
    return where


def _match_by_likeness(
    free: list[str], grids: Mapping[str, Grid], missing: Iterable[Plan], where: dict[str, str]
) -> None:
    pairs = [
        (found, -order, tab, plan.laid.name)
        for order, plan in enumerate(missing)
        for tab in free
        if (found := likeness(grids[tab], plan))
    ]
    # The surest pair first, then in the form's order: so the result does not depend on the order of
    # tabs.
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    for _, _, tab, name in pairs:
        if name not in where and tab in free:
            where[name] = tab
            free.remove(tab)
