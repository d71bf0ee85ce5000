"""What the fields of one entry must hold to among each other."""

from __future__ import annotations

from xianxue.bureau.kinds.card import Card, Comparison
from xianxue.bureau.values.sentence import Sentence


class Agreement(Card, frozen=True, kw_only=True):
    """A comparison of two sums of fields, or of two days: received = spent + balance.

    It is judged once all its fields are filled in, with every deed that touches one of them; or
    with some steps alone: what is confirmed as enough must be as much as is required.
    """

    check: str
    """The id, unique within the ledger."""
    term: Sentence
    """The rule in one Chinese phrase: what is required."""
    left: list[str]
    relation: Comparison
    right: list[str]
    at: list[str] = []
    """The only steps with which it is judged; empty: whenever one of its fields is filled in."""
