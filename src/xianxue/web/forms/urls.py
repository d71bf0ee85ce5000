"""The addresses of forms."""

from __future__ import annotations

from typing import Final

from xianxue.web.forms import items
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "forms",
    ("", items.items, "list"),
    ("items/<str:sheet>/<str:field>/", items.one, "item"),
)
