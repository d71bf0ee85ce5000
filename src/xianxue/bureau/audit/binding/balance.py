"""Balances: what came less what went was gained: births and deaths, transfers in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_TWO: Final = 2
_NEAR: Final = 2
"""Numbers that may stand between the two flows and their net: a rate beside each."""


def bind_balances(reading: Reading) -> Iterator[Candidate]:
    """Give every net of two flows that the text may mean."""
    for thread in reading.threads:
        flows: list[tuple[int, Quantity]] = []
        net: Quantity | None = None
        for one in thread:
            way = _flow(one, reading.lexicon)
            if not way and any(word in one.lead for word in reading.lexicon.role("net")):
                net = one
            if way:
                flows = [each for each in flows[-_TWO:] if one.clause - each[1].clause <= _NEAR]
                flows.append((way, one))
                if net is not None and len(flows) == _TWO and flows[0][1].index == net.index + 1:
                    yield from _net(net, flows, reading.lexicon)
            elif len(flows) == _TWO and one.role in ("delta", "level"):
                # Of three flows the net is told of all; which are meant is not sure.
                yield from _net(one, flows, reading.lexicon)


def _flow(one: Quantity, lexicon: Lexicon) -> int:
    """Say whether a number tells what came (1) or went (-1)."""
    if one.role != "level" or one.size > 1 or not one.dim:
        return 0
    if any(word in one.lead for word in lexicon.role("net")):
        return 0
    inward = any(word in one.lead for word in lexicon.role("inflow"))
    outward = any(word in one.lead for word in lexicon.role("outflow"))
    return inward - outward


def _net(
    one: Quantity, flows: Sequence[tuple[int, Quantity]], lexicon: Lexicon
) -> Iterator[Candidate]:
    (first_way, first), (second_way, second) = flows
    if first_way == second_way or one.since or one.dim != second.dim or first.dim != one.dim:
        return
    if one.index - second.index > _NEAR or one.clause - second.clause > _NEAR:
        return
    told = any(word in one.lead for word in lexicon.role("net"))
    of_all = one.own in lexicon.role("net_of") or not one.own
    if not (told or (one.role == "delta" and one.own.endswith("人口") and of_all)):
        return
    pair = (first, second) if first_way > 0 else (second, first)
    if not one.sign and any(word in one.lead for word in ("减", "出")):
        pair = pair[::-1]  # 自然减少人口40人: no verb, and less all the same
    if one.sign or told:
        yield Candidate("net", one, pair, ("net", "net_told" if told and of_all else "net_of"))
