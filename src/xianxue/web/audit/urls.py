"""The addresses of the auditor's pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.audit import pages
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "audit",
    ("", pages.audit, "audit"),
    ("new", pages.drop, "drop"),
    ("<str:key>/", pages.one, "one"),
    ("<str:key>/comments", pages.comments, "comments"),
    ("<str:key>/forget", pages.forget, "forget"),
)
