"""Lines of the journal about ledgers, as people read them."""

from __future__ import annotations

from typing import Any, Final

from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.ledgers.doing import REFUSED
from xianxue.desk.actions.ledgers.files import FOLDER, SWEPT

DEEDS: Final = f"{SUBJECT}."
"""How the names of these deeds begin."""
_OWN: Final = {
    f"{DEEDS}{RECORD}": say("登记台账"),
    f"{DEEDS}view": say("查看限阅台账"),
    f"{DEEDS}unmask": say("查看台账里未遮盖的个人信息"),
    REFUSED: say("办理台账事项被拒"),
    SWEPT: say("清除没有用上的凭据"),
}


def term(deed: str) -> Sentence:
    """Name a deed on a ledger; which step of its card it was is told beside it."""
    return _OWN.get(deed, say("办理台账事项"))


def title(subject: str, ground: Ground) -> Sentence | str:
    """Name an entry and whose it is, or a whole ledger."""
    ledger, *rest = subject.split("/")
    card = ground.shelf.ledgers.get(ledger)
    if ledger == FOLDER:
        return say("凭据")
    named = card.term if card is not None else ledger
    if not rest:
        return named
    place = ground.name(rest[-1])
    if not rest[0]:
        # An entry that was not registered has no number.
        return say("{ledger}，{place}", ledger=named, place=place)
    return say("{ledger}{number}号，{place}", ledger=named, number=rest[0], place=place)


def told(subject: str, deed: str, detail: dict[str, Any], ground: Ground) -> Sentence | str:
    """Say which step was taken, from where to where, and what was written down.

    Of a restricted ledger only the step is told: many read the journal, few the ledger.
    """
    card = ground.shelf.ledgers.get(subject.partition("/")[0])
    if card is None or "to" not in detail:
        return ""
    name = deed.removeprefix(DEEDS)
    step = next((one.term for one in card.steps if one.step == name), say("登记"))
    way = card.lifecycle
    said = say("{step}：{state}", step=step, state=way.state_term(detail["to"]))
    if detail.get("from") and detail["from"] != detail["to"]:
        said = say(
            "{step}：{before}→{state}",
            step=step,
            before=way.state_term(detail["from"]),
            state=way.state_term(detail["to"]),
        )
    fields = joined("、", _written(card, detail))
    if fields and not card.restricted:
        said += say("；填了{fields}", fields=fields)
    if detail.get("evidence"):
        said += say("；附件 {n} 件", n=len(detail["evidence"]))
    return said


def _written(card: Ledger, detail: dict[str, Any]) -> list[Sentence]:
    names: dict[str, Any] = detail.get("fields") or {}
    return [field.term for name in names if (field := card.field(name)) is not None]
