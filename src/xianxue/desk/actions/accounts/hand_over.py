"""Handing over (移交): all that somebody is appointed to passes to another from a day on."""

from __future__ import annotations

from datetime import date, timedelta

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.accounts.belongings import Belongings, belongings_of, pass_on
from xianxue.desk.actions.accounts.managing import Managing, account_of, posts_told, usable
from xianxue.desk.actions.accounts.posting import Wish, holds_already
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Account, Appointment
from xianxue.desk.workspace import ComplaintsError


class Passed(Record):
    """What came of a handover."""

    ended: list[Appointment]
    given: list[Appointment]
    begun: Belongings
    """Drafts and notices; they pass with a handover of today or earlier."""


class HandOver(Managing):
    """End somebody's appointments and give them to another, in one transaction, with one line.

    What was done keeps the name of whoever did it; what is to be done goes by the appointment, so
    it is the other's from that day on. Drafts pass at once, and with a handover of a later day not
    before it: the deed is done once more then, and finds only them.
    """

    def __call__(self, leaving: str, coming: str, day: date) -> Passed:
        """Pass everything on from a day; ComplaintsError where that may not be."""
        self.ask_leave(leaving)
        old, new = account_of(leaving), usable(account_of(coming))
        self.must_be_others(new)
        if old.pk == new.pk:
            saw = say("不能移交给本人")
            raise ComplaintsError([refuse("A-ACCOUNT", saw, say("另一个人"))])
        with writing():
            rows, stood_in = duties_of(old, day), stood_in_of(old, day)
            if not rows and not (day <= self.today and belongings_of(old.name)):
                saw = say("{name}从{day}起没有要移交的任职", name=old.name, day=day)
                raise ComplaintsError([refuse("A-ACCOUNT", saw, say("还没有到期的任职"))])
            given = [made for row in rows if (made := self._give(row, new, day)) is not None]
            # Who acted for them acts for nobody any more: the other has the parts themselves.
            for row in (*rows, *stood_in):
                row.until_day = day - timedelta(days=1)
                row.save(update_fields=["until_day"])
            detail: dict[str, object] = {
                "to": new.login,
                "to_name": new.name,
                "day": day.isoformat(),
                "posts": posts_told(given),
                "ended": posts_told([*rows, *stood_in]),
            }
            begun = Belongings()
            if day <= self.today:
                begun = pass_on(old.name, new.name)
                detail |= {"drafts": begun.drafts, "notices": begun.notices}
            self.note(old.login, "hand_over", detail)
        return Passed(rows, given, begun)

    def _give(self, row: Appointment, new: Account, day: date) -> Appointment | None:
        """Give one part to the other, for as long as it was meant; None where they have it."""
        wish = Wish(row.role, row.place, max(day, row.from_day), row.until_day)
        in_own_stead = row.acting_for is not None and row.acting_for.pk == new.pk
        if in_own_stead or (row.acting_for is None and holds_already(new, wish)):
            return None
        return Appointment.objects.create(
            account=new,
            role=wish.role,
            place=wish.place,
            from_day=wish.from_day,
            until_day=wish.until_day,
            acting_for=row.acting_for,
        )


def stood_in_of(account: Account, day: date) -> list[Appointment]:
    """Give the parts in which others act in somebody's stead on a day or later."""
    rows = Appointment.objects.filter(acting_for=account, until_day__gte=day)
    return list(rows.select_related("account", "acting_for").order_by("from_day", "id"))


def duties_of(account: Account, day: date) -> list[Appointment]:
    """Give what somebody is appointed to on a day or later: what has to be handed over."""
    rows = account.appointments.select_related("account", "acting_for").order_by("from_day", "id")
    return [
        row
        for row in rows
        if row.until_day is None or (row.until_day >= day and row.until_day >= row.from_day)
    ]
