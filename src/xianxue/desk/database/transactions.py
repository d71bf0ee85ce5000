"""Transactions of deeds: one writer at a time, and readers who see one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.database.vendors import vendor
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.stores.harm import ComplaintsError


@contextmanager
def writing() -> Iterator[None]:
    """Open the transaction of a deed; a second one waits until the first is done.

    A deed first looks (which revision stands, how long the journal is) and then writes; two that
    looked at the same moment would both be right and together wrong. SQLite locks at BEGIN,
    PostgreSQL by an advisory lock held until the end; both let go when a process dies.

    ComplaintsError where the machine's clock stands before the journal's last line, or while a
    backup is put back; then nothing of the deed has been written.
    """
    # Models are known only once Django is set up, and whoever opens a transaction has done so.
    from xianxue.desk.models.journal import ClockSetBackError  # noqa: PLC0415 - see above

    try:
        with transaction.atomic():
            vendor().queue()
            yield
    except ClockSetBackError as error:
        raise ComplaintsError([_set_back(error.last, error.now)]) from None


def _set_back(last: datetime, now: datetime) -> Issue:
    return Issue(
        code="J-CLOCK",
        severity=Severity.MUST_FIX,
        saw=say(
            "这台机器的时间是{now}，比日志最后一行（{last}）还早，没有办理",
            now=minute_of(now),
            last=minute_of(last),
        ),
        required=say("后办的事时间不早于先办的"),
        do=say(
            "请先把这台机器的时间校准再办；时间没有错、是先前那一行的时间走快了的，"
            "由负责人登记：xianxue journal clock --as 姓名 --why 理由"
        ),
    )


@contextmanager
def reading() -> Iterator[None]:
    """Open a transaction in which many reads see the database of one moment."""
    with transaction.atomic():
        vendor().freeze()
        yield
