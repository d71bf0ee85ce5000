"""The rounds: a thread of the server looks now and then whether anything is to go out."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Event, Thread
from typing import Final

from django.db import connection

from xianxue.bureau.values.record import Record
from xianxue.desk.sending.calls import call_all
from xianxue.desk.sending.digest import Went, send_digests
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores import clock

_EVERY: Final = 15
"""Seconds between two rounds; a mail that did not go out is tried again after as many minutes."""
_MAIL_AGAIN: Final = 60
"""Rounds until then."""
_log = logging.getLogger(__name__)


class Mailed(Record):
    """What came of the last round of mails, since this process began."""

    at: datetime | None = None
    went: Went = Went()


_last: Final[list[Mailed]] = [Mailed()]


def last_mailed() -> Mailed:
    """Give what came of the last round of mails that had anything to do."""
    return _last[0]


def begin(standing: Standing) -> Thread | None:
    """Begin the rounds; None where the settings ask for nothing, and then no thread runs."""
    settings = standing.workspace().settings
    if settings.mail is None and not settings.hooks:
        return None
    thread = Thread(target=_go_round, args=(standing,), name="sending", daemon=True)
    thread.start()
    return thread


def one_round(standing: Standing, *, mails: bool) -> None:
    """Send what is to be sent now."""
    mail = standing.workspace().settings.mail
    at = clock.now()
    if mail is not None and mails:
        went = send_digests(standing, mail, at)
        if went.sent or went.faults:
            _last[0] = Mailed(at, went)
        for fault in went.faults:
            _log.warning("mail to %s did not go out: %s", fault.to, fault.why)
    call_all(standing, at)


def _go_round(standing: Standing) -> None:
    pause, number = Event(), 0
    while True:
        try:
            standing.database()
            one_round(standing, mails=number % _MAIL_AGAIN == 0)
        except Exception:  # noqa: BLE001 - as said below
            # Whatever it is must not end the rounds: pages know nothing of them.
            _log.exception("a round of sending failed")
        finally:
            connection.close()
        number += 1
        pause.wait(_EVERY)
