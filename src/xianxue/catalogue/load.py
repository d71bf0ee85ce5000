"""The one strict door: cards in, a shelf and every complaint out.

A card is read in two steps. Its shape is checked by its kind (``reading.py``: an unknown key, a
wrong type or a missing part); then its meaning is checked against all other cards (``meaning``).
Nothing is raised: a folder with ten faults gives ten issues, each with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.catalogue.card_files import NATIONAL
from xianxue.catalogue.changes import laid_over, with_editions, with_fields
from xianxue.catalogue.meaning import check_meaning
from xianxue.catalogue.origin import Origin
from xianxue.catalogue.reading import read_cards
from xianxue.catalogue.shelving import ByKind, shelf_of

_LINE = re.compile("[0-9]+")


@dataclass
class Loaded:
    """What came through the door."""

    shelf: Shelf
    issues: list[Issue]
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict[tuple[str, str], Origin])
    """(kind's key, id) to where the card stands."""
    by_kind: ByKind = field(default_factory=dict[str, dict[str, Any]])
    """The cards as they were read, before any change was laid over them."""


def load(*overlays: Path, chosen: dict[str, str] | None = None, base: Path = NATIONAL) -> Loaded:
    """Read the national cards and lay overlays over them, in order.

    ``chosen`` names the option taken for each choice. Issues are complete: one pass finds all.
    """
    cards = read_cards(base, overlays)
    # Meaning is checked before changes are laid over, so that a value's line is its own card's.
    issues = [
        *cards.issues,
        *check_meaning(shelf_of(with_editions(with_fields(cards.by_kind)), chosen or {}), cards),
    ]
    issues.sort(key=_place)
    shelf = shelf_of(laid_over(cards.by_kind), chosen or {})
    return Loaded(shelf, issues, cards.origins, cards.by_kind)


def _place(issue: Issue) -> tuple[str, int]:
    """Give file and line, so that an author reads complaints from top to bottom."""
    found = _LINE.search(issue.cell)
    return issue.file, int(found[0]) if found else 0
