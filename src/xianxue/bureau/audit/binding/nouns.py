"""Do two numbers speak of the same thing? Asked of the words alone."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity

FORMER: Final = re.compile("[前后]者")
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


def in_order(one: str, other: str, first: Quantity, second: Quantity) -> int:
    """Say whether two names tell two numbers in their order (1), the other way (-1) or neither."""
    if FORMER.search(one + other):
        return 1 if "前者" in one or "后者" in other else -1
    straight = (_shared(one, first.lead), _shared(other, second.lead))
    crossed = (_shared(one, second.lead), _shared(other, first.lead))
    if sum(straight) == sum(crossed) or not all(max(straight, crossed, key=sum)):
        return 0
    return 1 if sum(straight) > sum(crossed) else -1


def _shared(name: str, lead: str) -> int:
    """Count the pairs of characters that a name shares with a lead."""
    return sum(name[at : at + 2] in lead for at in range(len(name) - 1))


def like(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be compared: of one dimension, both amounts or both rates."""
    return one.dim == other.dim and one.form == other.form
