"""Setting up one-time codes (启用动态验证码), proving them, and taking them off."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts import codes
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.accounts.managing import Managing, account_of, restamp
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError


class EnrolCode(Managing):
    """Make a secret for one's phone; until a code has proved it, none is asked for."""

    def __call__(self, login: str) -> str:
        """Give the secret, which is shown to its owner alone."""
        account = account_of(login)
        self.must_be_own(account)
        if account.demo:
            saw = say("演示账号不用动态验证码")
            raise ComplaintsError([refuse("A-DEMO", saw, say("正式账号"))])
        if account.totp_confirmed_at is not None:
            saw = say("动态验证码已经启用")
            raise ComplaintsError([refuse("A-CODE", saw, do=say("要换手机的，请先停用再启用"))])
        with writing():
            account.totp_secret = codes.new_secret()
            account.save(update_fields=["totp_secret"])
            self.note(account.login, "enrol_code", {})
        return account.totp_secret


class ConfirmCode(Managing):
    """Prove that one's phone gives the right codes; from here on they are asked for."""

    def __call__(self, login: str, code: str, session: int | None = None) -> None:
        """Confirm it; ComplaintsError where the code is wrong."""
        account = account_of(login)
        self.must_be_own(account)
        step = 0
        if account.totp_secret and account.totp_confirmed_at is None:
            step = codes.step_of(account.totp_secret, code, self.at, account.totp_last)
        if not step:
            saw = say("动态验证码不对，或已经用过")
            do = say("请等下一个 6 位数字；总是不对的，请校准手机的时间")
            raise ComplaintsError([refuse("A-CODE", saw, do=do)])
        with writing():
            account.totp_confirmed_at, account.totp_last = self.at, step
            account.save(update_fields=["totp_confirmed_at", "totp_last"])
            restamp(account, session)
            self.note(account.login, "confirm_code", {})


class DropCode(Managing):
    """Take the second factor off: of one's own, or of somebody who has lost their phone."""

    def __call__(self, login: str, session: int | None = None) -> None:
        """Take it off; whose part needs one has to set it up again before anything else."""
        account = account_of(login)
        self.may_be_own(account)
        if not account.totp_secret:
            return
        with writing():
            account.totp_secret, account.totp_confirmed_at = "", None
            account.save(update_fields=["totp_secret", "totp_confirmed_at"])
            restamp(account, session)
            self.note(account.login, "drop_code", {})
