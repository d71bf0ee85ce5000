"""One thing that is added up: the amounts of a field, or the rows of a table."""

from __future__ import annotations

from decimal import Decimal

from xianxue.bureau.kinds.card import Card, Where


class Term(Card, frozen=True, kw_only=True):
    """Something that can be added up over rows."""

    field: str = ""
    """``table.field``: its amounts are added."""
    count: str = ""
    """A table: its rows are counted."""
    where: Where = {}
    times: Decimal = Decimal(1)
