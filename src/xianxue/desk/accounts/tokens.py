"""Tokens: what a program, or the command line, shows in place of a password."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.accounts.people import actor_of, good_here, needs_code, person_of
from xianxue.desk.accounts.records import Person, TokenTold
from xianxue.desk.accounts.sessions import digest_of
from xianxue.desk.models import Token
from xianxue.desk.stores.clock import day_of

PREFIX = "xianxue_"
"""So that a token left lying about is known for one."""


class Held(Record):
    """A token that is good, and whose it is."""

    person: Person
    only: frozenset[str] | None
    """The deeds it is good for; None for all that the person may do."""

    def actor(self, where: str, role: str = "", place: str = "") -> Actor | Issue:
        """Give who acts by it; role and place tell several parts apart."""
        fitting = [
            post
            for post in self.person.posts
            if role in {"", post.role} and place in {"", post.place}
        ]
        if len(fitting) == 1:
            return actor_of(self.person, fitting[0], where, self.only)
        name = self.person.name
        if fitting:
            saw = say("{name}有几项任职，没有说明以哪一项办理", name=name)
            return refuse("A-POSTS", saw, do=say("请写明角色和单位（--role、--of）"))
        saw = say("{name}今天没有这样的任职", name=name)
        return refuse("A-POSTS", saw, do=say("请系统管理员登记任职"))


def token_of(gate: Gate, text: str, at: datetime) -> Held | Issue:
    """Say whose a token is; an issue where it opens nothing."""
    row = Token.objects.select_related("account").filter(digest=digest_of(text.strip())).first()
    if row is None:
        return refuse("A-TOKEN", say("令牌不对"), do=say("请核对，或重新领取令牌"))
    account = row.account
    if row.revoked_at is not None or account.disabled_at is not None:
        return refuse("A-TOKEN", say("令牌已作废"), do=say("请重新领取令牌"))
    if at >= row.expires_at:
        return refuse("A-TOKEN", say("令牌已到期"), do=say("请重新领取令牌"))
    if not good_here(account, gate):
        return refuse("A-DEMO", say("这是示范县的演示账号，不能在这里登录"))
    person = person_of(account, day_of(at))
    # What pages would ask for first is asked for here too, or a token would be the way round it.
    if not person.demo and (
        person.must_change or (needs_code(person, gate) and not person.has_code)
    ):
        saw = say("{name}还没有改掉临时密码，或没有启用动态验证码", name=person.name)
        return refuse("A-TOKEN", saw, do=say("请先登录一次，按提示办好"))
    Token.objects.filter(pk=row.pk).update(last_used_at=at)
    return Held(person, frozenset(row.deeds.split()) if row.deeds else None)


def tokens_of(account: int | None) -> list[TokenTold]:
    """List the tokens of one account, or of all, newest first."""
    rows = Token.objects.select_related("account").order_by("-created_at", "-id")
    if account is not None:
        rows = rows.filter(account_id=account)
    return [
        TokenTold(
            id=row.pk,
            login=row.account.login,
            name=row.name,
            deeds=tuple(row.deeds.split()),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]
