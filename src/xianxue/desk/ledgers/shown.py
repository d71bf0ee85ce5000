"""An entry's fields as people read them, personal ones covered."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.identity import masked
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.room import Room


def shown_fields(
    room: Room, ledger: Ledger, entry: Entry, *, unmasked: bool = False
) -> list[tuple[str, str]]:
    """Give each field's term and value, in the order of the card; what is empty says so."""
    shelf, fields = room.ground.shelf, entry.fields
    filling = Filling(ledger, shelf.codes, room.ground.register, entry.history[-1].on)
    found: list[tuple[str, str]] = []
    for field in ledger.fields:
        value = fields.get(field.field)
        if value is None:
            found.append((field.term, say("（未填）")))
            continue
        text = filling.shown(field, value)
        if field.holds == "place":
            text = room.ground.name(text)
        if field.personal and not unmasked:
            text = masked(text)
        unit = UNITS[field.unit].term if field.is_number else ""
        found.append((field.term, text + unit))
    return found
