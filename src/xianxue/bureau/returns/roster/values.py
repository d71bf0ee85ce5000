"""What one cell of a list of schools says: codes by their names, days as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.returns.contents.dates import day_meant, day_written
from xianxue.bureau.returns.contents.strict import day_of, lookup_of, number_of, written
from xianxue.bureau.returns.contents.texts import bare, is_nothing
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR, plain
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

LISTS: Final[Mapping[str, str]] = {
    "school_type": "school_types",
    "sponsor": "sponsors",
    "urban_rural": "urban_rural",
    "attached": "school_types",
}
"""The code list of each coded column."""
LEVELS: Final[Mapping[str, str]] = {
    "县": "county",
    "区县": "county",
    "县区": "county",
    "乡镇": "township",
    "乡": "township",
    "镇": "township",
    "街道": "township",
    "学校": "school",
    "school": "school",
    "township": "township",
    "county": "county",
}
_YES: Final = frozenset({"是", "有", "1", "true", "yes", "y", "√", "寄宿", "寄宿制"})
_NO: Final = frozenset(
    {"否", "无", "没有", "0", "false", "no", "n", "×", "非寄宿", "走读", "非寄宿制"}
)
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月?|[-/.](\d{1,2})|(\d{2}))")
_YEAR = re.compile(r"(\d{4})年?")
_APART = re.compile(r"[;；、,，/\s]+")
_SHORTENED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_SCHOOL_YEAR: Final = (9, 1)
"""Schools open with the school year; a year alone is taken for its first day, and it is said."""
_MONTHS: Final = 12
_AREA, _VILLAGE = 9, 12
"""Digits of a township's code, and of a village's that begins with it."""
_WHOLE: Final = "000"
"""What stands in a village's place where a code of twelve digits means the whole township."""
_EXAMPLES: Final = 3


class Read(Record):
    """What a cell says as the register keeps it; or why it cannot be read."""

    value: str = ""
    saw: str = ""
    """What is wrong with it; empty where it could be read."""
    required: str = ""
    do: str = ""
    note: str = ""
    """What was taken for granted in reading it."""


def read_cell(column: str, raw: Raw, codes: Mapping[str, CodeList], term: str) -> Read:
    """Read a cell of a column; one that says nothing gives an empty value."""
    text = written(raw)
    # A school that has nothing of it is a no where yes or no is asked.
    if not text or (column != "boarding" and is_nothing(text)):
        return Read()
    if column in LISTS:
        return _coded(column, text, codes[LISTS[column]], term)
    if column in {"opened", "closed", "valid_from"}:
        return _day(text, term, number=not isinstance(raw, str))
    if column in {"code", "parent", "area"}:
        return _code(column, text, term)
    return _word(column, text, term)


