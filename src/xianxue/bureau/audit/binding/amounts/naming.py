"""What an amount is called, what part of all it is told of, and what it measures."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import replace

CONVERTED: Final = frozenset({"land", "area", "square_kilometres"})
"""Dimensions of one kind of amount, with other units; see ``relations.in_units_of``."""


_YEAR: Final = re.compile(
    r"^(?:截至|截止到?|到)?(?:19|20)[0-9]{2}(?:学年度?|年度|年)?(?:[0-9]{1,2}月)?(?:[底末]|初(?!中)|[0-9]{1,2}日)?"
)


def called(one: Quantity) -> str:
    """Give the words of an amount: before it, and right behind it («320名寄宿生»)."""
    return one.own + one.after


def same_kind(first: str, second: str) -> bool:
    """Whether two dimensions measure the same: 亩 and 平方米 do."""
    return first == second or {first, second} <= CONVERTED


def is_amount(one: Quantity) -> bool:
    """Whether a number is an amount of now, by itself: no change, no member of a list."""
    fitting = one.form == "cardinal" and one.role == "level" and not one.prior
    return fitting and one.size == 1 and one.low > 0


def counts(one: Quantity, mine: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether an amount is of the first of two sorts: the word next to it says which.

    «1628名学生配备教师82人»: 1628 of pupils, 82 of teachers.
    """
    before, instead = (
        max((found.end() for found in words.finditer(one.own)), default=0)
        for words in (mine, other)
    )
    if before or instead:
        return before > instead
    behind, instead = (
        found.start() if (found := words.search(one.after)) else len(one.after)
        for words in (mine, other)
    )
    return behind < instead


def as_mean(one: Quantity) -> Quantity:
    """Give a mean with the bounds of its printed digits: 38 a class is 37.5 to 38.5."""
    if one.low != one.high:
        return one
    return replace(one, low=one.value - one.step // 2, high=one.value + one.step // 2)


def timeless(lead: str) -> str:
    """Give the words before a number without the year at their beginning."""
    return _YEAR.sub("", lead)


class Names:
    """Asks of names; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._stage = re.compile(lexicon.any_of("stage"))
        self._filler = re.compile(lexicon.any_of("measure_filler"))
        loose = lexicon.any_of("opening", "whole_scope", "now_time", "adverb", "worked_out")
        self._loose = re.compile(rf"^(?:{loose}|[、的])+")
        self._scope = re.compile(lexicon.any_of("whole_scope"))

    def stages(self, name: str) -> frozenset[str]:
        """Give what part of all a name is of: 小学, 城区, 女; nothing where it is of all."""
        return frozenset(self._stage.findall(name))

    def is_of_all(self, one: Quantity) -> bool:
        """Whether an amount is told of all, and of no part: 全校教学班."""
        return bool(self._scope.search(one.lead)) and not self.stages(called(one))

    def bare(self, name: str) -> str:
        """Give a name without what leads to it and says nothing."""
        return self._loose.sub("", name)

    def unstaged(self, name: str) -> str:
        """Give what of a name is no stage."""
        return self._stage.sub("", name)

    def measured(self, name: str) -> str:
        """Give what is measured: 校舍 of 校舍总面积."""
        return self._filler.sub("", name)

    def one_measure(self, first: str, second: str) -> bool:
        """Whether two names measure one thing: 生均校舍 and 校舍建筑面积."""
        first, second = self.measured(first), self.measured(second)
        return first == second or akin(first, second) or akin(second, first)
