"""The secret that somebody is setting their phone up with, until a code has proved it."""

from __future__ import annotations

from xianxue.desk.accounts import codes
from xianxue.desk.models import Account


def secret_under_way(login: str) -> str:
    """Give the secret that waits to be proved; empty where none does.

    For its owner's eyes alone: the page asks for the account of whoever is signed in, no other.
    """
    row = Account.objects.filter(login=login, totp_confirmed_at=None).first()
    return row.totp_secret if row is not None else ""


def picture_under_way(login: str) -> str:
    """Draw it for the phone's camera; empty where none waits to be proved."""
    secret = secret_under_way(login)
    return codes.picture_of(secret, login) if secret else ""
