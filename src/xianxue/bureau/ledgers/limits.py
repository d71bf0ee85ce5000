"""The most that a rule allows of an amount: the standard of a programme, by date and by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record


class Over(Record, kw_only=True):
    """An amount above what its rule allows."""

    field: LedgerField
    amount: int
    rule: DatedValue


def over_limits(
    ledger: Ledger, given: Mapping[str, Value | None], before: Mapping[str, Value], on: date
) -> Iterator[Over]:
    """Go through the amounts that would be above their limits after a deed.

    Only what the deed touches is looked at, the amount or what decides its limit: what was
    entered while another rule was in force stays.
    """
    facts = {name: said for name, said in {**before, **given}.items() if said is not None}
    for field in ledger.fields:
        decides = {field.field, *(name for one in field.at_most for name in one.when)}
        amount = facts.get(field.field)
        if not isinstance(amount, int) or decides.isdisjoint(given):
            continue
        rule = value_in_force(field.at_most, on, facts=facts)
        if rule is not None and Fraction(amount, field.measured_in.step) > Fraction(rule.value):
            yield Over(field=field, amount=amount, rule=rule)
