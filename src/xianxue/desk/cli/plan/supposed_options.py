"""What the options of ``plan suppose`` say, as a file would have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Told = dict[str, Any]


def typed_changes(typed: Mapping[str, tuple[Any, ...]]) -> list[Told]:
    """Give the changes that options say, kind by kind; nothing is checked here.

    >>> typed_changes({"add": (("甲校", "staff.teachers,staff.senior", "2"),)})
    [{'do': 'add', 'school': '甲校', 'field': ['staff.teachers', 'staff.senior'], 'count': '2'}]
    >>> typed_changes({"line": (("balance_resources.multimedia_rooms/primary", "3"),)})[0]["stage"]
    'primary'
    """
    return list(_each(typed))


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
    standard, _, criterion = named.partition(".")
    told = {"do": "line", "standard": standard, "criterion": criterion, "value": value}
    return told | ({"stage": stage} if stage else {})


def _field(said: str) -> Told:
    fields, _, row = said.partition("/")
    return {"field": _several(fields), **({"row": row} if row else {})}


def _several(said: str) -> list[str]:
    return [one.strip() for one in said.replace("，", ",").split(",")]
