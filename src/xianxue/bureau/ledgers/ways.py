"""The way to a state: by which steps of its card an entry comes there that was kept elsewhere."""

from __future__ import annotations

from collections import deque

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerStep


def way_to(ledger: Ledger, state: str) -> tuple[LedgerStep, ...] | None:
    """Give the shortest way from where entries begin to a state; None where none leads there.

    Of ways as short the one that stands first on the card is taken. Slips put right and matters
    opened again are on nobody's way.
    """
    start = ledger.lifecycle.start
    ways: dict[str, tuple[LedgerStep, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for step in ledger.steps:
            leads = here in step.origins and step.to not in ways
            if leads and step.act != "amend" and not step.reopens:
                ways[step.to] = (*ways[here], step)
                waiting.append(step.to)
    return ways.get(state)
