"""Runs in Word: plain text, and numbers inside content controls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.records.claim import TAG_LIMIT, Claim
from xianxue.bureau.report.ooxml import Element, w, words
from xianxue.bureau.report.text import Runs

ALIAS_LIMIT: Final = TAG_LIMIT
"""Word refuses a longer title of a content control, too."""


@dataclass
class Controls:
    """Makes runs, and numbers content controls as they come: each needs an id of its own."""

    last: int = 0

    def runs(self, runs: Runs) -> Iterator[Element]:
        """Make the elements of a paragraph's runs."""
        for run in runs:
            yield self._control(run) if isinstance(run, Claim) else text_run(run)

    def _control(self, claim: Claim) -> Element:
        self.last += 1
        properties = w(
            "sdtPr",
            w("alias", val=claim.term[:ALIAS_LIMIT]),
            w("tag", val=claim.tag),
            w("id", val=self.last),
            w("text"),
        )
        return w("sdt", properties, w("sdtContent", text_run(claim.text)))


def text_run(text: str) -> Element:
    """Make a run of plain text.

    The hint sends marks that both scripts have (quotes, dashes) to the East Asian font: in the
    Latin one they would be half as wide.
    """
    return w("r", w("rPr", w("rFonts", hint="eastAsia")), words(text))
