"""Why these were named and not others: the rule of each shortened list, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.outlines.deeds import Order
from xianxue.bureau.report.context import Choice, Context
from xianxue.bureau.report.deeds.saying import words_of
from xianxue.bureau.report.text import plain

_RANKS: Final = 3
"""So many values of a code are named of its ranks."""


def explained(context: Context) -> Iterator[str]:
    """Say of each list of which not all is named how many there are, the rule, and what came next.

    In the order in which the lists were come upon.
    """
    for choice in context.chosen.values():
        if choice.named and not choice.whole:
            yield _why(context, choice)


def _why(context: Context, choice: Choice) -> str:
    deed = choice.deed
    ledger = context.shelf.ledgers[deed.of.partition(".")[0]]
    rule = "，再看".join(_order(context, ledger, one) for one in deed.order)
    named = sum(len(group.entries) for group in choice.named)
    said = f"“{deed.term}”共{choice.total}{deed.measure}，正文写出{named}{deed.measure}"
    said += f"。先后看{rule}，都一样的先登记的在前"
    if choice.others:
        said += f"；排在其后、没有写出的第一项是“{plain(choice.others[0].runs)}”"
    if choice.unsayable:
        said += f"；另有{choice.unsayable}{deed.measure}登记不全，只计数，不写出"
    return f"{said}。"


def _order(context: Context, ledger: Ledger, order: Order) -> str:
    field = ledger.field(order.by)
    if field is None:
        return order.by
    if not order.ranks:
        return f"{field.term}（{'近的' if field.type == 'date' else '多的'}在前）"
    terms = [words_of(context, ledger, field, one) for one in order.ranks[:_RANKS]]
    more = "……" if len(order.ranks) > _RANKS else ""
    return f"{field.term}（{'、'.join(terms)}{more}依次在前）"
