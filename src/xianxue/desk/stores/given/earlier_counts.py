"""What is known of the years before the county's first return: two lists beside the register.

``births.csv`` has births by calendar year, ``earlier_pupils.csv`` pupils by grade and the school
year's first year; a line a place (and grade), a column a year. Two columns before the years may
say of which ``version`` a line is and from which ``source``: where a later line of the same place
counts a year again, as after a census, it is taken, and what it replaces is kept beside it.

They are relayed, not returned: nobody accepted them, and nothing but forecasts is made of them. An
empty cell is not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores.given.given_files import read_given

BIRTHS: Final = "births.csv"
PUPILS: Final = "earlier_pupils.csv"
_HEAD: Final = 1
"""The line of the heads; years are named there."""

_VERSIONED: Final = ("version", "source")
"""Columns that may stand before the years."""

Key = tuple[str, str]
"""Place and grade; of births the grade is empty."""


class Revised(Record, kw_only=True):
    """Where a number of an earlier year comes from, and what it was before."""

    version: str
    source: str
    value: int
    replaced: tuple[tuple[str, int], ...] = ()
    """Version and value of what stood there before, oldest first."""


class EarlierCounts(Record, kw_only=True):
    """Both lists as they were read, and every complaint about them."""

    origins: dict[Key, dict[int, Revised]] = field(default_factory=dict[Key, dict[int, Revised]])
    """Of lines that say their version or source: place and grade, then year."""

    births: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])
    pupils: dict[str, dict[str, dict[int, int]]] = field(
        default_factory=dict[str, dict[str, dict[int, int]]]
    )
    issues: list[Issue] = field(default_factory=list[Issue])


def read_earlier(root: Path, places: Collection[str], grades: Collection[str]) -> EarlierCounts:
    """Read what lies in a county's folder; a list that is not there holds nothing."""
    found = EarlierCounts()
    for (place, _), by in _read(root / BIRTHS, places, None, found):
        found.births.setdefault(place, {}).update(by)
    for (place, grade), by in _read(root / PUPILS, places, grades, found):
        found.pupils.setdefault(place, {}).setdefault(grade, {}).update(by)
    return found


def _read(
    path: Path, places: Collection[str], grades: Collection[str] | None, found: EarlierCounts
) -> Iterator[tuple[Key, dict[int, int]]]:
    issues = found.issues
    if not path.is_file():
        return
    text = text_of(read_given(path))
    if text is None:
        issues.append(_issue(path, 0, say("不是文本，读不出来"), say("UTF-8 或 GBK 的 CSV")))
        return
    rows = list(csv.reader(io.StringIO(text)))
    keys = ["place"] if grades is None else ["place", "grade"]
    head = [cell.strip() for cell in rows[0]] if rows else []
    versioned = head[len(keys) : len(keys) + len(_VERSIONED)] == list(_VERSIONED)
    if versioned:
        keys += _VERSIONED
    years = _years(path, head, keys, issues)
    seen: set[tuple[Key, str]] = set()
    for number, cells in enumerate(rows[1:], _HEAD + 1):
        if not any(cell.strip() for cell in cells):
            continue
        key = (cells[0].strip(), cells[1].strip() if grades is not None and cells[1:] else "")
        version, source = (cells[len(keys) - 2 :][:2] if versioned else []) or ("", "")
        if (saw := _unknown(key, version, places, grades, seen)) is not None:
            issues.append(_issue(path, number, saw, say("一处一行，代码在名册和年级表里")))
            continue
        seen.add((key, version))
        by = dict(_numbers(path, number, cells[len(keys) :], years, issues))
        if versioned:
            _note(found, key, version.strip(), source.strip(), by)
        yield key, by


def _note(found: EarlierCounts, key: Key, version: str, source: str, by: dict[int, int]) -> None:
    """Keep where numbers come from, and what they replace."""
    origins = found.origins.setdefault(key, {})
    for year, value in by.items():
        before = origins.get(year)
        replaced = () if before is None else (*before.replaced, (before.version, before.value))
        origins[year] = Revised(version=version, source=source, value=value, replaced=replaced)


def _years(path: Path, head: list[str], keys: list[str], issues: list[Issue]) -> list[int]:
    names = [cell.strip() for cell in head]
    years = [int(name) for name in names[len(keys) :] if name.isdecimal()]
    if names[: len(keys)] != keys or len(years) != len(names) - len(keys) or not years:
        required = say("第一行是 {keys} 和各个年份", keys=",".join(keys))
        issues.append(_issue(path, _HEAD, say("第一行是“{head}”", head=",".join(names)), required))
        return []
    return years


def _unknown(
    key: Key,
    version: str,
    places: Collection[str],
    grades: Collection[str] | None,
    seen: set[tuple[Key, str]],
) -> Sentence | None:
    place, grade = key
    if place not in places:
        return say("名册里没有 {code}", code=place)
    if grades is not None and grade not in grades:
        return say("年级表里没有 {code}", code=grade)
    return (
        say("{code} 前面已经有一行", code=f"{place} {grade}".strip())
        if (key, version) in seen
        else None
    )


def _numbers(
    path: Path, number: int, cells: list[str], years: list[int], issues: list[Issue]
) -> Iterator[tuple[int, int]]:
    for year, cell in zip(years, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        if not text.isdecimal():
            saw = say("{year} 年填了“{text}”", year=year, text=text)
            do = say("请改为实际人数；不知道的留空，不填 0")
            issues.append(_issue(path, number, saw, say("不小于 0 的整数"), do))
            continue
        yield year, int(text)


def _issue(path: Path, line: int, saw: str, required: str, do: str = "") -> Issue:
    return Issue(
        code="P-EARLIER",
        severity=Severity.MUST_FIX,
        file=path.name,
        cell=f"line {line}" if line else "",
        saw=saw,
        required=required,
        do=do,
    )
