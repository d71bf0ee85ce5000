"""Deeds that pages send: the same one sent twice is done once and gives the first answer.

The key is written when the deed has been done. Two that come at the very same moment meet in the
deed itself: it judges the state it finds, so the second is refused there and changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock
from typing import Final

_KEPT: Final = timedelta(days=2)
"""As long as a page is left open over night and sent again in the morning, and some more."""
_LOCKS: Final = [Lock() for _ in range(64)]


def turn_of(key: str) -> Lock:
    """Give the lock under which a deed with a key is done in this process."""
    return _LOCKS[hash(key) % len(_LOCKS)]


def done_before(key: str, who: str) -> str | None:
    """Give where the browser was sent after a deed with this key; None where it is new."""
    from xianxue.desk.models.pages import Once  # noqa: PLC0415 - needs Django set up first

    return Once.objects.filter(key=key, who=who).values_list("address", flat=True).first()


def keep_done(key: str, who: str, address: str, at: datetime) -> None:
    """Remember where a deed led, and forget those of the day before yesterday."""
    from xianxue.desk.models.pages import Once  # noqa: PLC0415 - needs Django set up first

    Once.objects.get_or_create(key=key, who=who, defaults={"address": address, "at": at})
    Once.objects.filter(at__lt=at - _KEPT).delete()
