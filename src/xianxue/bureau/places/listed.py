"""The register's lines before and after a deed, and what has changed between the two.

Lines are compared by what they say, not byte by byte: a spreadsheet program that saves the file in
its own way has changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Line = Mapping[str, str]
"""Column to text; what is empty may be left out."""
Key = tuple[str, str]
"""A place's code and the day from which the line holds: a later line changes a school."""


def key_of(line: Line) -> Key:
    """Give what tells a line from all others.

    >>> key_of({"code": "2199000001", "valid_from": "2020-09-01"})
    ('2199000001', '2020-09-01')
    """
    return line["code"].strip(), line.get("valid_from", "").strip()


def by_key(lines: Iterable[Line]) -> dict[Key, dict[str, str]]:
    """Give lines by key, without their empty columns."""
    return {
        key_of(line): {name: cell.strip() for name, cell in line.items() if cell.strip()}
        for line in lines
    }


def step(before: Iterable[Line], after: Iterable[Line]) -> dict[str, Any]:
    """Say what makes one state of the lines into another, as the journal keeps it.

    >>> step([{"code": "1", "name": "a"}], [{"code": "1", "name": "b"}])
    {'put': [{'code': '1', 'name': 'b'}], 'gone': []}
    """
    old, new = by_key(before), by_key(after)
    return {
        "put": [line for key, line in new.items() if old.get(key) != line],
        "gone": [list(key) for key in old if key not in new],
    }


def stepped(
    state: Mapping[Key, dict[str, str]], told: Mapping[str, Any]
) -> dict[Key, dict[str, str]]:
    """Give the lines after a step that the journal tells of."""
    gone = {(str(code), str(day)) for code, day in told["gone"]}
    kept = {key: line for key, line in state.items() if key not in gone}
    return kept | by_key(told["put"])


def unlike(told: Mapping[Key, Line], there: Mapping[Key, Line]) -> list[tuple[str, Sequence[str]]]:
    """Name the places whose lines are not those the journal tells of, and the columns that differ.

    >>> unlike({("1", ""): {"code": "1", "name": "a"}}, {("1", ""): {"code": "1", "name": "b"}})
    [('1', ['name'])]
    """
    found: dict[str, list[str]] = {}
    for key in dict.fromkeys([*told, *there]):
        was, now = told.get(key, {}), there.get(key, {})
        # Both sides' columns: a cell that was emptied is missing on one of them.
        columns = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        if columns:
            listed = found.setdefault(key[0], [])
            listed += [name for name in columns if name not in listed]
    return list(found.items())
