"""Do two numbers speak of the same thing? Asked of the words alone."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity

_LEAST: Final = 2
"""Characters in a row that two names must share to be akin: one is shared by chance."""


def same_thing(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether two names are of one thing: equal in meaning, or one is the end of the other.

    What is counted stands at the end of a Chinese name: 小学在校生 are 在校生 told more exactly.
    """
    if not first or not second:
        return False
    same = lexicon.same
    one, other = same.get(first, first), same.get(second, second)
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    return len(one) >= _LEAST and other.endswith(one)


def akin(first: str, second: str) -> bool:
    """Whether two names share two characters in a row.

    >>> akin("高中招生", "招生人数"), akin("教师", "学生")
    (True, False)
    """
    return any(first[at : at + _LEAST] in second for at in range(len(first) - 1))


def like(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be compared: of one dimension, both amounts or both rates."""
    return one.dim == other.dim and one.form == other.form
