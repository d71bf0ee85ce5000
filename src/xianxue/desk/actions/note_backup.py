"""Making a backup, and taking one away: everything the county knows goes with it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import RESTORED

BACKUP: Final = "backup.make"
RESTORE: Final = RESTORED
MADE, TAKEN = "backup.make", "backup.take"


class NoteBackup(Record):
    """Write down who had a backup made, or took one away; nothing of what is in it."""

    ground: Ground
    actor: Actor
    at: datetime

    def __call__(self, deed: str, name: str) -> None:
        """Write the line; ComplaintsError where the actor may not."""
        refuse_backup(self.ground, self.actor, BACKUP, name)
        with writing():
            tell_of(self, deed, name, {})


def refuse_backup(ground: Ground, actor: Actor, deed: str, name: str) -> None:
    """Ask the policy; ComplaintsError where the actor may not do this to a backup."""
    county = ground.register.county
    subject = Subject("backup", name, county.code, title=say("备份“{name}”", name=name))
    granted(ground.authority.may(actor, deed, subject))
