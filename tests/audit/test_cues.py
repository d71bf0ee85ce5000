"""The cues on the cards: each is declared once, each is used, and each has a sensible weight."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from national import national

import xianxue.bureau.audit

CARDS = national().shelf.wordlists.values()
CUES = [cue for card in CARDS for cue in card.cues]
SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in Path(xianxue.bureau.audit.__path__[0]).rglob("*.py")
)


def test_no_cue_is_declared_twice():
    assert [name for name, often in Counter(cue.cue for cue in CUES).items() if often > 1] == []


def test_every_cue_is_used():
    assert [cue.cue for cue in CUES if f'"{cue.cue}"' not in SOURCE] == []


def test_what_makes_a_relation_likelier_says_why():
    """A reader is told the reasons of what speaks for a reading; what is worth four to one says so."""
    assert [cue.cue for cue in CUES if cue.odds >= 4 and not cue.reason] == []
    assert all(0 < cue.odds <= 50 for cue in CUES)
