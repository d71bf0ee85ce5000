"""Asked once more who somebody is, before what cannot be taken back by a click."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.failures import Try
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.accounts.signing_in import fits_code
from xianxue.desk.models import Account


def asks_code(account: int) -> bool:
    """Whether somebody has a second factor to be asked for; practice accounts have none."""
    return Account.objects.filter(pk=account, totp_confirmed_at__isnull=False).exists()


def confirm(gate: Gate, account: int, code: str, where: str, at: datetime) -> Issue | None:
    """Take a new one-time code of somebody who has one; complain where it is none.

    Failures are counted with those at the door: whoever sits at another's machine cannot guess.
    """
    row = Account.objects.filter(pk=account).first()
    if row is None or row.totp_confirmed_at is None:
        return None
    attempt = Try(gate, row.login, where, at)
    refused = attempt.refused()
    if refused is not None:
        return refused
    if not code.strip():
        attempt.forget()
        return refuse("A-CODE", say("还要动态验证码"), do=say("请输入手机应用里的 6 位数字"))
    if fits_code(row, code, at):
        attempt.succeeded()
        return None
    saw = say("动态验证码不对，或已经用过")
    do = say("请等下一个 6 位数字；总是不对的，请校准手机的时间")
    return attempt.failed() or refuse("A-CODE", saw, do=do)
