"""The lexicon: all wordlists together, made ready for reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from xianxue.bureau.audit.reading.normal import table
from xianxue.bureau.kinds.wordlist import Composition, Cue, UnitWords, Wordlist, WordRole
from xianxue.bureau.values.record import Record, field

Some = TypeVar("Some")


class Lexicon(Record):
    """What the auditor knows of the language; made once, used for many texts."""

    words: dict[WordRole, frozenset[str]]
    units: dict[str, UnitWords]
    """Word to unit."""
    unit_first: dict[str, tuple[str, ...]]
    """First character to units, the longest first."""
    table: dict[int, int | str]
    """For ``str.translate``: one character for one, so that offsets stay."""
    compositions: tuple[Composition, ...]
    opposites: tuple[tuple[str, ...], ...]
    same: dict[str, str]
    """Word to the word that stands for all of its meaning."""
    sides: dict[str, dict[str, str]]
    """"before" or "after" to a word there and whether it says about, under or over."""
    axes: tuple[tuple[str, ...], ...] = ()
    cues: dict[str, Cue] = field(default_factory=dict[str, Cue])
    kept: dict[Any, Any] = field(default_factory=dict[Any, Any])
    """What was made of these words already; see ``made``."""

    @classmethod
    def of(cls, cards: Iterable[Wordlist]) -> Lexicon:
        """Put wordlists together; a later one adds to the earlier ones."""
        cards = list(cards)
        words: dict[WordRole, set[str]] = {}
        units: dict[str, UnitWords] = {}
        traditional: dict[int, int] = {}
        compositions: list[Composition] = []
        opposites: list[tuple[str, ...]] = []
        same: dict[str, str] = {}
        for card in cards:
            for role, listed in card.words.items():
                words.setdefault(role, set()).update(listed)
            units.update((word, unit) for unit in card.units for word in unit.words)
            traditional.update((ord(pair[0]), ord(pair[1])) for pair in card.traditional)
            compositions.extend(card.compositions)
            opposites.extend(tuple(listed) for listed in card.opposites)
            same.update((word, listed[0]) for listed in card.same for word in listed)
        return cls(
            {role: frozenset(listed) for role, listed in words.items()},
            units,
            by_first(units),
            table(traditional),
            tuple(compositions),
            tuple(opposites),
            same,
            {
                side: {
                    word: way
                    for way in ("over", "under", "about")
                    for word in words.get(f"{side}_{way}", ())
                }
                for side in ("before", "after")
            },
            tuple(tuple(listed) for card in cards for listed in (*card.opposites, *card.axes)),
            {one.cue: one for card in cards for one in card.cues},
        )

    def role(self, role: WordRole) -> frozenset[str]:
        """Give the words of a role; none where no list has it."""
        return self.words.get(role, frozenset())

    def any_of(self, *roles: WordRole) -> str:
        """Give the alternatives of an expression: all words of these roles, the longest first."""
        words = {word for role in roles for word in self.role(role)}
        listed = sorted(words, key=lambda word: (-len(word), word))
        return f"(?:{'|'.join(map(re.escape, listed))})" if listed else "(?!)"

    def made(self, make: Callable[[Lexicon], Some]) -> Some:
        """Give what ``make`` makes of the lexicon, made once: expressions take long to compile."""
        if make not in self.kept:
            self.kept[make] = make(self)
        return cast("Some", self.kept[make])

    def last_word(self, text: str) -> str:
        """Say whether a text ends in a word for about, under or over: 近, 约, 超过."""
        found = self.made(_before).search(text)
        return self.sides["before"][found[0]] if found else ""

    def first_word(self, text: str) -> str:
        """Say whether a text begins with a word for about, under or over: 左右, 以上."""
        found = self.made(_after).match(text)
        return self.sides["after"][found[0]] if found else ""


def _before(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{lexicon.any_of('before_about', 'before_under', 'before_over')}$")


def _after(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.any_of("after_about", "after_under", "after_over"))


def by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give first characters to words, the longest first.

    >>> by_first(["人", "人次", "所"])
    {'人': ('人次', '人'), '所': ('所',)}
    """
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda one: (-len(one), one)):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(listed) for first, listed in found.items()}
