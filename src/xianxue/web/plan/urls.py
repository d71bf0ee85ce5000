"""The addresses of the plans' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.plan import even, foreseen, pages

ROOM: Final = room(
    "plan",
    ("", pages.plans, "list"),
    ("forecast/", foreseen.forecast, "forecast"),
    ("balance/", even.balance, "balance"),
)
