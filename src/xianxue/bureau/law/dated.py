"""Values that hold from one day to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class InForce(Protocol):
    """Anything that holds for a stretch of days; an open end is None."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day, included; None while it still holds."""
        ...


T = TypeVar("T", bound=InForce)


def holds_on(value: InForce, on: date) -> bool:
    """Whether a value is in force on a day; both of its own end days count."""
    return value.valid_from <= on and (value.valid_to is None or on <= value.valid_to)


def in_force(values: Iterable[T], on: date) -> list[T]:
    """Keep what is in force on a day, in the order given."""
    return [value for value in values if holds_on(value, on)]
