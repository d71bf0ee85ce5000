"""The shape of a fault in an outline's templates."""

from __future__ import annotations

from xianxue.bureau.values.record import Record


class Fault(Record):
    """Something in an outline's templates that cannot be written."""

    path: str
    """Where it stands in the card: ``.blocks[3].text``."""
    saw: str
    required: str
