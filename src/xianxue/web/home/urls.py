"""The address of the first page."""

from __future__ import annotations

from typing import Final

from xianxue.web.home.pages import home
from xianxue.web.kit.addresses import room

ROOM: Final = room("home", ("", home, "home"), at="")
