"""Codes that belong to no slip: how many came from where lately, in memory alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from threading import Lock
from typing import Final

from xianxue.desk.actions.ballots.slip_codes import read

MOST: Final = 30
"""Wrong codes a minute from one address: a hall behind one router may mistype some. 128 bits are
not found by trying; this only keeps the noise down. A good code is taken from anywhere."""


class Guesses:
    """The wrong codes of this minute, by address."""

    def __init__(self) -> None:
        """Begin with none."""
        self._minute = ""
        self._many: Counter[str] = Counter()
        self._lock = Lock()

    @staticmethod
    def read(said: str) -> str:
        """Read a code as it was typed; empty where it is none."""
        return read(said)

    def too_many(self, where: str, at: datetime) -> bool:
        """Take a wrong code in; say whether too many came from there within this minute."""
        minute = f"{at:%H:%M}"
        with self._lock:
            if minute != self._minute:
                self._minute, self._many = minute, Counter()
            self._many[where] += 1
            return self._many[where] > MOST


guesses: Final = Guesses()
