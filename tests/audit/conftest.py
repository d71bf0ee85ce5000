"""The national wordlists, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.catalogue.load import load


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    loaded = load()
    assert loaded.issues == []
    return Lexicon.of(loaded.shelf.wordlists.values())


ORDERS = {"compare", "part_over_whole", "direction"}
"""That an order holds proves no figure."""


@pytest.fixture(scope="session")
def said(lexicon: Lexicon) -> Callable[[str, str], str]:
    """Give the gravest of what is said of a figure: inconsistent, consistent, possible, silent.

    A text in which anything is called wrong but the figure gives ``false alarm``.
    """

    def ask(text: str, figure: str) -> str:
        start = text.index(figure)
        end = start + len(figure)
        verdicts: set[str] = set()
        for one in audit(text, lexicon).findings:
            numbers = (one.stated, *one.terms)
            touching = any(start < each.end and each.start < end for each in numbers)
            if not touching and one.verdict == "inconsistent":
                return "false alarm"
            if touching and not (one.kind in ORDERS and one.verdict != "inconsistent"):
                verdicts.add("consistent" if one.verdict == "rounding" else one.verdict)
        ranked = ("inconsistent", "consistent", "possible")
        return next((verdict for verdict in ranked if verdict in verdicts), "silent")

    return ask
