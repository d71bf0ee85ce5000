"""What a document about one place or one entry names: the place, and the entry's own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.outline import PLACES, Outline
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.occasion import Concern
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.deeds.saying import said_field
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.naming import name_of
from xianxue.bureau.report.text import Runs

OF_ENTRIES: Final = ("number", "state", "recorded", "due", "missed", "over", "why")
"""What is known of every entry beside its fields: its number, how it stands and since when it is
registered, its last day (``missed`` once it has passed, by ``over``), and why that one: the rule,
with its document."""


def words_for(outline: Outline, shelf: Shelf) -> frozenset[str]:
    """Give the words that an outline may use of its subject; none for one about the county."""
    if not outline.about:
        return frozenset()
    if outline.about == PLACES:
        return frozenset({"place"})
    ledger = shelf.ledgers.get(outline.about)
    fields = _told(ledger) if ledger is not None else set[str]()
    return frozenset({"place", *OF_ENTRIES, *fields})


def words_of(context: Context, subject: Concern) -> Mapping[str, Callable[[Slot], Runs]]:
    """Give each word with what it says; nothing where it was not filled in."""
    known = {"place": name_of(subject.place, context.register)}
    ledger, entry = context.shelf.ledgers.get(subject.ledger), subject.entry
    if ledger is None or entry is None:
        return {name: _constant(text) for name, text in known.items()}
    known |= {"number": entry.entry.number, **subject.words}

    def field(slot: Slot) -> Runs:
        run = said_field(context, ledger, entry, slot)
        return () if run is None else (run,)

    words = {name: _constant(known.get(name, "")) for name in ("place", *OF_ENTRIES)}
    return {**words, **dict.fromkeys(_told(ledger), field)}


def _constant(text: str) -> Callable[[Slot], Runs]:
    return lambda _slot: (text,) if text else ()


def _told(ledger: Ledger) -> set[str]:
    """Give the fields that a paper may tell: personal data stand in none."""
    return {field.field for field in ledger.fields if not field.personal}
