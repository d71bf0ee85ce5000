"""The clock: the only place where the time is asked for."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Give the present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
