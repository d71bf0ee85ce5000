"""What the options of ``plan suppose`` say, as a file would have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xianxue.bureau.values.sentence import Sentence, say

Told = dict[str, Any]
_OPTIONS: Final = ("add", "move", "put", "pupils", "merge", "close", "line")
"""In the order in which their changes follow one another."""


def typed_changes(typed: Mapping[str, tuple[Any, ...]]) -> list[Told]:
    """Give the changes that options say, kind by kind; nothing is checked here.

    >>> typed_changes({"add": (("甲校", "staff.teachers,staff.senior", "2"),)})
    [{'do': 'add', 'school': '甲校', 'field': ['staff.teachers', 'staff.senior'], 'count': '2'}]
    >>> typed_changes({"line": (("balance_resources.multimedia_rooms/primary", "3"),)})[0]["stage"]
    'primary'
    """
    return list(_each(typed))


def called(typed: Mapping[str, tuple[Any, ...]]) -> list[Sentence]:
    """Name the option that each change was typed with, in the order of ``typed_changes``.

    >>> called({"pupils": ("-3%",), "add": (("甲校", "教职工.体育教师", "2"),) * 2})
    ['--add 第 1 个', '--add 第 2 个', '--pupils 第 1 个']
    """
    return [
        say("--{option} 第 {n} 个", option=option, n=number)
        for option in _OPTIONS
        for number in range(1, len(typed.get(option, ())) + 1)
    ]


def _each(typed: Mapping[str, tuple[Any, ...]]) -> Iterator[Told]:
    for school, field, count in typed.get("add", ()):
        yield {"do": "add", "school": school, **_field(field), "count": count}
    for start, end, field, count in typed.get("move", ()):
        yield {"do": "move", "from": start, "to": end, **_field(field), "count": count}
    for school, field, value in typed.get("put", ()):
        yield {"do": "put", "school": school, **_field(field), "value": value}
    for said in typed.get("pupils", ()):
        yield _pupils(said)
    for schools, into in typed.get("merge", ()):
        yield {"do": "merge", "schools": _several(schools), "into": into}
    for school, there in typed.get("close", ()):
        yield {"do": "close", "school": school, **({} if there == "-" else {"pupils_to": there})}
    for which, value in typed.get("line", ()):
        yield _line(which, value)


def _pupils(said: str) -> Told:
    if said in {"low", "middle", "high"}:
        return {"do": "pupils", "forecast": said}
    return {"do": "pupils", "percent": said.strip().removesuffix("%").removesuffix("％")}


def _line(which: str, value: str) -> Told:
    named, _, stage = which.partition("/")
    standard, _, criterion = named.rpartition(".")
    told = {"do": "line", "standard": standard, "criterion": criterion, "value": value}
    return told | ({"stage": stage} if stage else {})


def _field(said: str) -> Told:
    fields, _, row = said.partition("/")
    return {"field": _several(fields), **({"row": row} if row else {})}


def _several(said: str) -> list[str]:
    return [one.strip() for one in said.replace("，", ",").split(",")]
