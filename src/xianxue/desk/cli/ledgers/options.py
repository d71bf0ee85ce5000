"""What the commands on ledgers have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.ledgers.room import Room
    from xianxue.desk.models.ledger import LedgerEntry

LIGHTS: Final[Mapping[Light | None, Sentence]] = {
    None: say("—"),
    "blue": say("蓝"),
    "yellow": say("黄"),
    "orange": say("橙"),
    "red": say("红"),
}


_OPERATOR: Final = Actor("本机操作员", "office_clerk")
"""Who reads at this machine where nobody says who it is."""


def told_read(
    room: Room, ledgers: Iterable[str], row: LedgerEntry | None = None, at: datetime | None = None
) -> None:
    """Write down that restricted ones of some ledgers, or one entry of one, are read here."""
    from xianxue.desk.actions.ledgers.reading import ReadRestricted  # noqa: PLC0415 - needs Django

    actor = room.actor or _OPERATOR
    for name in dict.fromkeys(ledgers):
        ReadRestricted(room.ground, room.ledgers[name], actor, at or clock.now())(row)


def room_of(workspace: Path | None) -> Room:
    """Open the ledgers of a workspace, as its operator sees them."""
    from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    return Room(open_ground(opened), opened.store / "cabinet")
