"""Granting one place more time (准予延期)."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.asked_of import unasked
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.actions.deadlines import deadline_of
from xianxue.desk.actions.duty import Duty
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Extension
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError


class Extend(Duty):
    """An exception for one place until a day, with a reason; a later one replaces it."""

    def __call__(self, key: Key, until: date) -> Extension:
        """Grant it; ComplaintsError where that may not be."""
        with writing():
            issue = (
                unasked(self.ground, key)
                or self.refuse(key, "grant_extension")
                or self._senseless(key, until)
            )
            if issue is not None:
                raise ComplaintsError([issue])
            granted = Extension.objects.create(
                form=key.form,
                period=key.period,
                place=key.place,
                until=until,
                reason=self.why,
                granted_by=self.actor.name,
                granted_at=self.at,
            )
            self.write_down(key, "extend", {"until": until.isoformat()})
        return granted

    def _senseless(self, key: Key, until: date) -> Issue | None:
        deadline, today = deadline_of(key), day_of(self.at)
        if deadline.due is None:
            saw = say("{form}没有设定报送期限", form=self.ground.form_term(key.form))
            return complain("F-WINDOW", key, saw, say("先设定期限再准予延期（returns window）"))
        # One that is over already, or no later than everybody's own day, would grant nothing.
        if until < today or until <= deadline.due:
            saw = say(
                "延期到{until}，今天是{today}",
                until=chinese_day(until),
                today=chinese_day(today),
            )
            required = say(
                "延期的日子不早于今天，并在截止日{due}之后",
                due=chinese_day(deadline.due),
            )
            return complain("F-WINDOW", key, saw, required)
        return None
