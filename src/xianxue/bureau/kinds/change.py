"""Changes: what a province or county tightens, laid over the national cards, never into them."""

from __future__ import annotations

from xianxue.bureau.kinds.card import Card, Cited, DatedValue


class Change(Card, frozen=True, kw_only=True):
    """New dated values for one criterion of a standard, or one line of an indicator.

    They are looked at before the values they are laid over, each from its own day on.
    """

    change: str
    """The id of the change."""
    term: str
    standard: str = ""
    criterion: str = ""
    indicator: str = ""
    line: str = ""
    values: list[DatedValue]
    loosens: str = ""
    """Why it asks for less than the values it is laid over, or for an amount that looks senseless:
    without it neither is taken. It is told wherever one of the values judges."""
    source: Cited
