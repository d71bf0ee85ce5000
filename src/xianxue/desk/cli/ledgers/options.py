"""What the commands on ledgers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.ledgers.room import Room

LIGHTS: Final[Mapping[Light | None, Sentence]] = {
    None: say("—"),
    "blue": say("蓝"),
    "yellow": say("黄"),
    "orange": say("橙"),
    "red": say("红"),
}


def room_of(workspace: Path | None) -> Room:
    """Open the ledgers of a workspace, as its operator sees them."""
    from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    return Room(open_ground(opened), opened.store / "cabinet")
