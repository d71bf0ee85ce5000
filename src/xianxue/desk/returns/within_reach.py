"""Comparing a return only for whoever may see what it is compared with.

A workbook says itself whose it is. Whoever fills in another school's code would else be told what
that school reported last year, and what is usual among its like.
"""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.intake import Compare

SEE = "returns.view"


class WithinReach(Record):
    """Compares what somebody may see; of any other return it says that they may not, no more."""

    compare: Compare
    ground: Ground
    actor: Actor

    def __call__(self, filed: Return, place: Place | None, found: list[Issue]) -> list[Issue]:
        """Add what is unusual, or give the policy's refusal alone."""
        subject = self.ground.subject(Key(filed.form, filed.period, filed.place))
        actor = self.ground.actor(self.actor, filed.place)
        refused = self.ground.authority.may(actor, SEE, subject)
        if isinstance(refused, Issue):
            return [replace(refused, file=filed.file, place=filed.place, form=filed.form)]
        return self.compare(filed, place, found)
