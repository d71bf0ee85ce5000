"""Do two numbers speak of the same thing? Asked of the words alone."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity

_LEAST: Final = 2
"""Characters in a row that two names must share to be akin: one is shared by chance."""


def same_thing(name: str, noun: str, lexicon: Lexicon) -> bool:
    """Whether a name is one by which a noun may be told again: equal in meaning, or its end.

    What is counted stands at the end of a Chinese name: 在校生 tells 小学在校生 again; the other
    way round it would be a part.
    """
    if not name or not noun:
        return False
    same = lexicon.same
    return same.get(name, name) == same.get(noun, noun) or (
        len(name) >= _LEAST and noun.endswith(name)
    )


def akin(first: str, second: str) -> bool:
    """Whether two names share two characters in a row.

    >>> akin("高中招生", "招生人数"), akin("教师", "学生")
    (True, False)
    """
    return any(first[at : at + _LEAST] in second for at in range(len(first) - 1))


def like(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be compared: of one dimension, both amounts or both rates."""
    return one.dim == other.dim and one.form == other.form
