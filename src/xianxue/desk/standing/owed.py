"""Every return that is owed in a period: how far it has come, until when, who did what last."""

from __future__ import annotations

from datetime import date, datetime

from xianxue.bureau.kinds.deadline_rules import DeadlineRules, DueLamp, days_told
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.tasks import rules_of
from xianxue.desk.stores import clock


class Owed(Record):
    """One return that a place owes."""

    key: Key
    form: Sentence
    """What people call the form."""
    township: str
    """The code of the place's township; empty of a county school."""
    progress: Progress
    deadline: Deadline
    by: str = ""
    """Who did the last thing to it."""
    at: datetime | None = None
    on: date | None = None
    """Today, by which lamps burn."""
    lamp: DueLamp = DueLamp.NONE
    """How its lamp burns; when it changes stands on the county's card."""

    @property
    def term(self) -> Sentence | str:
        """How it stands; one that never came in is «未报», whatever its card calls it."""
        return self.progress.term if self.progress.revision else say("未报")

    @property
    def look(self) -> str:
        """Whether a reviewer sees it for the first time (``first``) or mended (``again``).

        Empty where nobody has to look: not handed in, or approved. A correction of what was
        approved is looked at again.
        """
        progress = self.progress
        if progress.waiting or progress.accepted == progress.revision:
            return ""
        return "again" if progress.times_returned or progress.revision > 1 else "first"

    @property
    def last_day(self) -> date | None:
        """The day until which it is in time."""
        return last_of(self.deadline)

    @property
    def days_left(self) -> int | None:
        """Days until then, below zero once it is over; None without a deadline."""
        last = self.last_day
        return None if last is None or self.on is None else (last - self.on).days

    @property
    def left(self) -> Sentence:
        """Say how much time is left, beside the lamp that says the same."""
        return DueLamp.NONE.term if self.on is None else days_told(self.last_day, self.on)


def last_of(deadline: Deadline) -> date | None:
    """Give the day until which something is in time; None without a deadline."""
    due, until = deadline.due, deadline.until
    return due if due is None or until is None else max(due, until)


def _lamp(rules: DeadlineRules, one: Progress, last: date | None, today: date) -> DueLamp:
    return rules.lamp(last, today) if one.waiting else DueLamp.DONE


def owed(standing: Standing, period: Period) -> tuple[Owed, ...]:
    """Give every return that is owed in a period, form by form, in the register's order."""
    today = clock.day_of(clock.now())
    return standing.resting(("owed", period.code, today), lambda: _owed(standing, period, today))


def owed_one(standing: Standing, key: Key) -> Owed | None:
    """Give one of them; None where nobody asks for it."""
    period = Period.parse(key.period)
    return next((one for one in owed(standing, period) if one.key == key), None)


def periods(standing: Standing) -> list[Period]:
    """Give the periods of which anything was filed or asked, and the own one, newest first."""
    from xianxue.desk.models import Filing, Window  # noqa: PLC0415 - needs Django set up first

    own = standing.period()
    standing.database()
    filed = Filing.objects.values_list("period", flat=True).distinct()
    asked = Window.objects.values_list("period", flat=True).distinct()
    codes = {own.code, *filed, *asked}
    return sorted((Period.parse(code) for code in codes), key=lambda one: one.start, reverse=True)


def _owed(standing: Standing, period: Period, today: date) -> tuple[Owed, ...]:
    from xianxue.desk.models import Filing, Window  # noqa: PLC0415 - needs Django set up first

    ground = standing.ground()
    rules = rules_of(ground)
    windows = {one.form: one for one in Window.objects.filter(period=period.code)}
    last = {
        (form, place): (by, at)
        for form, place, by, at in Filing.objects.filter(period=period.code).values_list(
            "form", "place", "changed_by", "changed_at"
        )
    }
    found: list[Owed] = []
    for form in ground.shelf.forms.values():
        if form.period != period.kind:
            continue
        window = windows.get(form.form)
        for one in standing.status(form.form, period):
            place = ground.register.places.get(one.place)
            by, at = last.get((form.form, one.place), ("", None))
            deadline = Deadline(
                window.due if window else None,
                window.lock if window else None,
                one.extended_until,
            )
            found.append(
                Owed(
                    Key(form.form, period.code, one.place),
                    form.term,
                    ground.register.township_of(place) if place is not None else "",
                    one,
                    deadline,
                    by,
                    at,
                    today,
                    _lamp(rules, one, last_of(deadline), today),
                )
            )
    return tuple(found)
