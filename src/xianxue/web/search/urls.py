"""The address of the search."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.search.pages import search_page

ROOM: Final = room("search", ("search", search_page, "search"), at="")
