"""The address of the cockpit."""

from __future__ import annotations

from typing import Final

from xianxue.web.cockpit.pages import cockpit
from xianxue.web.kit.addresses import room

ROOM: Final = room("cockpit", ("", cockpit, "cockpit"))
