"""How well a word that somebody types means a thing: a code, a name, a part of either."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.desk.search.readings import Reading, fit, folded, heads_of, reading_of

EXACT_CODE: Final = 100
EXACT: Final = 95
BEGINS: Final = 85
BEGINS_CODE: Final = 70
READ: Final = 66
"""The whole name by its initials or its pinyin."""
HOLDS: Final = 60
BEGINS_READ: Final = 55
IN_ORDER: Final = 40
"""The characters stand in it in this order, with others between: «清泉小学» of 清泉镇中心小学."""
HOLDS_READ: Final = 35
HOLDS_CODE: Final = 30
READ_IN_ORDER: Final = 20
_OTHER_NAME: Final = 0.8
"""What another name of a thing counts, beside its own."""
_FEW: Final = 3
"""Of fewer letters, what merely stands somewhere in the right order means nothing."""


class Names(Record):
    """What a thing is called."""

    name: str
    """Folded."""
    reading: Reading
    others: tuple[Names, ...] = ()
    """Other names: synonyms, the English term."""
    codes: tuple[str, ...] = ()
    """Its codes and ids, folded."""

    @classmethod
    def of(cls, name: str, *codes: str, others: tuple[str, ...] = ()) -> Names:
        """Take a name, its codes and the other names it has."""
        return cls(
            folded(name),
            reading_of(str(name)) if not name.isascii() else (),
            tuple(cls.of(one) for one in dict.fromkeys(others) if one),
            tuple(folded(code) for code in codes if code),
        )


def score(word: str, names: Names) -> int:
    """Say how well a folded word means a thing; 0 for not at all.

    >>> school = Names.of("清泉镇中心小学", "2163980001")
    >>> [score(word, school) for word in ("2163980001", "清泉镇中心小学", "清泉镇")]
    [100, 95, 85]
    >>> [score(word, school) for word in ("中心", "清泉小学", "石桥")]
    [60, 40, 0]
    >>> [score(word, school) for word in ("qqzzxxx", "qqz", "qingquan", "zxxx", "21639", "qqxx")]
    [66, 55, 55, 35, 70, 20]
    >>> [score(word, school) for word in ("sqz", "80001")]
    [0, 30]
    """
    best = max(_of_name(word, names), _of_codes(word, names.codes))
    others = (round(_of_name(word, one) * _OTHER_NAME) for one in names.others)
    return max(best, *others, 0)


def _of_codes(word: str, codes: tuple[str, ...]) -> int:
    if not word.isascii():
        return 0
    if word in codes:
        return EXACT_CODE
    if len(word) < _FEW:
        return 0
    if any(code.startswith(word) for code in codes):
        return BEGINS_CODE
    return HOLDS_CODE if any(word in code for code in codes) else 0


def _of_name(word: str, names: Names) -> int:
    name = names.name
    if word == name:
        return EXACT
    if name.startswith(word):
        return BEGINS
    if word in name:
        return HOLDS
    if word.isascii() and word.isalpha():
        return _read(word, names.reading)
    # One character in order is one that is held.
    return IN_ORDER if len(word) > 1 and _in_order(word, name) else 0


def _read(word: str, reading: Reading) -> int:
    if not reading:
        return 0
    heads, first = heads_of(reading), word[0]
    fits = fit(word, reading) if first in heads[0] else None
    if fits is not None:
        whole = len(word) == len(reading) if fits else word == "".join(one[0] for one in reading)
        return READ if whole else BEGINS_READ
    starts = (at for at, letters in enumerate(heads) if at and first in letters)
    if len(word) > 1 and any(fit(word, reading, at) is not None for at in starts):
        return HOLDS_READ
    if len(word) >= _FEW and first in heads[0]:
        rest = iter(heads)
        # Initials in the right order, beginning with the first character's.
        if all(any(letter in one for one in rest) for letter in word):
            return READ_IN_ORDER
    return 0


def _in_order(word: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in word)
