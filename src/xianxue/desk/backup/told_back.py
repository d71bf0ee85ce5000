"""The line with which a journal goes on after a backup was put back: who, why, and what was left.

Written where the backup was laid out, before it takes its place: the workspace that stands there
afterwards tells of it, or nothing has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.desk.works.packing import packed
from xianxue.desk.workspace import Workspace


class PuttingBack(Record, kw_only=True):
    """Who puts which backup back, and what stands there until then."""

    name: str
    """The backup's file."""
    seal: str
    actor: str
    at: datetime
    why: str = ""
    left: str = ""
    """The journal's head in what is left: lines and digest; empty where it cannot be read."""
    safety: str = ""
    """The backup of what is left; empty where its folder alone is kept."""
    known: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the journal says of the actor beside the name."""


def tell_put_back(
    scratch: Path, told: PuttingBack, work: Mapping[str, object] | None = None
) -> tuple[int, str]:
    """Write the line, sign everybody out, and say of each work what became of it.

    ``work``: the row of the work that does it, so that its page is found afterwards. Gives the head
    of the journal as it now is.
    """
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - after the database is there

    # Also where it does not verify and is wanted in spite of that.
    open_ground(Workspace.open(scratch), to_verify=True)
    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    from xianxue.desk.database.transactions import writing  # noqa: PLC0415 - as above
    from xianxue.desk.models import LongWork, Session  # noqa: PLC0415 - as above
    from xianxue.desk.models.journal import RESTORED, Deed, write_down  # noqa: PLC0415 - as above

    cut = say("做备份的时候还没有办完；办成的都在，其余请重新再办。")
    detail = {**told.known, "seal": told.seal, "left": told.left, "safety": told.safety}
    deed = Deed(
        at=told.at,
        actor=told.actor,
        name=RESTORED,
        subject=told.name,
        detail=detail,
        why=told.why,
    )
    try:
        with writing():
            Session.objects.filter(ended_at=None).update(ended_at=told.at)
            going = LongWork.objects.filter(state="going")
            going.update(state="failed", result={"why": packed(cut)})
            if work:
                LongWork.objects.update_or_create(key=work["key"], defaults=dict(work))
            line = write_down(deed)
    finally:
        # The folder is renamed next; an open log would stay behind under the old name.
        connection.close()
    return line.number, line.digest
