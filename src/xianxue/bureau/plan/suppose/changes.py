"""What may be supposed: a closed set of changes, so that each can be checked, told and undone.

A supposition never edits a return. It says what schools would report, which schools there would
be, and where a line would lie; figures and verdicts then follow by the same cards as any others.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, Literal, cast

from xianxue.bureau.values.record import Record, as_dict
from xianxue.bureau.values.rounding import plain

Band = Literal["low", "middle", "high"]


class Add(Record, kw_only=True):
    """A school reports more of something, or less of it."""

    school: str
    fields: tuple[str, ...]
    """``sheet.field``; a teacher who comes is one more in several columns."""
    row: str = ""
    """The code of a grid's row; empty for a sheet of one row."""
    count: Fraction
    """In whole units of the fields; below zero where something is taken away."""


class Move(Record, kw_only=True):
    """As much as one school reports less, another reports more."""

    start: str
    end: str
    fields: tuple[str, ...]
    row: str = ""
    count: Fraction


class Put(Record, kw_only=True):
    """A school reports just this."""

    school: str
    field: str
    row: str = ""
    value: Fraction | str
    """In whole units; text for a code, a year is a number, yes is 1."""


class Pupils(Record, kw_only=True):
    """Next year's pupils: by per cent, or as the forecast has them."""

    school: str = ""
    """Empty for every school."""
    percent: Fraction | None = None
    """So many per cent more; below zero for fewer."""
    forecast: Band | None = None


class Merge(Record, kw_only=True):
    """Schools go over into another, with all that they report."""

    schools: tuple[str, ...]
    into: str


class Close(Record, kw_only=True):
    """A school is no more; its pupils may go to another, its teachers and rooms are not counted."""

    school: str
    pupils_to: str = ""


class Line(Record, kw_only=True):
    """A line of a standard lies elsewhere."""

    standard: str
    criterion: str
    stage: str = ""
    """Empty for every stage."""
    value: Fraction


Change = Add | Move | Put | Pupils | Merge | Close | Line

KINDS: Final[dict[str, type[Change]]] = {
    "add": Add,
    "move": Move,
    "put": Put,
    "pupils": Pupils,
    "merge": Merge,
    "close": Close,
    "line": Line,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}
_KEYS: Final = {"start": "from", "end": "to", "fields": "field"}
"""What a part is called where it is written down."""


def kind_of(change: Change) -> str:
    """Give the word that a change is written down by.

    >>> kind_of(Close(school="2199000001"))
    'close'
    """
    return _NAMES[type(change)]


def written(change: Change) -> dict[str, Any]:
    """Write a change down as JSON has it; numbers are exact, as text.

    >>> written(Add(school="2199000001", fields=("staff.teachers",), count=Fraction(2)))
    {'do': 'add', 'school': '2199000001', 'field': ['staff.teachers'], 'count': '2'}
    """
    parts: Mapping[str, Any] = as_dict(change)
    told = {_KEYS.get(name, name): _plain(value) for name, value in parts.items()}
    return {
        "do": kind_of(change),
        **{key: one for key, one in told.items() if one not in ("", None)},
    }


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return plain(value)
    return list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
