"""Appointing (任职), ending an appointment (免职), acting in somebody's stead (代理)."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.accounts.managing import (
    MANAGE,
    Managing,
    account_of,
    posts_told,
    refuse_without_managers,
    usable,
)
from xianxue.desk.actions.accounts.posting import Wish, faults_of, holds_already
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Appointment
from xianxue.desk.workspace import ComplaintsError


class Appoint(Managing):
    """Give somebody a part from a day on."""

    def __call__(self, login: str, wish: Wish) -> Appointment:
        """Appoint; ComplaintsError where that may not be."""
        self.ask_leave(login)
        account = usable(account_of(login))
        self.must_be_others(account)
        faults = faults_of(self.ground, wish)
        if faults:
            raise ComplaintsError(
                [refuse("A-ACCOUNT", one.saw, one.required, one.do) for one in faults]
            )
        with writing():
            if holds_already(account, wish):
                saw = say("{name}已有这项任职", name=account.name)
                required = say("同一角色、单位的任期不重叠")
                raise ComplaintsError([refuse("A-ACCOUNT", saw, required)])
            row = Appointment.objects.create(
                account=account,
                role=wish.role,
                place=wish.place,
                from_day=wish.from_day,
                until_day=wish.until_day,
            )
            self.note(account.login, "appoint", {"posts": posts_told([row])})
        return row


class EndAppointment(Managing):
    """Say which day is the last of an appointment; what was done in it stays."""

    def __call__(self, appointment: int, last: date) -> Appointment:
        """End it; ComplaintsError where that may not be."""
        found = Appointment.objects.select_related("account", "acting_for")
        row = found.filter(pk=appointment).first()
        if row is None:
            saw = say("没有这一项任职（{id}）", id=appointment)
            raise ComplaintsError([refuse("A-UNKNOWN", saw, say("已有的任职"))])
        self.ask_leave(row.account.login)
        with writing():
            # Within: two managers who end each other's part at once must not both be right.
            if row.role in self.ground.policy.granted(MANAGE):
                refuse_without_managers(self.ground, self.today, lost=[row.pk], but="")
            # An appointment that has not begun is over before its first day: it never held.
            row.until_day = last
            row.save(update_fields=["until_day"])
            self.note(row.account.login, "end", {"ended": posts_told([row])})
        return row


class ActFor(Managing):
    """Let somebody act in another's stead from one day to another, in all their parts or in one."""

    def __call__(
        self, absent: str, login: str, first: date, last: date, role: str = ""
    ) -> list[Appointment]:
        """Give the parts; ComplaintsError where that may not be."""
        self.ask_leave(login)
        whose, account = account_of(absent), usable(account_of(login))
        self.must_be_others(account)
        if whose.pk == account.pk:
            saw = say("{name}不能代理自己", name=account.name)
            raise ComplaintsError([refuse("A-ACCOUNT", saw, say("另一个人"))])
        if last < first:
            saw = say("代理止于{until}，早于起始的{day}", until=last, day=first)
            raise ComplaintsError([refuse("A-ACCOUNT", saw, say("最后一天不早于第一天"))])
        with writing():
            rows = [
                Appointment(
                    account=account,
                    role=row.role,
                    place=row.place,
                    from_day=max(first, row.from_day),
                    until_day=min(last, row.until_day or last),
                    acting_for=whose,
                )
                for row in whose.appointments.order_by("id")
                # What somebody does in another's stead is not theirs to pass on.
                if row.acting_for is None and role in {"", row.role} and _meets(row, first, last)
            ]
            acting = account.appointments.filter(acting_for=whose)
            known = {(one.role, one.place, one.from_day, one.until_day) for one in acting}
            # Asked for twice, by two people or from two pages, it is one part.
            rows = [
                one
                for one in rows
                if (one.role, one.place, one.from_day, one.until_day) not in known
            ]
            if not rows and known:
                return list(acting)
            if not rows:
                saw = say("{name}在这段时间没有可代理的任职", name=whose.name)
                raise ComplaintsError([refuse("A-ACCOUNT", saw, say("在任期内"))])
            for row in rows:
                row.save()
            self.note(account.login, "act_for", {"posts": posts_told(rows)})
        return rows


def _meets(row: Appointment, first: date, last: date) -> bool:
    return row.from_day <= last and (row.until_day is None or row.until_day >= first)
