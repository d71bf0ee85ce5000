"""Whether an outline's lists of deeds can be written: counts, fields and names that there are."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.kinds.outlines.deeds import Deed
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.report import grammar
from xianxue.bureau.report.deeds.saying import PLACE
from xianxue.bureau.values.record import Record


class Fault(Record):
    """Something in an outline's templates that cannot be written."""

    path: str
    """Where it stands in the card: ``.blocks[3].text``."""
    saw: str
    required: str


def deed_faults(outline: Outline, shelf: Shelf) -> Iterator[Fault]:
    """List what is wrong with the lists of what was done."""
    for index, deed in enumerate(outline.deeds):
        path = f".deeds[{index}]"
        name, _, count = deed.of.partition(".")
        ledger = shelf.ledgers.get(name)
        if ledger is None or ledger.count(count) is None:
            yield Fault(f"{path}.of", f"“{deed.of}”没有定义", "写“台账.计数”")
        elif ledger.restricted:
            saw = f"《{ledger.term}》只有少数人能看"
            yield Fault(f"{path}.of", saw, "只写它的计数，不写条目")
        else:
            yield from _in_ledger(path, deed, ledger)


def _in_ledger(path: str, deed: Deed, ledger: Ledger) -> Iterator[Fault]:
    for index, order in enumerate(deed.order):
        field = ledger.field(order.by)
        if field is None or (field.type in {"text", "code"} and not order.ranks):
            saw = f"不能按“{order.by}”排先后"
            yield Fault(f"{path}.order[{index}].by", saw, "写数量、日期，或写明 ranks 的代码")
    try:
        slots = list(grammar.slots(grammar.parse(deed.said)))
    except grammar.TemplateError as error:
        yield Fault(f"{path}.said", str(error), "按文稿模板的写法")
        return
    for slot in slots:
        field = ledger.field(slot.name)
        if slot.name != PLACE and field is None:
            yield Fault(f"{path}.said", f"《{ledger.term}》没有“{slot.name}”栏", "写它的栏目")
        elif field is not None and field.personal:
            yield Fault(f"{path}.said", f"“{field.term}”是个人信息", "文稿里不写个人信息")
