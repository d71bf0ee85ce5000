"""Seeing personal data uncovered (查看未遮盖的个人信息): a deed with a reason, for minutes.

The journal's own line is the permission: what it says of who, what and until when is what pages
ask, so there is no second list that could say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import RETURNS, Key, granted
from xianxue.desk.actions.step import Doing
from xianxue.desk.actions.telling import require_reason
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalLine

DEED: Final = "unmask"
UNMASKED: Final = f"{RETURNS}.{DEED}"
"""What the journal and the policy call it."""
UNTIL, FILE = "uncovered_until", "with_file"
"""What its line keeps: until when, and whether the file itself may be taken away."""


class Uncovered(Record):
    """What somebody may see uncovered."""

    until: datetime
    file: bool
    """Whether they may take the file away too."""


@dataclass(frozen=True)
class Unmask(Doing):
    """Uncover the personal data of one return for whoever asks, and for nobody else."""

    def __call__(self, key: Key, *, file: bool = False) -> Uncovered:
        """Write the line; ComplaintsError where that may not be, or nobody says what for."""
        granted(self.ground.authority.may(self.actor, UNMASKED, self.ground.subject(key)))
        require_reason(self.ground.subject(key), self.why)
        until = self.at + self.ground.uncovered_for
        with writing():
            self.write_down(key, DEED, {UNTIL: until.isoformat(), FILE: file})
        return Uncovered(until, file)


def uncovered(name: str, key: Key, at: datetime) -> Uncovered | None:
    """Give what somebody may see of a return uncovered at a moment; None for nothing.

    A later deed takes the place of an earlier one, with its file or without.
    """
    lines = JournalLine.objects.filter(deed=UNMASKED, subject=key.subject, actor=name)
    line = lines.order_by("-number").first()
    if line is None:
        return None
    found = Uncovered(datetime.fromisoformat(line.detail[UNTIL]), bool(line.detail[FILE]))
    # A clock set back must not lengthen what was given for some minutes.
    return found if line.at <= at < found.until else None
