"""Records: named, typed fields that never change.

A record is what a frozen dataclass is, made by msgspec: its class is ready in a thirtieth of the
time (a command makes about 150 of them before it does anything), and each of its instances in a
fifth. Nothing else of msgspec is used here; see ``docs/decisions/records.md``.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform

import msgspec
from msgspec import field

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Record", "as_dict", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(msgspec.Struct, frozen=True):
    """The base of all records; equal where type and fields are equal, and hashed by them.

    >>> class Point(Record):
    ...     x: int
    ...     y: int = 0
    >>> Point(1) == Point(1, 0), Point(2)
    (True, Point(x=2, y=0))
    """


as_dict = msgspec.structs.asdict
"""Gives a record's fields by name; what they hold is left as it is."""

Some = TypeVar("Some")


def replace(one: Some, **changes: Any) -> Some:  # noqa: ANN401 - whatever its fields hold
    """Give a record, or a dataclass, with some fields changed.

    >>> class Point(Record):
    ...     x: int
    ...     y: int = 0
    >>> replace(Point(1), y=3)
    Point(x=1, y=3)
    """
    if isinstance(one, msgspec.Struct):
        return msgspec.structs.replace(one, **changes)
    return cast("Some", dataclasses.replace(cast("DataclassInstance", one), **changes))
