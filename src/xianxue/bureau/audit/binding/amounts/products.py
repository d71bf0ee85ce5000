"""So many things at so much each: «课桌椅1200套,单价260元,合计31.2万元»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import called, is_amount
from xianxue.bureau.audit.binding.amounts.periods import Periods, times_each
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import replace

_EACH: Final = re.compile("[每价各]")
_BARE: Final = re.compile("每个?[\u4e00-\u9fff]{1,4}")
_AS_PEOPLE: Final = {("people", "person_times"), ("person_times", "people")}
"""Heads of each of many events are so many attendances together."""
_DAYS: Final = frozenset({"weeks", "days"})
"""So much a day for so many days is a product as well, but not of heads: they come again."""
_TIMES: Final = frozenset({"months", "years", "people", *_DAYS})
"""What is counted in these is told by the heads or by the period, not by the thing."""
_NEAR: Final = 2
"""Numbers before or behind an amount for each among which the things stand."""


class _Words:
    def __init__(self, lexicon: Lexicon) -> None:
        self.periods = lexicon.made(Periods)
        self.price = re.compile(lexicon.any_of("price"))
        self.in_all = re.compile(lexicon.any_of("in_all", "spent"))
        self._units = lexicon.units
        listed = "|".join(map(re.escape, sorted(self._units, key=len, reverse=True)))
        self._apiece = re.compile(rf"各(?:自|新)?{lexicon.any_of('gained', 'spent')}")
        self._each = re.compile(rf"每(?:一)?(?P<unit>{listed})")

    def dimension(self, lead: str) -> tuple[str, str, Fraction]:
        """Give what an amount is for each of, its name, its unit: things, 考场 of 每个考场.

        «price» where it only says that it is a price.
        """
        found = self._each.search(lead)
        if found is not None:
            unit = self._units[found["unit"]]
            return unit.dimension, lead[found.end() : found.end() + _NEAR], Fraction(unit.scale)
        if self._apiece.search(lead):
            return "any", "", Fraction(1)
        return ("price" if self.price.search(lead) else ""), "", Fraction(1)


def bind_products(reading: Reading) -> Iterator[Candidate]:
    """Give every product of so many things and so much for each."""
    words = reading.lexicon.made(_Words)
    for sentence in reading.sentences:
        if len(sentence) <= _NEAR:
            continue
        for at, each in enumerate(sentence):
            if each.form != "cardinal" or not _EACH.search(each.lead):
                continue
            dimension, name, scale = words.dimension(each.lead)
            again = dimension in _TIMES and (dimension not in _DAYS or each.dim == "people")
            if dimension and not again and each.size == 1:
                yield from _product(words, sentence, at, (dimension, name, scale))


def _product(
    words: _Words, sentence: Sequence[Quantity], at: int, of: tuple[str, str, Fraction]
) -> Iterator[Candidate]:
    each, (dimension, name, scale) = sentence[at], of
    near = [*sentence[max(0, at - _NEAR) : at], *sentence[at + 1 : at + 1 + _NEAR]]
    if dimension == "any":
        near = list(sentence[max(0, at - 1) : at])
    things = [one for one in near if is_amount(one) and _is_thing(one, dimension)]
    if len(things) > 1 and len(name) == _NEAR:
        things = [one for one in things if name in called(one)]
    first = sentence[at - 1] if at > 1 else each
    if _led(each, first) and len(things) == 1 and things[0].index < first.index and scale == 1:
        yield Candidate("product", first, (things[0], each), ("times_each",))
        return
    behind = sentence[at + 1 :]
    totals = [one for one in behind if _may_be_total(words, one, each)]
    if len(things) != 1 or not totals or totals[0].start < things[0].start:
        return
    others = [one for one in sentence if one.dim == each.dim and one.start < totals[0].start]
    if others != [each]:
        return
    if scale != 1:
        things = [_measured_in(things[0], scale)]  # 36公里 are 36 of 每公里
    if dimension in _DAYS:
        yield Candidate("product", totals[0], (things[0], each), ("times_each",))
        return
    yield from times_each(words.periods, sentence, (things[0], each), totals[0])


def _led(each: Quantity, total: Quantity) -> bool:
    """Whether how many each has is told right behind their number: 监考教师756名,每考场2名."""
    alike = total.dim == each.dim == "people" and is_amount(total) and total.unit == each.unit
    bare = _BARE.fullmatch(each.lead) is not None and each.stop == ","
    return alike and bare and total.index == each.index - 1


def _measured_in(one: Quantity, scale: Fraction) -> Quantity:
    """Give a number in a unit that is so many of its own."""
    low, high, value, step = (
        int(each / scale) for each in (one.low, one.high, one.value, one.step)
    )
    return replace(one, low=low, high=high, value=value, step=step)


def _is_thing(one: Quantity, dimension: str) -> bool:
    if dimension == "price":
        return one.dim not in _TIMES and (one.whole or one.dim == "area")
    return one.whole if dimension == "any" else one.dim == dimension


def _may_be_total(words: _Words, one: Quantity, each: Quantity) -> bool:
    like = one.dim == each.dim or (each.dim, one.dim) in _AS_PEOPLE
    fitting = one.form == "cardinal" and one.role in ("level", "each") and one.size == 1
    return like and fitting and bool(words.in_all.search(one.lead)) and "每" not in one.lead
