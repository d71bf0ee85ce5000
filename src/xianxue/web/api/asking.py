"""How lists are asked for, and numbers told: what all operations share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from ninja import Field

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain
from xianxue.web.api.shapes import MOST
from xianxue.web.kit.visit import Visit

T = TypeVar("T")
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]
PeriodCode = Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Za-z.-]*$")]


def part(rows: Sequence[T], limit: int, offset: int) -> Sequence[T]:
    """Give the rows that were asked for."""
    return rows[offset : offset + limit]


def period_of(visit: Visit, code: str) -> Period:
    """Give the period asked for, or the workspace's own."""
    return visit.standing.period(code or None)


def number(value: Any) -> str | None:  # noqa: ANN401 - any exact number
    """Tell an exact number; None stays what it is."""
    return None if value is None else plain(value)
