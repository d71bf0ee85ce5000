"""Changes: what a province or county tightens, laid over the national cards, never into them."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.kinds.form import Field


class Change(Card, frozen=True, kw_only=True):
    """New dated values for one criterion or line, or more fields on one sheet of a form.

    Values are looked at before those they are laid over, each from its own day on; fields stand
    behind those that are there, and take nothing away.
    """

    change: str
    """The id of the change."""
    term: str
    standard: str = ""
    criterion: str = ""
    indicator: str = ""
    line: str = ""
    form: str = ""
    sheet: str = ""
    values: list[DatedValue] = []
    fields: list[Field] = []
    """What the county asks beside the national form, on one of its sheets."""
    loosens: str = ""
    """Why it asks for less than the values it is laid over, or for an amount that looks senseless:
    without it neither is taken. It is told wherever one of the values judges."""
    source: Cited


REASONS: Final = frozenset({"C-LOOSER", "C-SENSELESS", "C-UNSEEN"})
"""Complaints that ask a change for its reason: the value itself can be judged by."""
