"""Deadlines as deeds meet them: what is in force for a place, and the refusal after the lock."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Step
from xianxue.bureau.records.deadline import Deadline, chinese_day
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground, Key, complain
from xianxue.desk.models import Extension, Window


class Windows:
    """The windows of forms, each asked for once: for many returns in one transaction."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[tuple[str, str], Window | None] = {}

    def of(self, key: Key) -> Window | None:
        """Give the window of a return's form and period; None where there is none."""
        asked = (key.form, key.period)
        if asked not in self._known:
            found = Window.objects.filter(form=key.form, period=key.period)
            self._known[asked] = found.first()
        return self._known[asked]


def deadline_of(key: Key, windows: Windows | None = None) -> Deadline:
    """Give the last days in force for a place; of several extensions the newest counts."""
    window = (windows or Windows()).of(key)
    if window is None:
        return Deadline()
    granted = Extension.objects.filter(form=key.form, period=key.period, place=key.place)
    newest = granted.order_by("-id").first()
    return Deadline(window.due, window.lock, newest.until if newest else None)


def refuse_locked(  # noqa: PLR0913, PLR0917 - which step of what, on which day
    ground: Ground,
    key: Key,
    step: Step,
    state: str,
    day: date,
    windows: Windows,
    *,
    file: str = "",
) -> Issue | None:
    """Complain of a step after the lock, if the card binds it to a clock; else give None."""
    if not step.within:
        return None
    deadline = deadline_of(key, windows)
    if not deadline.locked_on(day):
        return None
    card = ground.card(key.place)
    duty = card.duty("grant_extension")
    do = say("本流程没有规定谁可以准予延期，请报告分管领导")
    if duty is not None:
        roles = ground.policy.terms(duty.roles)
        do = say("确需补报的，请向{roles}说明理由，准予延期后再报（returns extend）", roles=roles)
    saw = say(
        "{title}现在是“{state}”，{day}已过最后期限",
        title=ground.title(key),
        state=card.state_term(state),
        day=chinese_day(day),
    )
    return complain("F-LOCKED", key, saw, deadline.term, do, file=file)
