"""Days and years in the many ways people write them.

A way that means one day is read; one that could mean two is answered with a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from xianxue.bureau.returns.contents.numerals import chinese_number
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Programs add midnight to a day when they turn it into a text.
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|z)?$", re.IGNORECASE)
# The year first, in four digits: the one order that is the same everywhere.
_SEPARATED = re.compile(
    r"(\d{4})\s*[-/.,、_年—–―]\s*(\d{1,2})\s*[-/.,、_月—–―]\s*(\d{1,2})\s*[日号.]?"
)
# 1/9/2025 is January in one country and September in another: never read, only asked.
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
# 25.9.1 has no century: never read, only asked.
_SHORT = re.compile(r"(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH_ONLY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_ENGLISH = re.compile(
    r"(?:(\d{1,2})[\s-]*([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\.?\s*(\d{1,2}))[\s,.-]+(\d{4})"
)
_RUN = re.compile("[零〇○一二三四五六七八九十]+")
_YEAR_IN = re.compile(r"(\d{4})(?:\s*年\s*\d{0,2}\s*月?|[/-]\d{1,2}月?)?")
_SHORT_YEAR = re.compile(r"'?(\d{2})年?")
# Only a suggestion hangs on it, which a person confirms: 98 is 1998, 05 is 2005.
_THIS_CENTURY: Final = 50
"""Two digits below this are taken for the years from 2000 on."""


def day_written(text: str) -> date | None:
    """Read a day in a way that means one day only.

    >>> str(day_written("2025年 9月 1号")), str(day_written("二〇二五年九月一日"))
    ('2025-09-01', '2025-09-01')
    >>> str(day_written("2025-09-01 00:00:00")), str(day_written("Sept 1, 2025"))
    ('2025-09-01', '2025-09-01')
    >>> day_written("1/9/2025"), day_written("25.9.1"), day_written("2025年9月")
    (None, None, None)
    """
    folded = _folded(text)
    found = _SEPARATED.fullmatch(folded)
    if found is not None:
        return _day(*(int(part) for part in found.groups()))
    english = _ENGLISH.fullmatch(folded.lower())
    if english is not None:
        month = _MONTHS.get(english[2] or english[3], 0)
        return _day(int(english[5]), month, int(english[1] or english[4]))
    return None


def day_meant(text: str) -> str:
    """Suggest what a day written in an uncertain way may mean; empty where nothing is near.

    >>> day_meant("25.9.1"), day_meant("2025年9月"), day_meant("31/8/2025"), day_meant("九月")
    ('2025-09-01', '2025-09-01', '2025-08-31', '')
    """
    folded = _folded(text)
    day: date | None = None
    if found := _SHORT.fullmatch(folded):
        day = _day(_century(int(found[1])), int(found[2]), int(found[3]))
    elif found := _DAY_FIRST.fullmatch(folded):
        one, two, year = (int(part) for part in found.groups())
        # Day before month, as most of the world writes it, unless that is no day.
        day = _day(year, two, one) or _day(year, one, two)
    elif found := _MONTH_ONLY.fullmatch(folded):
        day = _day(int(found[1]), int(found[2]), 1)
    return day.isoformat() if day else ""


def year_written(text: str) -> int | None:
    """Read a year that is written with its month: the year asked for is in it.

    >>> year_written("1998年9月"), year_written("1998/9"), year_written("98年")
    (1998, 1998, None)
    """
    found = _YEAR_IN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else None


def year_meant(text: str) -> str:
    """Suggest what a year in other words may mean; empty where nothing is near.

    >>> year_meant("98年"), year_meant("一九九八年"), year_meant("建校已久")
    ('1998', '1998', '')
    """
    folded = _folded(text)
    found = _SHORT_YEAR.fullmatch(folded)
    if found is not None:
        return str(_century(int(found[1])))
    number = re.search(r"\d{4}", folded)
    if number is not None and FIRST_YEAR <= int(number[0]) <= LAST_YEAR:
        return number[0]
    return ""


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = _CLOCK.sub("", folded)
    return digits_folded(folded)


def digits_folded(text: str) -> str:
    """Write the numbers that a text spells in characters as digits.

    >>> digits_folded("九月三号")
    '9月3号'
    """
    # Characters for digits are searched for first: nearly all texts have none.
    return _RUN.sub(lambda run: _digits(run[0]), text) if _RUN.search(text) else text


def _digits(run: str) -> str:
    number = chinese_number(run)
    return run if number is None else str(number)


def _century(year: int) -> int:
    return year + (2000 if year < _THIS_CENTURY else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    # A day in another century than anybody lives in is a slip of the finger.
    return found if FIRST_YEAR <= year <= LAST_YEAR else None