def exact_day(text: str) -> date | None:
    """Read a day that is written whole; a month or a year is no day.

    >>> exact_day("2005/7/1"), exact_day("2005年7月"), exact_day("38534")
    (datetime.date(2005, 7, 1), None, datetime.date(2005, 7, 1))
    """
    if _YEAR.fullmatch(text) or _MONTH.fullmatch(text):
        return None
    day = day_written(text) or day_of(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def code_meant(text: str, listed: CodeList) -> str:
    """Give the code a text means: the code, the official term, or another name on the card."""
    by_name = lookup_of(listed)
    for entry in listed.entries:
        for word in entry.also:
            by_name.setdefault(plain(word), entry.code)
    return by_name.get(text) or by_name.get(plain(text), "")


def _coded(column: str, text: str, listed: CodeList, term: str) -> Read:
    parts = _APART.split(text) if column == "attached" else [text]
    found = {part: code_meant(part, listed) for part in parts if part}
    unknown = next((part for part, code in found.items() if not code), None)
    if unknown is None:
        assumed = [_assumed(part, code, listed) for part, code in found.items()]
        return Read(
            ";".join(dict.fromkeys(found.values())), note=joined("；", filter(None, assumed))
        )
    near = [entry for entry in listed.entries if _near(unknown, entry.term)][:_EXAMPLES]
    named = near or listed.entries[:_EXAMPLES]
    do = say(
        "{list}的全部名称和代码用 xianxue catalogue codes {id} 查看",
        list=listed.term,
        id=listed.codes,
    )
    if near:
        asked = joined("、", (say("“{term}”", term=entry.term) for entry in near))
        do = joined("；", (say("是不是{asked}", asked=asked), do))
    required = say(
        "{list}的名称或代码，如{examples}",
        list=listed.term,
        examples=joined("、", (entry.term for entry in named)),
    )
    return Read(saw=_filled(term, unknown), required=required, do=do)


def _assumed(text: str, code: str, listed: CodeList) -> Sentence | str:
    """Say what was taken for a word that is no official term but names the same, or nearly."""
    entry = listed.entry(code)
    if entry is None or not entry.also or plain(text) not in map(plain, entry.also):
        return ""
    return say(
        "“{text}”按{list}“{term}”（{code}）登记",
        text=text,
        list=listed.term,
        term=entry.term,
        code=code,
    )


def _near(text: str, term: str) -> bool:
    """Whether a term holds the word, or all but the last of it."""
    word = plain(text)
    return len(word) > 1 and (word in plain(term) or word[:-1] in plain(term))


def _day(text: str, term: str, *, number: bool) -> Read:
    day = exact_day(text)
    if day is not None:
        return Read(day.isoformat())
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    year, month = _year_and_month(folded, number=number)
    if year:
        first = _first(year, month)
        note = say("{term}“{text}”按 {day} 登记", term=term, text=text, day=first)
        return Read(first.isoformat(), note=note)
    meant = day_meant(text)
    do = say("是不是 {meant}？请写全年月日", meant=meant) if meant else say("请写全年月日")
    return Read(saw=_filled(term, text), required=say("日期，如 2005-07-01 或 2005年7月1日"), do=do)


def _year_and_month(text: str, *, number: bool) -> tuple[int, int]:
    """Read a year, with its month where there is one; (0, 0) where it is neither."""
    found = _YEAR.fullmatch(text)
    if found:
        return (int(found[1]), 0) if FIRST_YEAR <= int(found[1]) <= LAST_YEAR else (0, 0)
    found = _MONTH.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return 0, 0
    month = found[2] or found[3] or found[4]
    # The number 1998.1 may be January, or October that has lost its nought.
    if number and found[3] == "1":
        return 0, 0
    return (int(found[1]), int(month)) if 1 <= int(month) <= _MONTHS else (0, 0)


def _first(year: int, month: int) -> date:
    return date(year, month, 1) if month else date(year, *_SCHOOL_YEAR)


def _code(column: str, text: str, term: str) -> Read:
    folded = "".join(unicodedata.normalize("NFKC", text).split()).strip("'’")
    if _SHORTENED.fullmatch(folded):
        do = say("表格软件把长数字缩写了：请把这一列设为文本格式，重新填写完整的代码")
        return Read(saw=_filled(term, text), required=say("完整的代码"), do=do)
    if number_of(folded) is None or not folded.isdigit():
        return Read(saw=_filled(term, text), required=say("只含数字的代码"))
    # Statistical codes go down to the village; the first nine digits are the township. A school's
    # own code with two digits too many is no township.
    cut = len(folded) == _VILLAGE and (column != "code" or folded.endswith(_WHOLE))
    return Read(folded[:_AREA] if cut else folded)


def _word(column: str, text: str, term: str) -> Read:
    word = bare(text)
    if column == "boarding":
        answer = "1" if word in _YES else "0" if word in _NO else ""
        return Read(answer) if answer else Read(saw=_filled(term, text), required=say("是或否"))
    if column == "level":
        level = LEVELS.get(word)
        required = say("县、乡镇或学校")
        return Read(level) if level else Read(saw=_filled(term, text), required=required)
    return Read(" ".join(text.split()))


def _filled(term: str, text: str) -> Sentence:
    return say("{term}填了“{text}”", term=term, text=text)
