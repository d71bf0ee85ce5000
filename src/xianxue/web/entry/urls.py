"""The addresses of the door."""

from __future__ import annotations

from typing import Final

from xianxue.web.entry import own, pages
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "entry",
    ("login", pages.door_page, "door"),
    ("login/in", pages.come_in, "come_in"),
    ("logout", pages.leave, "leave"),
    ("language", pages.language, "language"),
    ("own", own.own, "own"),
    ("own/part", own.part, "part"),
    at="",
)
