"""Changing one's own password (修改密码) and having it made anew (重设密码)."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.failures import Try
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.passwords import fault_of, fits, hashed, made
from xianxue.desk.actions.accounts.managing import Managing, account_of, restamp
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Account
from xianxue.desk.workspace import ComplaintsError


class ChangePassword(Managing):
    """Change one's own password; every other session of it ends."""

    def __call__(self, login: str, old: str, new: str, session: int | None = None) -> None:
        """Change it; ComplaintsError where the old one is wrong or the new one will not do."""
        account = account_of(login)
        self.must_be_own(account)
        gate = self.ground.gate
        # A session left open is no way to try out passwords.
        attempt = Try(gate, account.login, self.actor.where, self.at)
        issue = attempt.refused()
        if issue is None and not fits(old, account.password, demo=account.demo):
            issue = attempt.failed() or refuse("A-LOGIN", say("现在的密码不对"))
        if issue is not None:
            raise ComplaintsError([issue])
        attempt.forget()
        fault = fault_of(new, account.login, account.name, gate)
        if fault is None and fits(new, account.password, demo=account.demo):
            fault = refuse("A-PASSWORD", say("新密码和现在的一样"), say("另换一个"))
        if fault is not None:
            raise ComplaintsError([fault])
        with writing():
            self._set(account, new)
            restamp(account, session)
            self.note(account.login, "change_password", {})

    def _set(self, account: Account, new: str) -> None:
        account.password = hashed(new, demo=account.demo)
        account.must_change = False
        account.save(update_fields=["password", "must_change"])


class ResetPassword(Managing):
    """Make a new password for somebody, to be changed at their next signing in.

    Whoever has the old one is out at once: sessions end, tokens are revoked.
    """

    def __call__(self, login: str) -> str:
        """Give the new password, which is told once."""
        self.ask_leave(login)
        account = account_of(login)
        new = made()
        with writing():
            account.password = hashed(new, demo=account.demo)
            account.must_change = not account.demo
            account.save(update_fields=["password", "must_change"])
            restamp(account)
            account.tokens.filter(revoked_at=None).update(revoked_at=self.at)
            self.note(account.login, "reset_password", {})
        return new
