"""What did not go out, as the administrator sees it."""

from __future__ import annotations

from xianxue.bureau.values.record import Record


class Fault(Record):
    """Something that was not taken at the other end."""

    to: str
    """A login, or an address that is called."""
    why: str
    """In the words of the other end or of the machine."""
