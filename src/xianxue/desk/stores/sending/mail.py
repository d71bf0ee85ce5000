"""Sending one mail by the bureau's own mail server."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from xianxue.desk.stores.clock import BEIJING
from xianxue.desk.stores.settings_file import Mail

PASSWORD: Final = "XIANXUE_MAIL_PASSWORD"  # noqa: S105 - the variable's name
"""The variable with the server's password: settings are backed up and read by many."""
_PATIENCE: Final = 20
"""Seconds until a mail server that says nothing is given up."""


class MailError(Exception):
    """A mail that did not go out; said in the server's or the machine's own words."""


@contextmanager
def opened(mail: Mail) -> Generator[smtplib.SMTP]:
    """Open the way to the server, signed in where the settings name somebody; MailError."""
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, os.environ.get(PASSWORD, ""))
            yield server
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(str(error)) from error


def send(server: smtplib.SMTP, mail: Mail, to: str, words: tuple[str, str], at: datetime) -> None:
    """Hand one mail to the server: subject and text; MailError where it does not take it."""
    subject, text = words
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, to, subject
    message["Date"] = format_datetime(at.astimezone(BEIJING))
    # Its own machine's name is nobody's business.
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    # Out-of-office answers would come back to a box that nobody reads.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise MailError(str(error)) from error


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_PATIENCE, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=_PATIENCE)
    if mail.security == "starttls":
        try:
            # Refused where the server does not offer it: the password never goes in the clear.
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
