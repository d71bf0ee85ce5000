"""Entries told to programs: with history and clocks, personal values covered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.identity import masked
from xianxue.desk.ledgers.due import why_due
from xianxue.desk.ledgers.entries import row_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry, entry_of


def row_told(card: Ledger, row: LedgerEntry) -> dict[str, Any]:
    """Tell an entry as it stands."""
    return {
        "ledger": row.ledger,
        "entry": row.number,
        "place": row.place,
        "state": row.state,
        "open": row.open,
        "recorded": row.recorded,
        "lines": row.lines,
        "fields": covered(card, row.fields),
    }


def whole_told(room: Room, card: Ledger, number: str) -> dict[str, Any] | None:
    """Tell an entry with all that has happened to it; None where the person may not see it."""
    row = row_of(card.ledger, number)
    # Of another school's no one learns even that it is there.
    if row is None or not room.sees(card.ledger, row.place):
        return None
    told = entry_of(row)
    history = [
        {
            "step": one.step,
            "on": one.on,
            "from_state": one.origin,
            "to": one.to,
            "actor": one.actor,
            "second": one.second,
            "why": one.why,
            "evidence": list(one.evidence),
            "files": [
                {"digest": digest, "name": "" if card.about_persons else name}
                for digest, name in one.evidence.items()
            ],
            "fields": covered(card, one.fields),
        }
        for one in told.history
    ]
    clocks = [
        {
            "clock": run.clock,
            "started": run.started,
            "due": run.due,
            "met": run.met,
            "paused": run.paused,
            "supposed": run.supposed,
            "why": why_due(room, card, run),
        }
        for run in room.clocks(card.ledger).runs(told)
    ]
    return {**row_told(card, row), "history": history, "clocks": clocks}


def covered(card: Ledger, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields with personal values masked."""
    personal = {field.field for field in card.fields if field.personal}
    return {
        name: masked(str(said)) if name in personal and said is not None else said
        for name, said in fields.items()
    }
