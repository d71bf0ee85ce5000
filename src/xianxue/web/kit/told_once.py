"""Secrets that are told once: a new password, a token. Kept in this process alone, for minutes.

They stand in no address, no session and no journal. Whoever sends the same form twice is led to the
same page, and a page that is loaded again at once is not yet an empty one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from django.utils.crypto import get_random_string

_WAITS: Final = timedelta(minutes=10)
"""How long a secret waits for its page."""
_SHOWN: Final = timedelta(minutes=1)
"""How long it can be looked at once it has been shown: the page may load twice."""
_KEY: Final = 32

_kept: Final[dict[str, tuple[int, datetime, Mapping[str, Any]]]] = {}
_lock: Final = Lock()


def keep(session: int, at: datetime, told: Mapping[str, Any]) -> str:
    """Keep what is to be told to the owner of a session; give the key of its page."""
    key = get_random_string(_KEY)
    with _lock:
        _forget(at)
        _kept[key] = (session, at + _WAITS, told)
    return key


def tell_once(key: str, session: int, at: datetime) -> Mapping[str, Any] | None:
    """Give what was kept, to whom it was kept for; None where it has been told, or is too old."""
    with _lock:
        _forget(at)
        whose, until, told = _kept.get(key, (0, at, {}))
        if not told or whose != session:
            return None
        _kept[key] = (whose, min(until, at + _SHOWN), told)
        return told


def _forget(at: datetime) -> None:
    for key in [key for key, (_, until, _told) in _kept.items() if until <= at]:
        del _kept[key]
