"""Days as they stand in ledgers that people keep for themselves: without a year, without a century.

There the table says which year is meant, so that «9月3日» is a day; «9月中旬» and «近期» are none,
and a number 9.1 may be the first as well as the tenth.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.returns.contents.dates import day_written, digits_folded
from xianxue.bureau.returns.contents.strict import day_of, written
from xianxue.bureau.returns.sheets.grid import Raw

_BY = re.compile(r"(?:之?前|以前|为?止|截?止)$")
"""What stands behind a day by which something is due."""
_SHORT = re.compile(r"(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_IN_YEAR = re.compile(r"(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")
_RUN = re.compile(r"\d+(?:\.\d+)?")
_WEEKDAY = re.compile(r"[(（]?(?:周|星期)[一二三四五六日天][)）]?$")
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_CENTURY: Final = 2000
_UNTIL = re.compile(
    r"(?:截至|截止到?|截止日期|填报日期|统计日期|上报日期|填表日期|制表日期|制表时间)\s*[:：]?\s*"
    r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年|学年|[-.至]|$|(?=\D))")


def day_said(raw: Raw, year: int) -> date | None:
    """Read a day; ``year`` is the one that the table is of. None where it is not one day.

    >>> [str(day_said(one, 2025)) for one in ("2025.9.3", "9月3日", "二〇二五年九月三日", "25/9/3")]
    ['2025-09-03', '2025-09-03', '2025-09-03', '2025-09-03']
    >>> [str(day_said(one, 2025)) for one in (45903.0, "9月12日前", "九月三号")]
    ['2025-09-03', '2025-09-12', '2025-09-03']
    >>> [day_said(one, 2025) for one in ("9月中旬", 9.1, "9月", "9.3-9.5", "13/25", "")]
    [None, None, None, None, None, None]
    """
    text = _WEEKDAY.sub("", _BY.sub("", written(raw).strip()).strip())
    found = day_written(text) or (day_of(text) if _may_be_serial(text) else None)
    if found is None and isinstance(raw, str):
        found = _short(digits_folded(unicodedata.normalize("NFKC", text)), year)
    return found if found is not None and _FIRST <= found <= _LAST else None


def told_until(text: str) -> date | None:
    """Read up to which day a title says that a table goes.

    >>> str(told_until("安全隐患台账（截至2025年9月30日）")), told_until("2025年台账")
    ('2025-09-30', None)
    """
    found = _UNTIL.search(unicodedata.normalize("NFKC", text))
    return day_written(found[1]) if found is not None else None


def told_year(text: str) -> int | None:
    """Read of which year a title says that a table is.

    >>> told_year("2025年秋季隐患台账"), told_year("隐患台账")
    (2025, None)
    """
    found = _YEAR.search(unicodedata.normalize("NFKC", text))
    return int(found[1]) if found is not None else None


def _may_be_serial(text: str) -> bool:
    """Whether a number may be a day as spreadsheets count them: a whole one, of this century."""
    if _RUN.fullmatch(text) is None:
        return True
    first = (_FIRST - date(1899, 12, 30)) // timedelta(days=1)
    last = (_LAST - date(1899, 12, 30)) // timedelta(days=1)
    return text.isdigit() and (first <= int(text) <= last or _eight(text))


def _eight(text: str) -> bool:
    return len(text) == len("20250903")


def _short(text: str, year: int) -> date | None:
    if found := _SHORT.fullmatch(text):
        parts = (_CENTURY + int(found[1]), int(found[2]), int(found[3]))
    elif found := _IN_YEAR.fullmatch(text):
        parts = (year, int(found[1]), int(found[2]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
