"""The one strict door: cards in, a shelf and every complaint out.

A card is read in two steps. Its shape is checked by its kind (``reading.py``: an unknown key, a
wrong type or a missing part); then its meaning is checked against all other cards (``meaning``).
Nothing is raised: a folder with ten faults gives ten issues, each with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.catalogue.changes import lay_over
from xianxue.catalogue.meaning import check_meaning
from xianxue.catalogue.origin import Origin
from xianxue.catalogue.reading import Cards, read_cards

_LINE = re.compile("[0-9]+")

NATIONAL: Final = Path(__file__).parent
"""The folder of the cards that come with the program."""


@dataclass
class Loaded:
    """What came through the door."""

    shelf: Shelf
    issues: list[Issue]
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict[tuple[str, str], Origin])
    """(kind's key, id) to where the card stands."""


def load(*overlays: Path, chosen: dict[str, str] | None = None, base: Path = NATIONAL) -> Loaded:
    """Read the national cards and lay overlays over them, in order.

    ``chosen`` names the option taken for each choice. Issues are complete: one pass finds all.
    """
    cards = read_cards(base, overlays)
    # Meaning is checked before changes are laid over, so that a value's line is its own card's.
    issues = [*cards.issues, *check_meaning(_shelf(cards, chosen or {}), cards)]
    issues.sort(key=_place)
    lay_over(cards.by_kind)
    return Loaded(_shelf(cards, chosen or {}), issues, cards.origins)


def _place(issue: Issue) -> tuple[str, int]:
    """Give file and line, so that an author reads complaints from top to bottom."""
    found = _LINE.search(issue.cell)
    return issue.file, int(found[0]) if found else 0


def _shelf(cards: Cards, chosen: dict[str, str]) -> Shelf:
    kinds = cards.by_kind
    return Shelf(
        sources={name: card.source for name, card in kinds["document"].items()},
        codes=kinds["codes"],
        splits=kinds["split"],
        forms=kinds["form"],
        declared={name: card.as_table() for name, card in kinds["table"].items()},
        indicators=dict(kinds["indicator"]),
        choices=kinds["choice"],
        populations=kinds["population"],
        standards=dict(kinds["standard"]),
        outlines=kinds["outline"],
        profiles=kinds["profile"],
        policies=dict(kinds["policy"]),
        lifecycles=kinds["lifecycle"],
        wordlists=kinds["wordlist"],
        target_rules=kinds["target_rules"],
        mappings=kinds["mapping"],
        chosen=chosen,
    )
