"""What the values of a column are like, and whether a field could take them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.returns.contents.lenient import read_anyway
from xianxue.bureau.returns.contents.strict import lookup_of, number_of, read_value, written
from xianxue.bureau.returns.contents.texts import bare, is_total, label_key
from xianxue.bureau.returns.mapping.table import Head
from xianxue.bureau.returns.reading.unread import is_empty
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record

_IDENTIFIER = re.compile(r"[A-Za-z]{0,4}[\dA-Za-z-]*\d[\dA-Za-z-]*")
_SENTENCE = re.compile(r"[，。；：？！,;]")
_SERIAL_HEADS: Final = frozenset({"序号", "编号", "no", "no.", "bil", "#", "行号", "顺序号"})
# Shorter ones are line numbers, grades and classes.
_SHORTEST_CODE: Final = 4
_LONG_NUMBER: Final = 8
"""Digits; few counts are that long, and no column of counts has them all alike."""
_LONGEST_NAME: Final = 40
"""Characters; longer texts, or texts with stops in them, are sentences and no names."""


class Profile(Record):
    """What the values of a column are like."""

    filled: int
    """How many cells hold something."""
    numbers: int
    distinct: int
    codes: int
    """What is written as codes are: letters and digits, or many digits; not counts."""
    names: int
    """Short texts without stops that are no numbers."""
    serial: bool
    """Whether it only counts the rows: 1, 2, 3 …"""


def profile_of(raws: Sequence[Raw]) -> Profile:
    """Look at a column's values."""
    texts = [written(raw) for raw in raws if not is_empty(raw)]
    numbers = [number for text in texts if (number := number_of(text)) is not None]
    return Profile(
        filled=len(texts),
        numbers=len(numbers),
        distinct=len(set(texts)),
        # Codes of one kind are equally long.
        codes=sum(_is_code(text) for text in texts) if len(set(map(len, texts))) == 1 else 0,
        names=sum(_is_name(text) for text in texts),
        serial=len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)),
    )


def _is_code(text: str) -> bool:
    """Whether a text is like a code; 12000 is a count, 04001 and ABA0001 are none."""
    if _IDENTIFIER.fullmatch(text) is None or len(text) < _SHORTEST_CODE:
        return False
    return not text.isdigit() or text.startswith("0") or len(text) >= _LONG_NUMBER


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and number_of(text) is None and _SENTENCE.search(text) is None


def is_numbering(head: Head) -> bool:
    """Whether a header says that the column numbers the rows."""
    return bare(head.text) in _SERIAL_HEADS


def is_serial(head: Head, profile: Profile) -> bool:
    """Whether a column that nobody recognises only numbers the rows."""
    return profile.serial or is_numbering(head)


def row_lookup(sheet: Sheet, codes: CodeList) -> dict[str, str]:
    """Give the way from a row's label, as people write it (see ``label_key``), to its code."""
    found: dict[str, str] = {}
    for entry in codes.entries:
        if not sheet.row_codes or entry.code in sheet.row_codes:
            for text in (entry.term, entry.code, f"{entry.code}{entry.term}"):
                found.setdefault(label_key(text), entry.code)
    return found


def rows_share(raws: Sequence[Raw], lookup: Mapping[str, str]) -> float:
    """Say which part of a column's values are labels of rows; sums do not count."""
    texts = [text for raw in raws if (text := written(raw)) and not is_total(text)]
    known = [lookup[key] for text in texts if (key := label_key(text)) in lookup]
    # The same label all the way down says nothing of rows.
    return len(known) / len(texts) if len(set(known)) > 1 else 0.0


def value_score(raws: Sequence[Raw], asked: Field, codes: CodeList | None) -> float | None:
    """Say which part of a column's values a field could take; None where there are none.

    Numbers below a text's header speak half against it.
    """
    texts = [written(raw) for raw in raws if not is_empty(raw)]
    if not texts:
        return None
    if asked.type == "text" and not asked.pattern:
        numbers = sum(number_of(text) is not None for text in texts)
        # A name may be a number, such as class 3; half a doubt.
        return 1.0 - 0.5 * numbers / len(texts)
    lookup = lookup_of(codes) if codes is not None else {}
    fits = sum(_fits(raw, asked, lookup) for raw in raws if not is_empty(raw))
    return fits / len(texts)


def _fits(raw: Raw, asked: Field, lookup: dict[str, str]) -> bool:
    value = read_value(raw, asked, lookup)
    if value is Missing.NOT_ANSWERED:
        return read_anyway(written(raw), asked, lookup) is not None
    if isinstance(value, str) and asked.pattern:
        return re.fullmatch(asked.pattern, value) is not None
    if isinstance(value, int) and asked.min is not None and asked.type in {"integer", "measure"}:
        return value >= asked.min
    return True
