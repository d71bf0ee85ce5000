"""Wholes that are called by their name: 占教师总数的, and 专任教师2340人 some sentences before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import BACK, head, is_amount, kin, label
from xianxue.bureau.audit.binding.rates.calling import Names
from xianxue.bureau.audit.binding.rates.wholes import Base
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

FAR: Final = 40
"""Amounts looked at for a whole that is called by its name."""
_LONG_NAME: Final = 4
"""A name so long is one thing's in a whole report; a shorter one (收入) is of many."""


class Amounts:
    """The amounts of one text, apart from its other numbers."""

    def __init__(self, reading: Reading) -> None:
        self._all = [one for one in reading.quantities if not one.cell and is_amount(one)]
        self._at = [one.index for one in self._all]

    def around(self, stated: Quantity) -> Iterator[Quantity]:
        """Give those right behind a number in its sentence, then those before it, nearest first."""
        at = bisect_left(self._at, stated.index)
        for one in self._all[at : at + 2]:
            if one.sentence == stated.sentence:
                yield one
        yield from reversed(self._all[max(0, at - FAR) : at])


def named_wholes(
    reading: Reading, amounts: Amounts, name: str, parts: Sequence[Quantity], stated: Quantity
) -> Iterator[Base]:
    """Give the numbers that are called as the whole is: 占教师总数的, and 专任教师2340人 before."""
    names = reading.lexicon.made(Names)
    part, best, area = parts[-1], None, names.area(stated.lead)
    for one in amounts.around(stated):
        if one.document != part.document:
            return
        match = names.called(name, head(reading, one))
        if not match or one in parts or not _comparable(one, part, stated):
            continue
        if area and (names.area(one.lead) or names.area(part.lead) or area) != area:
            continue  # 占全国…的 is no share of what the province has
        cues = ["base_named" if match > 1 else "base_like"]
        if part.sentence - one.sentence > 1 or part.paragraph != one.paragraph:
            cues.append("far_away" if len(name) >= _LONG_NAME else "far_and_short")
        if match > 1:
            yield Base(one, tuple(cues))
            return
        if best is None and not names.siblings(name, label(one)):
            best = Base(one, tuple(cues))
    if best is not None:
        yield best


def _comparable(one: Quantity, part: Quantity, stated: Quantity) -> bool:
    """Whether a number can be the whole: of the same sort, year and place in a list."""
    if not kin(one, part) or one.high < part.low or one.prior:
        return False
    if one.size > 1:
        return one.place == stated.place
    return not (one.year and stated.year and one.year != stated.year)


def composed_whole(
    reading: Reading, names: Names, name: str, part: Quantity
) -> tuple[Quantity, ...]:
    """Give the parts that make up a whole that is named and not printed: 高中阶段在校生."""
    for composition in reading.lexicon.compositions:
        word = next((word for word in composition.whole if word in name), "")
        measure = names.canonical(name.replace(word, "")) if word else ""
        if not measure:
            continue
        near = [
            one
            for one in reading.quantities[max(0, part.index - BACK) : part.index + BACK]
            if one.paragraph == part.paragraph and is_amount(one) and kin(one, part)
        ]
        some = [
            [one for one in near if _measures(names, one, words, measure)]
            for words in composition.parts
        ]
        if all(len(found) == 1 for found in some) and any(part in found for found in some):
            return tuple(found[0] for found in some)
    return ()


def _measures(names: Names, one: Quantity, words: Sequence[str], measure: str) -> bool:
    told = names.clean(one.lead)
    return any(word in told for word in words) and names.canonical(told).endswith(measure)
