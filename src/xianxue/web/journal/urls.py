"""The addresses of the journal."""

from __future__ import annotations

from typing import Final

from xianxue.web.journal import pages, verifying
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "journal",
    ("", pages.lines, "list"),
    ("lines/<str:number>/", pages.one, "line"),
    ("verify", verifying.begin, "verify"),
    ("verify/<str:key>/", verifying.verified, "verified"),
)
