"""Letting an administrator in again whom nobody else could let in (解救)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.passwords import hashed, made
from xianxue.desk.accounts.people import person_of
from xianxue.desk.actions.accounts.managing import MANAGE, Managing, account_of, restamp, usable
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError


class Rescue(Managing):
    """Give an administrator a new password and take off the lost phone's codes.

    The one deed on accounts that asks no policy: it is done by whoever owns the machine's files,
    who could write into them anyhow, so that one lost phone does not shut a county out for good. It
    stands in the journal with its reason, and by no other deed than this.
    """

    def __call__(self, login: str) -> str:
        """Give the new password, which is told once; ComplaintsError where it may not be."""
        account = usable(account_of(login))
        roles = self.ground.policy.granted(MANAGE)
        if not any(post.role in roles for post in person_of(account, self.today).posts):
            saw = say("{name}不是在任的系统管理员", name=account.name)
            do = say("其他人的密码由系统管理员重设：xianxue accounts reset")
            raise ComplaintsError([refuse("A-RESCUE", saw, say("能管理账号的人"), do)])
        if not self.why.strip():
            saw = say("没有写明为什么要在机器上解救")
            raise ComplaintsError([refuse("A-RESCUE", saw, say("写明理由（--why）"))])
        new = made()
        with writing():
            account.password = hashed(new, demo=account.demo)
            account.must_change = not account.demo
            account.totp_secret, account.totp_confirmed_at = "", None
            account.save()
            restamp(account)
            account.tokens.filter(revoked_at=None).update(revoked_at=self.at)
            self.note(account.login, "rescue", {})
        return new
