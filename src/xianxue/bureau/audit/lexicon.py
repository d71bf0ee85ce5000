"""The lexicon: all wordlists together, made ready for reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xianxue.bureau.kinds.wordlist import UnitWords, Wordlist, WordRole


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the auditor knows of the language; made once, used for many texts."""

    words: dict[WordRole, tuple[str, ...]]
    units: dict[str, UnitWords]
    """Word to unit."""
    traditional: dict[int, int]
    """For ``str.translate``: one character for one, so that offsets stay."""

    @classmethod
    def of(cls, cards: Iterable[Wordlist]) -> Lexicon:
        """Put wordlists together; a later one adds to the earlier ones."""
        words: dict[WordRole, tuple[str, ...]] = {}
        units: dict[str, UnitWords] = {}
        traditional: dict[int, int] = {}
        for card in cards:
            for role, listed in card.words.items():
                words[role] = (*words.get(role, ()), *listed)
            units.update((word, unit) for unit in card.units for word in unit.words)
            traditional.update((ord(pair[0]), ord(pair[1])) for pair in card.traditional)
        return cls(words, units, traditional)
