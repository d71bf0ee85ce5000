"""The addresses of a year's turn."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.year import pages

ROOM: Final = room(
    "year",
    ("", pages.turn, "turn"),
    ("open", pages.open_next, "open"),
    ("take-back", pages.take_back, "take_back"),
)
