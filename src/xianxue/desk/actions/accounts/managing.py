"""What deeds on accounts have in common: whose leave they need, and the line they leave."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow import subject as workflow
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.people import login_of, person_of
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.models import Account, Appointment, Session
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

KIND: Final = "accounts"
MANAGE: Final = "accounts.manage"
"""The one deed of the policy by which accounts are changed; the journal names each by its own."""
_STAMP: Final = 16
"""Bytes of chance."""


class Managing(Record):
    """Somebody changes accounts: an administrator any, everybody their own password and codes."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    @property
    def today(self) -> date:
        """The day of the deed."""
        return day_of(self.at)

    def ask_leave(self, login: str = "") -> None:
        """Ask the policy whether the actor may manage accounts; ComplaintsError where not."""
        county = self.ground.register.county
        title = say("账号“{login}”", login=login) if login else say("{name}账号", name=county.name)
        subject = Subject(KIND, login, county.code, title=title)
        granted(self.ground.authority.may(self.actor, MANAGE, subject))

    def may_be_own(self, account: Account) -> None:
        """Ask for leave, but not of somebody who looks after their own account."""
        if not self.is_own(account):
            self.ask_leave(account.login)

    def must_be_own(self, account: Account) -> None:
        """Refuse to do in somebody's name what only they themselves may."""
        if not self.is_own(account):
            saw = say("这是{name}的账号", name=account.name)
            raise ComplaintsError([refuse("A-OWN", saw, say("本人办理"))])

    def must_be_others(self, account: Account) -> None:
        """Refuse to give oneself a part: who looks after accounts would have all of them."""
        if self.is_own(account):
            saw = say("{name}不能给自己任职", name=account.name)
            raise ComplaintsError([refuse("A-SELF", saw, say("由另一位系统管理员办理"))])

    def is_own(self, account: Account) -> bool:
        """Whether an account is the actor's."""
        return workflow.person(self.actor.name) == account.person

    def note(self, login: str, deed: str, detail: dict[str, object]) -> None:
        """Write the line of a deed."""
        tell_of(self, f"{KIND}.{deed}", login, detail, self.why)


def account_of(login: str) -> Account:
    """Give the account with a login; ComplaintsError where there is none."""
    row = Account.objects.filter(login=login_of(login)).first()
    if row is None:
        saw = say("没有登录名“{login}”", login=login)
        do = say("请核对：xianxue accounts list")
        raise ComplaintsError([refuse("A-UNKNOWN", saw, say("已有的账号"), do)])
    return row


def own_actor(account: Account, where: str, at: datetime) -> Actor:
    """Give somebody as they look after their own account, in whichever part they have."""
    posts = person_of(account, day_of(at)).posts
    role = posts[0] if posts else None
    return Actor(account.name, role.role if role else "", role.place if role else "", where)


def usable(account: Account) -> Account:
    """Give an account on; ComplaintsError where it is disabled."""
    if account.disabled_at is not None:
        saw = say("{name}的账号已停用", name=account.name)
        raise ComplaintsError([refuse("A-DISABLED", saw, say("在用的账号"), say("请先启用"))])
    return account


def restamp(account: Account, but: int | None = None) -> None:
    """End an account's sessions by a new stamp; ``but`` is the one in which it is done."""
    account.stamp = secrets.token_hex(_STAMP)
    account.save(update_fields=["stamp"])
    if but is not None:
        Session.objects.filter(pk=but, account=account).update(stamp=account.stamp)


def posts_told(rows: Iterable[Appointment]) -> list[dict[str, str]]:
    """Tell appointments as a line's detail keeps them; the journal is proved against the table."""
    told: list[dict[str, str]] = []
    for row in rows:
        parts = {
            "login": row.account.login,
            "role": row.role,
            "place": row.place,
            "from": row.from_day.isoformat(),
            "until": row.until_day.isoformat() if row.until_day else "",
            "acting_for": row.acting_for.login if row.acting_for is not None else "",
        }
        told.append({name: said for name, said in parts.items() if said})
    return told


def refuse_without_managers(ground: Ground, on: date, *, lost: Sequence[int], but: str) -> None:
    """Refuse to take away the last who may manage accounts: nobody could give it back.

    ``lost``: appointments that end, ``but``: the login of an account that is no longer counted.
    """
    roles = ground.policy.granted(MANAGE)
    left = (
        Appointment.objects.filter(role__in=roles, account__disabled_at=None, from_day__lte=on)
        .filter(until_day=None)
        .exclude(pk__in=lost)
        .exclude(account__login=but)
    )
    if not left.exists():
        saw = say("这样就没有人能管理账号了")
        required = say("至少留一位任期未定的{roles}", roles=ground.policy.terms(roles))
        raise ComplaintsError([refuse("A-LAST", saw, required, say("请先任命另一位"))])
