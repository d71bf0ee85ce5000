"""Reading what a cell holds: numbers as people type them, words, codes, days.

Nothing is guessed. What cannot be read stays «not answered» with the text that was written,
and the checks say why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Value
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR, WORDS, plain
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import Sentence, say

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+")
# Year, month, day with any one separator, or eight digits; all else is for the lenient reading.
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_SPACE = re.compile(r"\s+")
# Blanks part thousands, never lines or columns of a table that was pasted into one cell.
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?: +\d{3})+(?!\d)")
_TWO = re.compile(r"\d\s+\d")
_BREAK = re.compile(r"\s*[\r\n]+\s*")
# What a spreadsheet has made of a text: of a long number, and of 1-2.
_SHORTENED = re.compile(r"[+-]?\d(?:\.\d+)?E\+\d{2,}", re.IGNORECASE)
_MONTH, _DAY_OF = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_MADE_A_DAY = re.compile(
    rf"\d{{4}}[-/]{_MONTH}[-/]{_DAY_OF}(?: \d{{2}}:\d{{2}})?|(?:\d{{4}}年)?{_MONTH}月{_DAY_OF}日"
)
# Day 0 of spreadsheets: two days early, because they hold 1900 for a leap year.
_EPOCH: Final = date(1899, 12, 30)
_LAST_SERIAL: Final = 2_958_465
"""31 December 9999, as spreadsheets count days."""
_YES: Final = frozenset({"是", "有", "1", "true", "yes", "y"})
_NO: Final = frozenset({"否", "无", "没有", "0", "false", "no", "n"})
_EXACT: Final = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number."""
_LONGEST_NUMBER: Final = 40
"""Longer digits are no number anybody reports."""


def written(raw: Raw) -> str:
    """Give a cell's content as text, near to what the clerk sees.

    >>> written(3.0), written(0.1 + 0.2), written(date(2025, 9, 1)), written(True)
    ('3', '0.3', '2025-09-01', 'TRUE')
    """
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        # A spreadsheet keeps 15 digits; the rest is the noise of binary fractions.
        text = (
            f"{Decimal(f'{raw:.15g}'):f}"
            if abs(raw) < _EXACT
            else f"{Decimal(f'{raw:.14E}').normalize():E}"
        )
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def read_value(raw: Raw, field: Field, lookup: Mapping[str, str]) -> Value:
    """Read a cell that is not blank as its field wants it; NOT_ANSWERED if it cannot be read."""
    text = written(raw)
    # The instructions print these words in brackets, and clerks copy the brackets along.
    word = WORDS.get(text.strip("「」“”\"' "))
    if word is not None:
        return word
    return read_text(text, field, lookup)


def read_text(text: str, field: Field, lookup: Mapping[str, str]) -> Value:
    """Read a text as a field wants it; NOT_ANSWERED if it cannot be read."""
    if not text:
        return Missing.NOT_ANSWERED
    found: Value | None
    if field.type == "text":
        found = _text(text, field)
    elif field.type == "code":
        # As written first: two terms may differ only in what `plain` takes away.
        found = lookup.get(text) or lookup.get(plain(text))
    elif field.type == "yes_no":
        answer = plain(text)
        found = 1 if answer in _YES else 0 if answer in _NO else None
    elif field.type == "date":
        day = day_of(text)
        found = day.isoformat() if day else None
    elif field.type == "year":
        found = _year(text)
    else:
        found = _amount(text, decimals_of(field))
    return Missing.NOT_ANSWERED if found is None else found


def lookup_of(codes: CodeList) -> dict[str, str]:
    """Give the way from terms and codes, as people may write them, to codes."""
    found: dict[str, str] = {}
    for entry in codes.entries:
        for text in (entry.term, entry.code):
            # The first entry keeps a word that a later one shares: lists have their own order.
            found.setdefault(text, entry.code)
            found.setdefault(plain(text), entry.code)
        found.setdefault(plain(f"{entry.code}{entry.term}"), entry.code)
    return found


