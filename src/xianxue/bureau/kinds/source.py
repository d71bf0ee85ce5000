"""Source cards: the documents that every rule is taken from."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.card import Card
from xianxue.bureau.law.citation import Seen, Source


class SourceCard(Card, frozen=True, kw_only=True):
    """One document. A date that nobody has seen is left out, never guessed."""

    document: str
    title: str
    issuer: str
    number: str = ""
    issued: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    seen: Seen
    note: str = ""

    @property
    def source(self) -> Source:
        """The document as later records carry it."""
        return Source(
            self.document,
            self.title,
            self.issuer,
            self.number,
            self.issued,
            self.in_force_from,
            self.in_force_to,
            self.seen,
            self.note,
        )
