"""The door: a question in, a layout out that keeps every rule exactly, with its bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil, inf
from typing import Final

from xianxue.bureau.plan.layout.model import Layout
from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.plan.solvers.highs import solve
from xianxue.bureau.plan.solvers.near import solve_near
from xianxue.bureau.plan.solvers.program import Answer, Patience, Status
from xianxue.bureau.values.record import Record

_SLACK: Final = 1e-6
"""By so great a share the solver's bound is believed to be wrong at most: its own tolerance."""


class Laid(Record, kw_only=True):
    """A layout. It is supposed: nothing is built or closed by it."""

    status: Status
    opened: tuple[tuple[int, ...], ...] = ()
    """The open sites of each period, by their order; empty where nothing was found."""
    extended: tuple[tuple[int, ...], ...] = ()
    going: Mapping[tuple[int, int, int], int] = {}
    """Pupils by village, site and period; 0 is left out."""
    cost: int | None = None
    bound: int | None = None
    """Nothing that keeps the rules costs less; None where the solver knows none yet."""

    @property
    def gap(self) -> float | None:
        """The distance from the bound, as a share of the cost; for showing, no verdict."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    @property
    def settled(self) -> bool:
        """Whether nothing is cheaper by more than the solver's own tolerance.

        Of costs beyond a million units the last one cannot be proved; it is a metre of one pupil.
        """
        return self.gap is not None and self.gap <= 2 * _SLACK


def lay_out(question: Question, patience: Patience | None = None) -> Laid:
    """Give the cheapest layout found, and how much cheaper one could be at most."""
    layout = Layout(question)
    patience = patience or Patience()
    if patience.gap:
        answer = solve_near(layout.program, layout.decisions(), patience)
    else:
        answer = solve(layout.program, patience)
    if not answer.values:
        return Laid(status=answer.status, bound=_bound(answer))
    values = answer.whole()
    if question.divided() and question.by_head:
        values = _whole(layout, values)
    laid = _read(layout, values, answer)
    faults = broken(question, laid)
    # No answer rather than a wrong one; it has not been seen to happen.
    return Laid(status="open", bound=laid.bound) if faults else laid


def _whole(layout: Layout, values: list[int]) -> list[int]:
    """Send whole pupils: what the solver found may be a mix of corners, or be rounded."""
    layout.settle(values)
    return solve(layout.program).whole() or values


def _bound(answer: Answer) -> int | None:
    """Give the least whole cost that the solver's bound leaves possible."""
    if abs(answer.bound) == inf:
        return None
    return ceil(answer.bound - _SLACK * max(1.0, abs(answer.bound)))


def _read(layout: Layout, values: list[int], answer: Answer) -> Laid:
    question = layout.question
    periods, sites = range(question.periods), range(len(question.sites))
    opened = tuple(
        tuple(site for site in sites if values[layout.open[site, period]]) for period in periods
    )
    extended = tuple(
        tuple(
            site
            for site in sites
            if (site, period) in layout.extended and values[layout.extended[site, period]]
        )
        for period in periods
    )
    divided = question.divided() and question.by_head
    going = {
        key: values[column] if divided else question.villages[key[0]].pupils[key[2]]
        for key, column in layout.going.items()
        if values[column]
    }
    cost, bound = layout.program.cost_of(values), _bound(answer)
    proved = bound is not None and cost <= bound
    return Laid(
        status="optimal" if proved else "gap",
        opened=opened,
        extended=extended,
        going=going,
        cost=cost,
        bound=min(cost, bound) if bound is not None else None,
    )


def broken(question: Question, laid: Laid) -> list[str]:
    """Name the rules that a layout breaks, held against them in whole numbers; empty: none.

    ``village``: somebody is left behind or counted twice; ``closed``: somebody goes where nothing
    is open; ``farthest``, ``capacity``, ``most_open``, ``whole``, ``fixed``.
    """
    found: set[str] = set()
    sent: Counter[tuple[int, int]] = Counter()
    taken: Counter[tuple[int, int]] = Counter()
    sites: Counter[tuple[int, int]] = Counter()
    ways = question.open_ways()
    for (village, site, period), pupils in laid.going.items():
        sent[village, period] += pupils
        taken[site, period] += pupils
        sites[village, period] += 1
        if pupils < 0:
            found.add("village")
        if site not in laid.opened[period]:
            found.add("closed")
        if (village, site) not in ways:
            found.add("farthest")
    if not question.divided() and any(many > 1 for many in sites.values()):
        found.add("whole")
    for at, one in enumerate(question.villages):
        if any(sent[at, period] != need for period, need in enumerate(one.pupils)):
            found.add("village")
    return sorted(found | _sites_broken(question, laid, taken))


def _sites_broken(question: Question, laid: Laid, taken: Mapping[tuple[int, int], int]) -> set[str]:
    found: set[str] = set()
    for period, opened in enumerate(laid.opened):
        most = question.most_open
        if most is not None and "most_open" not in question.without and len(opened) > most:
            found.add("most_open")
        for at, one in enumerate(question.sites):
            capacity = question.capacity(at)
            more = one.extension if at in laid.extended[period] else 0
            if capacity is not None and taken.get((at, period), 0) > capacity + more:
                found.add("capacity")
            kept = one.state == "fixed" and f"fixed:{at}" not in question.without
            if kept and at not in opened:
                found.add("fixed")
    return found
