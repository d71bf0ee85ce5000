"""Failures to sign in: they shut one login at one address, and slow an address down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.models import Failure
from xianxue.desk.stores.clock import minute_of

_KEPT: Final = timedelta(days=1)
_LENGTH: Final = 64


class Try:
    """One attempt, counted as a failure until it has succeeded.

    It is written first and looked at afterwards: of a hundred that come at the same moment no more
    than five find out whether they were right.
    """

    def __init__(self, gate: Gate, login: str, address: str, at: datetime) -> None:
        """Write it down."""
        self._admission, self._at = gate.admission, at
        self._login, self._address = login[:_LENGTH], address[:_LENGTH]
        self._own = Failure.objects.create(login=self._login, address=self._address, at=at)
        Failure.objects.filter(at__lt=at - _KEPT).delete()

    def refused(self) -> Issue | None:
        """Complain where the login is shut here, or the address has to wait; else None."""
        minute = self._of_address().filter(at__gt=self._at - timedelta(minutes=1))
        if minute.count() > self._admission.failures_a_minute:
            self.forget()
            saw = say("这个地址一分钟里登录失败太多次")
            return refuse("A-SLOW", saw, do=say("请过一分钟再登录"))
        if self._count() > self._admission.failures:
            self.forget()
            return self._shut()
        return None

    def failed(self) -> Issue | None:
        """Leave it as a failure; complain where it was the last that is borne."""
        return self._shut() if self._count() >= self._admission.failures else None

    def forget(self) -> None:
        """Take it back: it says nothing of a password."""
        self._own.delete()

    def succeeded(self) -> None:
        """Forget all failures of this login here."""
        Failure.objects.filter(login=self._login, address=self._address).delete()

    def _shut(self) -> Issue:
        last = self._recent().order_by("-at").values_list("at", flat=True)[0]
        until = last + timedelta(minutes=self._admission.locked_minutes)
        saw = say("这个登录名在这里连续 {n} 次登录失败，已暂时锁住", n=self._admission.failures)
        required = say("{until} 以后再登录", until=minute_of(until))
        return refuse("A-LOCKED", saw, required, say("忘了密码的，请系统管理员重设"))

    def _count(self) -> int:
        return self._recent().count()

    def _recent(self):  # noqa: ANN202 - Django's query set
        since = self._at - timedelta(minutes=self._admission.locked_minutes)
        return self._of_address().filter(login=self._login, at__gt=since)

    def _of_address(self):  # noqa: ANN202 - as above
        return Failure.objects.filter(address=self._address)
