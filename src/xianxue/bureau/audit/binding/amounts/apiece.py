"""Means of what is counted in the same sentence: «6个年级开设兴趣班48个,平均每个年级8个».

Whatever «每» is of, its number and its name were told before; the total is the one other number
of the mean's own kind. Without a total, a mean of whole things over few may be impossible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import as_mean, is_amount
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_EACH: Final = re.compile(
    "(?:平均到?每一?|每(?=[\u4e00-\u9fff]平均))([\u4e00-\u9fff])(?:平均)?([\u4e00-\u9fff]{0,12})$"
)
_NOUN: Final = 6
"""Characters behind 个 in which what is counted ends."""
_PERSONS: Final = "人名位"
"""Persons, classes and schools are looked for by their own words; see ``per``."""
_KNOWN: Final = frozenset({"people", "classes", "institutions", "households"})


def bind_apiece(reading: Reading) -> Iterator[Candidate]:
    """Give every mean of what its sentence counts."""
    for sentence in reading.sentences:
        for at, one in enumerate(sentence):
            each = _EACH.search(one.lead) if at and "每" in one.lead else None
            if each and each[1] not in _PERSONS and one.form == "cardinal" and one.dim:
                alone = not any(other.dim == one.dim for other in sentence[at + 1 :])
                yield from _mean(sentence[:at], one, (each[1], each[2]), alone=alone)


def _mean(
    before: Sequence[Quantity], one: Quantity, of: tuple[str, str], *, alone: bool
) -> Iterator[Candidate]:
    heads = [each for each in before if is_amount(each) and _is_called(each, *of)]
    if len(heads) != 1 or heads[0].dim in _KNOWN:
        return
    totals = [each for each in before if each.dim == one.dim and each is not heads[0]]
    if totals and one.dim == "people" and totals[0].unit != one.unit:
        return  # 网格186个,网格员212名,平均每个网格377人: of those who live there
    if len(totals) == 1 and is_amount(totals[0]):
        yield Candidate("per", as_mean(one), (totals[0], heads[0]), ("per", "measure_named"))
    few = heads[0].value * one.step < ONE * ONE
    if (
        alone
        and not totals
        and one.whole
        and one.step < ONE
        and few
        and not (one.about or heads[0].about)
    ):
        yield Candidate("grim", one, (heads[0],), ("mean_of_whole",))


def _is_called(one: Quantity, unit: str, name: str) -> bool:
    """Whether a number counts what «每» is of: 6个年级 of 每个年级, 128批次 of 每批."""
    if not one.unit.startswith(unit):
        return one.unit == "个" and unit in one.after[1:_NOUN]  # 9个居民小组, 每组
    if unit != "个":
        return True
    return len(name) > 1 and (one.after or one.own[-len(name) :]).startswith(name[:2])
