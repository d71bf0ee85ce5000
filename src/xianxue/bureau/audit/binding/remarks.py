"""What is worth a remark though nothing is added: units, bounds, school years, the title's year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_SCHOOL_YEAR: Final = re.compile(r"([12][0-9]{3})年?[-—~至/]{1,2}([12][0-9]{3})年?学年")
_TITLE: Final = 40
"""Characters of a first line that is a title."""
_REVIEW: Final = "总结"
"""Its year is that of the text; a report or a plan also tells of the year before."""
_OFTEN: Final = 3
"""So often at least a text names the year it is of."""
_HALF: Final = 2


def bind_remarks(reading: Reading) -> Iterator[Candidate]:
    """Give what a reader may want to look at."""
    yield from _bounded(reading)
    yield from _points(reading)
    if "学年" in reading.norm:
        yield from _school_years(reading)
    yield from _title_year(reading)


def _bounded(reading: Reading) -> Iterator[Candidate]:
    """Give every rate that by its name cannot be above a hundred: 巩固率102.3%."""
    names = tuple(reading.lexicon.role("of_all_at_most"))
    for one in reading.quantities:
        rate = one.form == "percent" and one.role == "rate" and not one.about
        if rate and one.own.endswith(names) and "毛" not in one.own:
            yield Candidate("bounded", one, (), ("bounded_by_name",))


def _points(reading: Reading) -> Iterator[Candidate]:
    """Give every change of a rate that is told in per cent: 由85.2%提高到87.5%,提高2.3%."""
    for thread in reading.threads:
        for at, one in enumerate(thread[2:], start=2):
            if one.role != "growth" or one.form != "percent" or one.size > 1 or one.about:
                continue
            old, new = sorted(thread[at - 2 : at], key=lambda each: not each.prior)
            rates = {(each.form, each.role, each.noun) for each in (old, new)}
            if rates == {("percent", "rate", old.noun)} and old.prior and not new.prior:
                yield Candidate("rate_growth", one, (new, old), ("from_to", "change"))


def _school_years(reading: Reading) -> Iterator[Candidate]:
    """Give the second year of every school year: 2021-2022学年."""
    years = {one.start: one for one in reading.quantities if one.form == "year"}
    for found in _SCHOOL_YEAR.finditer(reading.norm):
        first, second = years.get(found.start(1)), years.get(found.start(2))
        if first and second:
            yield Candidate("school_year", second, (first,), ("school_year",))


def _title_year(reading: Reading) -> Iterator[Candidate]:
    """Give the year of a title with the year that the text tells of: copies keep old titles."""
    title = reading.norm.lstrip().partition("\n")[0]
    if len(title) > _TITLE or _REVIEW not in title:
        return
    end = reading.norm.find(title) + len(title)
    years = [one for one in reading.quantities if one.form == "year" and not one.cell]
    named, told = (
        [one for one in years if (one.start < end) is inside] for inside in (True, False)
    )
    if len({one.value for one in named}) != 1 or len(told) < _OFTEN:
        return
    year, often = Counter(one.value for one in told).most_common(1)[0]
    if often >= _OFTEN and often * _HALF >= len(told):
        first: Quantity = next(one for one in told if one.value == year)
        yield Candidate("title_year", named[0], (first,), ("title_year",))
