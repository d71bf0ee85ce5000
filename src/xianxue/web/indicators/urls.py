"""The addresses of indicators."""

from __future__ import annotations

from typing import Final

from xianxue.web.indicators import one, pages, panel
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "indicators",
    ("", pages.overview, "list"),
    ("panel/<path:key>", panel.panel, "panel"),
    ("<slug:indicator>/", one.one, "one"),
)
