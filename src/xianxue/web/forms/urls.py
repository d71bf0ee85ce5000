"""The addresses of forms."""

from __future__ import annotations

from typing import Final

from xianxue.web.forms import check, design, items
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "forms",
    ("", items.items, "list"),
    ("check/", check.check, "check"),
    ("check/done", check.checked, "checked"),
    ("check/marked", check.marked, "marked"),
    ("design/", design.design, "design"),
    ("design/done", design.designed, "designed"),
    ("items/<str:sheet>/<str:field>/", items.one, "item"),
)
