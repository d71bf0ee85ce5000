"""Lists of numbers after one head, and the names that belong to their members.

«小学、初中在校生分别为3000人和2000人,分别增长2.0%和5.0%» is told of two things at once: the first
members belong together, and so do the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import count_of
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import replace

_HEADS = re.compile(r"、|和|及|与|以及")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?=[年、,和至]|$)")
_FROM_TO = re.compile(r"((?:19|20)[0-9]{2})年?[-—~至到]{1,2}((?:19|20)[0-9]{2})年")
_SO_MANY_YEARS = re.compile(r"([二两三四五六2-6])(?:个?学?年度?|届)")
_LONGEST: Final = 12
"""Members of a list that are told apart; a longer one is a table written as prose."""
_LONGEST_CORE: Final = 6


def with_lists(quantities: Sequence[Quantity], lexicon: Lexicon) -> list[Quantity]:
    """Say of every member of a list how long it is, and which name is its own."""
    made: list[Quantity] = []
    names: dict[int, list[str]] = {}
    sentence = -1
    for _, some in groupby(quantities, key=lambda one: one.run):
        run = list(some)
        if run[0].sentence != sentence:
            sentence, names = run[0].sentence, {}
        if len(run) == 1 or len(run) > _LONGEST:
            made += run if len(run) == 1 else [replace(one, size=len(run)) for one in run]
            continue
        made += _named(run, names, lexicon)
    return made


def _named(run: list[Quantity], names: dict[int, list[str]], lexicon: Lexicon) -> list[Quantity]:
    size, first = len(run), run[0]
    years = _years(first.lead, size)
    if years:
        # Years of one thing: no member has a name of its own.
        return [
            replace(one, size=size, year=year or one.year, noun=first.noun)
            for one, year in zip(run, years, strict=True)
        ]
    own = heads(first.own)
    if len(own) == size:
        core = _core(own[-1], lexicon)
        own = [one if one.endswith(core) else one + core for one in own]
        names[size] = own
    elif not first.own and size in names:
        own = names[size]
    else:
        own = [f"{first.noun}#{one.place}" for one in run]
        if not first.own:
            names.setdefault(size, own)
    return [replace(one, size=size, noun=noun) for one, noun in zip(run, own, strict=True)]


def _years(lead: str, size: int) -> list[int]:
    """Give the year of each member, 0 where only their count is told; nothing for other lists.

    >>> _years("2021-2023年招生分别为", 3), _years("近三年招生依次为", 3), _years("学生分别为", 3)
    ([2021, 2022, 2023], [0, 0, 0], [])
    """
    found = _FROM_TO.search(lead)
    if found:
        years = list(range(int(found[1]), int(found[2]) + 1))[: size + 1]
    else:
        years = [int(one) for one in _YEARS.findall(lead)]
    if not years:
        told = _SO_MANY_YEARS.search(lead)
        if told and count_of(told[1]) == size:
            years = [0] * size
    return years if len(years) == size else []


def heads(own: str) -> list[str]:
    """Give the names of a list before its numbers.

    >>> heads("小学、初中和高中在校生")
    ['小学', '初中', '高中在校生']
    """
    return [one for one in _HEADS.split(own) if one]


def _core(head: str, lexicon: Lexicon) -> str:
    """Give what the last head measures, which the others leave out: 在校生 of 高中在校生."""
    for width in range(min(_LONGEST_CORE, len(head) - 1), 1, -1):
        if head[-width:] in lexicon.same:
            return head[-width:]
    return ""
