"""Signing in: login, password and, where it is set up, a one-time code."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts import codes, passwords
from xianxue.desk.accounts.failures import Try
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.accounts.people import good_here, login_of, person_of
from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.sessions import begin
from xianxue.desk.models import Account
from xianxue.desk.stores.clock import day_of


class Shown(Record):
    """What somebody shows to be let in."""

    login: str
    password: str
    code: str = ""
    """The one-time code; empty where none was typed."""

    def __repr__(self) -> str:
        """Show the login alone: a password must not stand in any log."""
        return f"Shown({self.login!r})"


def sign_in(gate: Gate, shown: Shown, where: str, agent: str, at: datetime) -> SignedIn | Issue:
    """Let somebody in, or say why not.

    A wrong login and a wrong password are told in the same words, after the same time. What is told
    only to whoever knows the password has a code of its own: ``A-CODE``, ``A-DISABLED``,
    ``A-DEMO``, ``A-POSTS``.
    """
    account = identify(gate, shown, where, at)
    if isinstance(account, Issue):
        return account
    person = person_of(account, day_of(at))
    if not person.posts:
        saw = say("{name}今天没有在任的职务", name=account.name)
        return refuse("A-POSTS", saw, do=say("请系统管理员登记任职"))
    return begin(gate, account, where, agent, at)


def identify(gate: Gate, shown: Shown, where: str, at: datetime) -> Account | Issue:
    """Find out whether somebody is who they say; failures are counted."""
    login = login_of(shown.login)
    attempt = Try(gate, login, where, at)
    refused = attempt.refused()
    if refused is not None:
        return refused
    account = Account.objects.filter(login=login).first()
    known = account.password if account is not None else None
    if not passwords.fits(shown.password, known, demo=gate.demo) or account is None:
        return attempt.failed() or _wrong()
    issue = _unwelcome(account, gate)
    if issue is not None:
        attempt.forget()
        return issue
    issue = _code(account, shown.code, at, attempt)
    if issue is not None:
        return issue
    attempt.succeeded()
    return account


def _unwelcome(account: Account, gate: Gate) -> Issue | None:
    if account.disabled_at is not None:
        return refuse("A-DISABLED", say("这个账号已停用"), do=say("仍要使用的，请系统管理员启用"))
    if not good_here(account, gate):
        saw = say("这是示范县的演示账号，不能在这里登录")
        return refuse("A-DEMO", saw, do=say("请系统管理员另建账号"))
    return None


def _code(account: Account, said: str, at: datetime, attempt: Try) -> Issue | None:
    if account.totp_confirmed_at is None:
        return None
    if not said.strip():
        attempt.forget()
        return refuse("A-CODE", say("还要动态验证码"), do=say("请输入手机应用里的 6 位数字"))
    if fits_code(account, said, at):
        return None
    saw = say("动态验证码不对，或已经用过")
    do = say("请等下一个 6 位数字；总是不对的，请校准手机的时间")
    return attempt.failed() or refuse("A-CODE", saw, do=do)


def fits_code(account: Account, said: str, at: datetime) -> bool:
    """Whether a code is somebody's own of this moment; it is used up by that."""
    step = codes.step_of(account.totp_secret, said, at, account.totp_last)
    # Changed only where it is still what was read: of two at once with one code, one comes in.
    return bool(
        step and Account.objects.filter(pk=account.pk, totp_last__lt=step).update(totp_last=step)
    )


def _wrong() -> Issue:
    return refuse("A-LOGIN", say("登录名或密码不对"), do=say("请核对大小写和输入法后再试"))
