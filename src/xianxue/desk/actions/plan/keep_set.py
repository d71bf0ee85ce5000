"""Keeping and withdrawing supposed sets (保存、撤下设想方案)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.plan.suppose.changes import Change, written
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.supposed_set import SupposedLine, newest_of

PLANS: Final = "plan"
SUPPOSE: Final = f"{PLANS}.suppose"
WITHDRAW: Final = f"{PLANS}.withdraw"


class KeepSet(Record):
    """Keep a supposed set; earlier keepings of it stay, and nothing counted is touched."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(
        self, name: str, period: str, changes: Sequence[Change], note: str = ""
    ) -> tuple[SupposedLine, bool]:
        """Keep a set; give its line, and whether it is a new one.

        ComplaintsError where the actor may not; then nothing has changed.
        """
        self._refuse(SUPPOSE, name, period)
        said = [written(one) for one in changes]
        with writing():
            before = newest_of(name, period)
            there = before is not None and not before.withdrawn
            # The same again writes nothing, so that a command may be repeated.
            if there and before is not None and (before.changes, before.note) == (said, note):
                return before, False
            line = self._line(name, period, before, changes=said, note=note)
            self._note(SUPPOSE, line, {"changes": said, "note": note})
        return line, True

    def withdraw(self, name: str, period: str) -> bool:
        """Withdraw a set; False where none is in force. ComplaintsError as for keeping."""
        self._refuse(SUPPOSE, name, period)
        with writing():
            before = newest_of(name, period)
            if before is None or before.withdrawn:
                return False
            line = self._line(
                name, period, before, changes=before.changes, note=before.note, withdrawn=True
            )
            self._note(WITHDRAW, line, {})
        return True

    def _line(
        self, name: str, period: str, before: SupposedLine | None, **said: object
    ) -> SupposedLine:
        return SupposedLine.objects.create(
            name=name,
            period=period,
            revision=before.revision + 1 if before is not None else 1,
            at=self.at,
            by=self.actor.name,
            **said,
        )

    def _refuse(self, deed: str, name: str, period: str) -> None:
        county = self.ground.register.county.code
        title = say("设想方案“{name}”", name=name)
        subject = Subject(PLANS, name, county, period, title)
        granted(self.ground.authority.may(self.actor, deed, subject))

    def _note(self, deed: str, line: SupposedLine, detail: dict[str, object]) -> None:
        tell_of(self, deed, line.subject, {"revision": line.revision, **detail}, self.why)
