"""Disabling an account (停用) and enabling it again (启用)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.accounts.belongings import belongings_of
from xianxue.desk.actions.accounts.hand_over import duties_of
from xianxue.desk.actions.accounts.managing import (
    Managing,
    account_of,
    refuse_without_managers,
    restamp,
)
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Account
from xianxue.desk.workspace import ComplaintsError


class Disable(Managing):
    """Let nobody sign in by an account any more; it stays, for the journal names its person."""

    def __call__(self, login: str) -> Account:
        """Disable it; ComplaintsError while its person still has duties."""
        self.ask_leave(login)
        account = account_of(login)
        if account.disabled_at is not None:
            return account
        duties = duties_of(account, self.today)
        if duties:
            policy, county = self.ground.policy, self.ground.register.county.code
            parts = [
                say(
                    "{role}（{place}）",
                    role=policy.terms([one.role]),
                    place=self.ground.name(one.place or county),
                )
                for one in duties
            ]
            saw = say(
                "{name}还有未移交的任职：{parts}", name=account.name, parts=joined("、", parts)
            )
            do = say(
                "请先移交（xianxue accounts hand-over）或免去（end）；"
                "要立刻不让其登录的，先重设密码（reset）"
            )
            raise ComplaintsError([refuse("A-DUTIES", saw, say("停用前事情有人接手"), do)])
        if begun := belongings_of(account.name):
            saw = say("{name}还有草稿或通知 {n} 件没有移交", name=account.name, n=begun)
            do = say("请先移交：xianxue accounts hand-over {login} --to 接手的人", login=login)
            raise ComplaintsError([refuse("A-DUTIES", saw, say("停用前事情有人接手"), do)])
        with writing():
            # Within: two managers who disable each other at once must not both be right.
            refuse_without_managers(self.ground, self.today, lost=[], but=account.login)
            account.disabled_at = self.at
            account.save(update_fields=["disabled_at"])
            restamp(account)
            account.tokens.filter(revoked_at=None).update(revoked_at=self.at)
            self.note(account.login, "disable", {})
        return account


class Enable(Managing):
    """Let somebody sign in again; their appointments are made anew."""

    def __call__(self, login: str) -> Account:
        """Enable it."""
        self.ask_leave(login)
        account = account_of(login)
        self.must_be_others(account)
        if account.disabled_at is not None:
            with writing():
                account.disabled_at = None
                account.save(update_fields=["disabled_at"])
                restamp(account)
                self.note(account.login, "enable", {})
        return account
