"""Setting when a form may be filed (设定报送期限)."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.actions.duty import Duty
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Window
from xianxue.desk.workspace import ComplaintsError


class SetWindow(Duty):
    """Say until which day a form is in time, and after which day it is taken no more."""

    def __call__(self, form: str, period: str, due: date, lock: date) -> Window:
        """Set or change the window; ComplaintsError where that may not be."""
        key = Key(form, period, self.ground.register.county.code)
        issue = self.refuse(key, "set_window") or self._out_of_order(key, due, lock)
        if issue is not None:
            raise ComplaintsError([issue])
        with writing():
            there = Window.every.select_for_update().filter(form=form, period=period).first()
            found = None if there is None or there.withdrawn else there
            if found is not None and (found.due, found.lock) == (due, lock):
                return found
            window = there or Window(form=form, period=period)
            detail: dict[str, object] = {"due": due.isoformat(), "lock": lock.isoformat()}
            if found is not None:
                detail["before"] = {"due": found.due.isoformat(), "lock": found.lock.isoformat()}
            window.due, window.lock, window.withdrawn = due, lock, False
            window.save()
            self.note(f"{form}/{period}", "set_window", detail)
        return window

    def _out_of_order(self, key: Key, due: date, lock: date) -> Issue | None:
        if due <= lock:
            return None
        saw = say(
            "截止日是{due}，锁定日却是{lock}",
            due=chinese_day(due),
            lock=chinese_day(lock),
        )
        return complain("F-WINDOW", key, saw, say("锁定日不早于截止日"))
