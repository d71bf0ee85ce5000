"""The machine a deed is done at, as the journal names it."""

from __future__ import annotations

import os
import platform

if os.name == "posix":
    import pwd


def here() -> str:
    """Give account and machine, ``li@office-3``; what cannot be found out is left out."""
    return f"{account()}@{name()}".strip("@")


def name() -> str:
    """Name the machine, as others in its network may know it."""
    return platform.node()


def account() -> str:
    """Name the account this process runs under, as the system knows it.

    Not ``getpass.getuser``: it believes ``LOGNAME`` and ``USER``, which everybody sets for himself.
    """
    try:
        if os.name == "posix":
            return pwd.getpwuid(os.getuid()).pw_name
        return os.getlogin()
    except (KeyError, OSError):
        # An account without a name still has a number, and nobody can choose it.
        return f"uid {os.getuid()}" if os.name == "posix" else ""
