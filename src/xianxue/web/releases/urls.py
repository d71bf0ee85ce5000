"""The addresses of the releases' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.releases import differences, freezing, pages, verifying

ROOM: Final = room(
    "releases",
    ("", pages.releases, "list"),
    ("freeze", freezing.freeze, "freeze"),
    ("freeze/done", freezing.publish_now, "publish"),
    ("verify", verifying.verify, "verify"),
    ("verify/<str:key>/", verifying.verified, "verified"),
    ("diff/<str:period>/<str:before>/<str:after>/", differences.diff, "diff"),
    ("<str:period>/<str:number>/", pages.one, "one"),
    ("<str:period>/<str:number>/figures", pages.figures, "figures"),
)
