"""Balances: what came less what went was gained: births and deaths, transfers in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_BEFORE: Final = 40
_SIGNS: Final = ("净", "自然", "人口", "死亡")
"""One of these stands in every sentence that tells a net: what has none is not looked at."""
_TAKEN: Final = ("扣", "减去", "减掉", "剔除")
_RATES: Final = ("增长率", "人口增长率", "自增率", "净增率")
"""In thousandths, beside 出生率 and 死亡率, these are what the two make."""
_BELOW: Final = ("负", "负的", "-")
"""Before a net that is below nought: 自然增长率为-1.2‰."""
_TWO: Final = 2
_CAME: Final = re.compile("收入(?:合计|总计|总额)?(?:为|达|是)?$")
_SPENT: Final = re.compile("支出(?:合计|总计|总额)?(?:为|达|是)?$")
_LEFT: Final = re.compile(
    "^(?:收支(?:相抵)?|当[年期]|本年|年末|年终)?,?(?:结余|盈余)(?:资金)?(?:为|达|是)?$"
)
_LONGEST: Final = 20
"""Characters between a number and what is taken from it."""
_NEAR: Final = 2
"""Numbers that may stand between the two flows and their net: a rate beside each."""


def bind_balances(reading: Reading) -> Iterator[Candidate]:
    """Give every net of two flows that the text may mean."""
    for thread in reading.threads:
        words = reading.norm[max(0, thread[0].start - _BEFORE) : thread[-1].end]
        if any(sign in words for sign in _TAKEN):
            yield from _taken(reading, thread)
        if "结余" in words and "结转" not in words:
            yield from _left(thread)
        if not any(sign in words for sign in _SIGNS):
            continue
        # Counts and rates are told side by side: 出生9800人,出生率8.1‰;死亡….
        for dim in dict.fromkeys(one.dim for one in thread if one.dim):
            yield from _of_flows([one for one in thread if one.dim == dim], reading.lexicon)


def _of_flows(thread: Sequence[Quantity], lexicon: Lexicon) -> Iterator[Candidate]:
    flows: list[tuple[int, Quantity]] = []
    net: Quantity | None = None
    for one in thread:
        way = _flow(one, lexicon)
        if not way and any(word in one.lead for word in lexicon.role("net")):
            net = one
        if way:
            flows = [each for each in flows[-_TWO:] if one.clause - each[1].clause <= _NEAR]
            flows.append((way, one))
            if net is not None and len(flows) == _TWO and flows[0][1].index > net.index:
                yield from _net(net, flows, lexicon)
        elif len(flows) == _TWO and one.role in ("delta", "level"):
            # Of three flows the net is told of all; which are meant is not sure.
            yield from _net(one, flows, lexicon)


def _taken(reading: Reading, thread: Sequence[Quantity]) -> Iterator[Candidate]:
    """Give «结余84万元,系预算1280万元扣除决算1196万元所得», told before or after."""
    words = reading.lexicon.role("taken_from")
    for at in range(1, len(thread)):
        first, second = thread[at - 1], thread[at]
        between = reading.between(first, second) if first.dim == second.dim else ""
        if not first.dim or len(between) > _LONGEST or not any(word in between for word in words):
            continue
        for one in (*thread[max(0, at - _TWO) : at - 1], *thread[at + 1 : at + _TWO]):
            apart = abs(one.clause - first.clause)
            if one.dim == first.dim and one.role == "level" and apart == 1:
                yield Candidate("net", one, (first, second), ("net", "net_told"))
                break


def _left(thread: Sequence[Quantity]) -> Iterator[Candidate]:
    """Give «收入合计6420万元,支出合计6185万元,收支结余235万元»: nothing was carried over."""
    for at in range(len(thread) - _TWO):
        came, spent, left = thread[at : at + _TWO + 1]
        money = came.dim == spent.dim == left.dim == "money"
        plain = all(
            one.role == "level" and one.size == 1 and not one.prior for one in (came, spent)
        )
        told = _CAME.search(came.lead) and _SPENT.search(spent.lead) and _LEFT.search(left.lead)
        carried = any("结余" in one.lead for one in thread[:at])
        if money and plain and told and not carried and left.clause - came.clause == _TWO:
            yield Candidate("net", left, (came, spent), ("net", "net_told"))


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
    near = _NEAR + 1  # a rate stands beside each count
    if one.index - second.index > near or one.clause - second.clause > near:
        return
    rate = one.dim == "permille" and one.lead.rstrip("为是达") in _RATES
    told = rate or any(word in one.lead for word in lexicon.role("net"))
    of_all = one.own in lexicon.role("net_of") or not one.own
    if not (told or (one.role == "delta" and one.own.endswith("人口") and of_all)):
        return
    pair = (first, second) if first_way > 0 else (second, first)
    below = one.lead.endswith(_BELOW)
    if below or (not one.sign and any(word in one.lead for word in ("减", "出"))):
        pair = pair[::-1]  # 自然减少人口40人: no verb, and less all the same
    if one.sign or told:
        yield Candidate("net", one, pair, ("net", "net_told" if told and of_all else "net_of"))
