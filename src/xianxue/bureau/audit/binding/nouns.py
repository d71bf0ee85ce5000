"""Do two numbers speak of the same thing? Asked of the words alone."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.reading.quantity import Quantity

_LEAST: Final = 2
"""Characters in a row that two names must share to be akin: one is shared by chance."""


def same_noun(first: str, second: str) -> bool:
    """Whether two names are of one thing: equal, or one is silent.

    >>> same_noun("在校生", ""), same_noun("小学在校生", "在校生")
    (True, False)
    """
    return not first or not second or first == second


def akin(first: str, second: str) -> bool:
    """Whether two names share two characters in a row.

    >>> akin("高中招生", "招生人数"), akin("教师", "学生")
    (True, False)
    """
    return any(first[at : at + _LEAST] in second for at in range(len(first) - 1))


def like(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be compared: of one dimension, both amounts or both rates."""
    return one.dim == other.dim and one.form == other.form
