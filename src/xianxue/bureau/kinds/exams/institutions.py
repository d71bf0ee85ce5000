"""Lists of institutions by class (985, 211, 双一流): who is in one, and from which day to which."""

from __future__ import annotations

from datetime import date

from msgspec import field

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence


class Institutions(Card, frozen=True, kw_only=True):
    """One list, as it held for some time."""

    institutions: str
    term: Sentence
    valid_from: date = field(name="from")
    valid_to: date | None = field(name="to", default=None)
    names: list[str]
    sorts: list[str] = []
    """Under which kinds the ledger of admissions may file one of them."""
    source: Cited

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
