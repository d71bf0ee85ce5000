"""The addresses of the first page and of long work."""

from __future__ import annotations

from typing import Final

from xianxue.web.home.pages import home, menu
from xianxue.web.home.works import stop, work
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "home",
    ("", home, "home"),
    ("menu", menu, "menu"),
    ("works/<str:key>", work, "work"),
    ("works/<str:key>/stop", stop, "stop_work"),
    at="",
)
