"""The machine a deed is done at, as the journal names it."""

from __future__ import annotations

import getpass
import platform


def here() -> str:
    """Give account and machine, ``li@office-3``; what cannot be found out is left out."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, or a system without any
        account = ""
    return f"{account}@{platform.node()}".strip("@")