def number_of(text: str) -> Decimal | None:
    """Read a number: full-width digits, thousands separators and spaces do not matter.

    >>> number_of("１，２３４．５"), number_of(" 1 234 "), number_of("12人"), number_of("1,23")
    (Decimal('1234.5'), Decimal('1234'), None, None)
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if holds_several(text):
        return None
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")
    # NFKC has made ASCII of all digits people type; Python's \d would take others for digits, too.
    if not folded.isascii() or _NUMBER.fullmatch(folded) is None:
        return None
    return Decimal(folded.replace(",", ""))


def holds_several(text: str) -> bool:
    r"""Whether blanks part digits otherwise than as thousands: then they are several numbers.

    >>> [holds_several(text) for text in ("5 6", "36\n861", "12 人", "1 234 567.5", "36　861")]
    [True, True, False, False, False]
    """
    folded = unicodedata.normalize("NFKC", text.strip())
    return _TWO.search(_THOUSANDS.sub("0", folded)) is not None


def day_of(text: str) -> date | None:
    """Read a day as people write it, or as the number a spreadsheet keeps for it.

    >>> day_of("2025年9月1日"), day_of("2025/9/1"), day_of("20250901"), day_of("45901")
    (datetime.date(2025, 9, 1), datetime.date(2025, 9, 1), datetime.date(2025, 9, 1),
     datetime.date(2025, 9, 1))
    """
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text.partition(" ")[0]))
    found = _DAY.fullmatch(folded)
    if found is not None:
        year, month, day = (int(part) for part in found.groups() if part is not None)
        try:
            return date(year, month, day)
        except ValueError:
            return None
    # A cell formatted as a number shows a day as the count of days.
    serial = number_of(folded)
    if serial is None or serial != int(serial) or not 1 <= serial <= _LAST_SERIAL:
        return None
    return _EPOCH + timedelta(days=int(serial))


def _amount(text: str, decimals: int) -> int | None:
    number = number_of(text)
    if number is None:
        return None
    # Exact: in decimal, nothing is lost before it is known whether it comes out even.
    steps = number.scaleb(decimals)
    whole = int(steps)
    return whole if whole == steps else None


def _year(text: str) -> int | None:
    found = _YEAR.fullmatch(_SPACE.sub("", unicodedata.normalize("NFKC", text)))
    if found is not None:
        year = int(found[1])
    else:
        # A year typed with a month becomes a day in a spreadsheet; a bare number is no day.
        day = day_of(text) if number_of(text) is None else None
        if day is None:
            return None
        year = day.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def what_became_of(text: str) -> tuple[Sentence, Sentence] | None:
    """Say what a spreadsheet has made of a text, and what to do; None where it is as it was.

    >>> what_became_of("1.23456789012346E+17") is None, what_became_of("1月2日") is None
    (False, False)
    >>> what_became_of("1-2"), what_became_of("2163000001"), what_became_of("0000-0-0")
    (None, None, None)
    """
    if _SHORTENED.fullmatch(text):
        return say("位数已丢失：表格软件只存前 15 位"), say(
            "请把这一格的格式设成“文本”，对照原件重新填全"
        )
    if _MADE_A_DAY.fullmatch(text):
        return say("被表格软件变成了日期"), say("请把这一格的格式设成“文本”，再照原样填")
    return None


def _text(text: str, field: Field) -> str | None:
    tidy = _BREAK.sub("", text).strip()
    if what_became_of(tidy) is not None:
        return None
    # Only where the pattern would refuse it: a name keeps its full-width letters and spaces.
    if field.pattern and re.fullmatch(field.pattern, tidy) is None:
        folded = _SPACE.sub("", unicodedata.normalize("NFKC", tidy))
        if re.fullmatch(field.pattern, folded) is not None:
            return folded
    return tidy
