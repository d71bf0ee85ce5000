"""Comparisons between the fields of an entry: sums of like things, or one day and another."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.agreement import Agreement
from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.ledger_cards.asked import known
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot


def check_agreements(at: Spot, ledger: Ledger) -> None:
    """Check every comparison of a ledger."""
    spots = [(at.at(index), check) for index, check in enumerate(ledger.checks)]
    names = [(here.at("check"), check.check) for here, check in spots]
    for here, name in names:
        good_name(here, name)
    unique(names, "C-TWICE", say("校验的编号"), say("同一台账里校验的编号不重复"))
    steps = [RECORD, *(step.step for step in ledger.steps)]
    for here, check in spots:
        _check_sides(here, ledger, check)
        for number, name in enumerate(check.at):
            known(here.at("at", number), name, steps, say("步骤"))


def _check_sides(at: Spot, ledger: Ledger, check: Agreement) -> None:
    terms = [one.field for one in ledger.fields]
    for part in ("left", "right"):
        for number, name in enumerate(getattr(check, part)):
            known(at.at(part, number), name, terms, say("栏"))
    fields = [ledger.field(name) for name in (*check.left, *check.right)]
    kinds = {
        (one.type == "date", one.unit, one.is_number or one.type == "date")
        for one in fields
        if one is not None
    }
    days = any(date for date, _, _ in kinds)
    comparable = len(kinds) <= 1 and all(good for _, _, good in kinds)
    if not check.left or not check.right or not comparable:
        required = say("两边都是同一单位的数，或都是日期")
        at.complain("C-LEDGER", say("两边不能相比"), required)
    elif days and (len(check.left), len(check.right)) != (1, 1):
        at.complain("C-LEDGER", say("日期不能相加"), say("每边只写一个日期"))
