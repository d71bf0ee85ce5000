"""Which numbers count things, and how they stand to one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

BACK: Final = 16
"""Numbers looked at before a part: the whole of a longer list is named, or not found."""
_NO_AMOUNT: Final = frozenset(
    {"age", "years", "days", "weeks", "months", "hours", "minutes", "score", "times_over",
     "doublings", "terms", "sessions", "aspects", "great", "layers", "none",
     "money_each", "bandwidth"}
)  # fmt: skip
_POINTERS: Final = frozenset({"items", "sorts", "aspects", "things"})
_POINTING: Final = re.compile("(?:以上|上述|前述|这|前)?")
_MOST: Final = 5
"""Numbers that 两项, 三类 may point back to."""
_LOOSE: Final = frozenset({"people", "institutions", "seats", "classes", "bodies"})
"""What 个 may also count: 岗位150个, 到岗93名."""
_WITHIN: Final = re.compile(r"[^,;:()。0-9]{0,10}[中里](?=[,有0-9])")
"""Behind a whole whose parts follow: 1200名家长中,有…."""
_THRESHOLD: Final = re.compile(r"以[上下内](?=.)")
"""Behind a number that only says of which: 收入50万元以上的村."""
_OVER: Final = re.compile("(?:超过|不足|不到|低于|高于|达到|大于|小于|多于|少于)$")
"""Before a number of which others are told to be more or less: 超过50人的班级."""
_DIVIDED: Final = re.compile(r"[按从分][^,。]{0,10}(?:分|看|划分),")
_FAR: Final = 100
_JOINED: Final = re.compile(r"、|和|及|与|加上|连同|外加")


def is_amount(one: Quantity) -> bool:
    """Whether a number counts things that may be parts and wholes."""
    return (
        one.role == "level"
        and one.form == "cardinal"
        and bool(one.dim)
        and one.dim not in _NO_AMOUNT
        and not _THRESHOLD.match(one.after)
        and not (one.about and one.after.startswith("的") and _OVER.search(one.lead))
    )


def is_added(one: Quantity) -> bool:
    """Whether a number counts what was added, not more than at another time: 已新增1840个."""
    return one.role == "delta" and not one.since and bool(one.dim)


def is_pointer(one: Quantity) -> bool:
    """Whether a number only points back: 两项 of 两项合计占."""
    return (
        bool(_POINTING.fullmatch(one.lead))
        and one.dim in _POINTERS
        and ONE < one.value <= _MOST * ONE
    )


def blurred(one: Quantity, part: Quantity) -> bool:
    """Whether the whole may stand here, but cannot be read: 8xxx人, 10—12所."""
    return one.form in ("mask", "range") and one.dim in ("", part.dim)


def kin(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers count the same sort of thing."""
    if one.dim == other.dim:
        return True
    return {one.dim, other.dim} & {"things"} != set() and bool({one.dim, other.dim} & _LOOSE)


def head(reading: Reading, one: Quantity) -> Quantity:
    """Give the first member of a number's list: what is said of all stands before it."""
    return reading.quantities[one.index - one.place] if one.size > 1 else one


def label(one: Quantity) -> str:
    """Give the words that say what a number counts: before it, or right behind it."""
    return one.own or one.after


def joined(reading: Reading, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are members of one list: 初中12所、小学33所."""
    if first.depth != second.depth or first.sentence != second.sentence:
        return False
    between = reading.between(first, second)
    return (
        len(between) < BACK * 2
        and not re.search("[,;:()]|其中|中有", between)
        and bool(_JOINED.search(between))
    )


def divided(reading: Reading, one: Quantity) -> bool:
    """Whether a number is one of those that a sentence parts all into: 按性别分,男生5210人."""
    begin = max(reading.norm.rfind(stop, max(0, one.start - _FAR), one.start) for stop in "。\n")
    return bool(_DIVIDED.match(reading.norm, begin + 1, one.start))


def told_within(reading: Reading, whole: Quantity, part: Quantity) -> bool:
    """Whether it is said that the part is among them: 1200名家长中,有1140人."""
    return part.index > whole.index and bool(_WITHIN.match(reading.between(whole, part)))


def before(reading: Reading, one: Quantity, sentences: int = 1) -> Iterator[Quantity]:
    """Give the numbers before one, the nearest first: of its brackets, and outside them."""
    quantities = reading.quantities
    inside, depth = one.owner, one.depth
    for at in range(one.index - 1, max(-1, one.index - 1 - BACK), -1):
        other = quantities[at]
        if other.form == "name":
            continue
        if (
            other.cell
            or other.document != one.document
            or one.sentence - other.sentence > sentences
            or other.paragraph != one.paragraph
        ):
            return
        if other.depth > depth or (other.depth == depth and depth and other.owner != inside):
            continue
        if other.depth < depth:
            # Out of the bracket: the number that owns it is what it tells of.
            if other.index > inside >= 0:
                continue
            depth, inside = other.depth, other.owner
        yield other


def share_of(reading: Reading, one: Quantity, stated: Quantity) -> str | None:
    """Give the words of the share that is told right behind a number; None where none is."""
    quantities = reading.quantities
    for at in range(one.index + 1, min(one.index + 3, len(quantities), stated.index)):
        other = quantities[at]
        if other.sentence != one.sentence or is_amount(other):
            return None
        if other.form == "percent" and other.role == "rate":
            # 占20000人的60% is of the number itself.
            return other.own if other.stop else None
    return None
