"""The addresses of the plans' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.plan import even, foreseen, layout, needed, pages, sets, suppose, written

ROOM: Final = room(
    "plan",
    ("", pages.plans, "list"),
    ("forecast/", foreseen.forecast, "forecast"),
    ("needs/", needed.needs, "needs"),
    ("balance/", even.balance, "balance"),
    ("layout/", layout.layouts, "layouts"),
    ("layout/take", layout.take, "take"),
    ("layout/<str:key>/", layout.layout, "layout"),
    ("suppose/", suppose.sets, "sets"),
    ("suppose/new", suppose.new, "new"),
    ("suppose/keep", suppose.keep, "keep"),
    ("suppose/one", suppose.supposed, "supposed"),
    ("suppose/withdraw", suppose.withdraw, "withdraw"),
    ("written/<str:kind>/", written.written, "written"),
    ("written/<str:kind>/document", written.document, "document"),
    ("written/<str:kind>/enter", written.enter, "enter"),
    ("suppose/beside", sets.beside, "beside"),
)
