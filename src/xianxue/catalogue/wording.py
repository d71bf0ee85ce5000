"""How the catalogue speaks of words that its cards do not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from xianxue.bureau.values.sentence import Sentence, glued, joined, say

_FEW: Final = 12
"""Of more known words than these a list is not read to its end, and none is given."""
_ALIKE: Final = 0.6
"""How alike two words are, as difflib measures and by its own default."""
_A_WORD: Final = 4
"""Letters from which a word may be misspelt; below it is a code, and 212 is not nearly 312."""


def listed(words: Iterable[str]) -> Sentence:
    """Write words as a Chinese list.

    >>> listed(["甲", "乙"])
    '甲、乙'
    """
    return joined("、", words)


def one_of(words: Collection[str]) -> Sentence:
    """Write that one of some words is asked for.

    >>> one_of(["person"]), one_of(["person", "school"])
    ('person', 'person、school 之一')
    """
    return listed(words) + (say(" 之一") if len(words) > 1 else "")


def nearest(word: str, known: Collection[str]) -> str:
    """Give the known word that was probably meant; empty where none is like it.

    >>> nearest("persom", ["person", "school"])
    'person'
    """
    if len(word) < _A_WORD:
        return ""
    return next(iter(get_close_matches(word, known, n=1, cutoff=_ALIKE)), "")


def meant(word: str, known: Collection[str]) -> str:
    """Ask whether a known word was meant; empty where none is like it.

    >>> meant("persom", ["person", "school"])
    '是不是“person”？'
    """
    near = nearest(word, known)
    return say("是不是“{near}”？", near=near) if near else ""


def instead(word: str, known: Collection[str]) -> str:
    """Ask whether a known word was meant; where none is like it, list the known if they are few.

    >>> instead("x", ["person", "school"])
    '可用：person、school'
    """
    few = say("可用：{known}", known=listed(known)) if 0 < len(known) <= _FEW else ""
    return meant(word, known) or few


def from_list(word: str, known: Mapping[str, str]) -> Sentence:
    """Name all that a unit or code can be, with its term where it is known, however many there are.

    >>> from_list("persom", {"person": "人", "one": ""})
    '是不是“person”？可用：person 人、one'
    """
    each = (glued((code, " ", term)) if term else code for code, term in known.items())
    return glued((meant(word, known), say("可用：{known}", known=listed(each))))
