"""Making anew what was harmed and follows from something else that is kept (重建留存件)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing

REBUILD: Final = "journal.rebuild"


class Rebuild(Record):
    """Put what was worked out in the place of what was harmed, with a line that says what."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self, detail: dict[str, object], put: Callable[[], object]) -> None:
        """``put`` moves the harmed files aside and writes the new ones.

        ComplaintsError where the actor may not; then nothing has changed. A process that dies in
        between leaves files that are lacking, and the next rebuilding makes them.
        """
        county = self.ground.register.county
        subject = Subject("journal", "", county.code, title=say("{name}留存件", name=county.name))
        granted(self.ground.authority.may(self.actor, REBUILD, subject))
        with writing():
            tell_of(self, REBUILD, "cabinet", detail, self.why)
            put()
