"""What conditions of a ledger may look at: its fields, and what is worked out of an entry."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.columns import Column
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

_WORKED_OUT: Final = {
    "done": say("已办成"),
    "open": say("未办结"),
    "overdue": say("已逾期"),
}
RECORDED: Final = "recorded"
ENTERED: Final = "entered."
KEPT: Final = "kept."
JUDGED: Final = "judged."


def columns_of(look: Look, ledger: Ledger) -> dict[str, Column]:
    """Give the columns that conditions on entries may look at."""
    columns = dict(look.attribute_columns)
    columns |= {name: Column("yes_no", term) for name, term in _WORKED_OUT.items()}
    columns["reopened"] = Column("number", say("重新打开次数"))
    columns["state"] = Column("code", say("状态"), [one.state for one in ledger.states])
    for clock in ledger.clocks:
        columns[KEPT + clock.clock] = Column("yes_no", clock.term)
        columns[JUDGED + clock.clock] = Column("yes_no", clock.term)
    for field in ledger.fields:
        columns[field.field] = _of_field(look, field)
    return columns


def days_of(ledger: Ledger) -> list[str]:
    """Give what says a day of an entry: date fields, its registration, its coming into a state."""
    fields = [field.field for field in ledger.fields if field.type == "date"]
    return [RECORDED, *fields, *(ENTERED + state.state for state in ledger.states)]


def known(at: Spot, name: str, names: Collection[str], noun: str) -> None:
    """Complain of a name that is none of some."""
    if name not in names:
        saw = say("没有{noun}“{name}”", noun=noun, name=name)
        at.complain("C-LEDGER", saw, say("卡片里写了的{noun}", noun=noun), instead(name, names))


def _of_field(look: Look, field: LedgerField) -> Column:
    if field.type == "code":
        if field.options:
            return Column("code", field.term, [option.code for option in field.options])
        codes = look.shelf.codes.get(field.codes)
        entries = None if codes is None else dict.fromkeys(one.code for one in codes.entries)
        return Column("code", field.term, entries)
    if field.type == "yes_no":
        return Column("yes_no", field.term)
    return Column("number" if field.is_number else "text", field.term)
