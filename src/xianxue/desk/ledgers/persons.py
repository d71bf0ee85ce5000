"""All that ledgers hold about one person, by name or number as it was written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.db.models.lookups import Exact

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.ledgers.person import ExportPerson
from xianxue.desk.ledgers.entries import with_rows
from xianxue.desk.ledgers.json_keys import JsonText
from xianxue.desk.models.ledger import EntryLine, LedgerEntry
from xianxue.desk.stores.clock import day_of


def give_out(
    ground: Ground, actor: Actor, at: datetime, said: str, why: str
) -> list[dict[str, object]]:
    """Give the entries with their histories, and write down that they were given out.

    ComplaintsError for who may not, or does not say what for. Ledgers that the actor may not know
    of are left out.
    """
    deed = ExportPerson(ground, actor, at, why)
    deed.refuse()
    found: list[dict[str, object]] = []
    subjects: list[str] = []
    for card in ground.shelf.ledgers.values():
        if card.restricted and actor.role not in card.restricted:
            continue
        for row, entry in with_rows(_naming(card, said.strip())):
            subjects.append(row.subject)
            found.append(_told(ground, card, entry, day_of(at)))
    deed(subjects)
    return found


def _told(ground: Ground, card: Ledger, entry: Entry, on: date) -> dict[str, object]:
    terms = {step.step: step.term for step in card.steps}
    filling = Filling(card, ground.shelf.codes, ground.register, on)
    return {
        "ledger": card.ledger,
        "entry": entry.number,
        "term": card.term,
        "place": ground.name(entry.place),
        "state": card.lifecycle.state_term(entry.state),
        "history": [
            {
                "step": terms.get(one.step, say("登记")),
                "on": one.on.isoformat(),
                "actor": one.actor,
                "why": one.why,
                "evidence": list(one.evidence),
                "files": list(one.evidence.values()),
                "fields": {
                    field.term: filling.shown(field, value)
                    for field in card.fields
                    if (value := one.fields.get(field.field)) is not None
                },
            }
            for one in entry.history
        ],
    }


_HEADS: Final = (
    *("台账", "编号", "单位", "现在的状态"),
    *("日期", "步骤", "经办", "理由", "附件", "栏目", "内容"),
)


def as_workbook(found: Sequence[Mapping[str, Any]]) -> bytes:
    """Write what was given out as a list that a person reads: a line a field of each step."""
    rows: list[tuple[object, ...]] = []
    for entry in found:
        whose = [str(entry[name]) for name in ("term", "entry", "place", "state")]
        for line in entry["history"]:
            files = "、".join(line["files"])
            step = (line["on"], str(line["step"]), line["actor"], line["why"], files)
            fields: Mapping[Any, Any] = line["fields"] or {"": ""}
            rows += [(*whose, *step, str(term), str(value)) for term, value in fields.items()]
    return write_lists([("台账里的内容", _HEADS, rows)])


def _naming(card: Ledger, said: str) -> list[LedgerEntry]:
    """Give the entries of which any line, the present one or not, names a person."""
    asked = list(_questions(card, said))
    if not asked or not said:
        return []
    names = asked[0]
    for one in asked[1:]:
        names |= one
    mine = EntryLine.objects.filter(entry__ledger=card.ledger).filter(names)
    keys = set(mine.values_list("entry", flat=True))
    return list(LedgerEntry.objects.filter(pk__in=keys).order_by("year", "serial"))


def _questions(card: Ledger, said: str) -> Iterator[Q]:
    for field in card.fields:
        if field.personal and field.type == "text":
            yield Q(Exact(JsonText("fields", field.field), said))
