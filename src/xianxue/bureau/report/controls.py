"""Runs in Word: plain text, and numbers inside content controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.records.claim import TAG_LIMIT, Claim
from xianxue.bureau.report.ooxml import Element, sayable, unseen, w, words
from xianxue.bureau.report.text import Runs

ALIAS_LIMIT: Final = TAG_LIMIT
"""Word refuses a longer title of a content control, too."""

_IDEOGRAPH: Final = "\u3400-\u9fff"
_DIGITS: Final = re.compile(rf"(?<=[{_IDEOGRAPH}])([0-9][!-~—]*)|([!-~—]*[0-9%])(?=[{_IDEOGRAPH}])")
"""Digits that touch a Chinese character. LibreOffice sets a quarter of a space between the two,
whatever the paragraph says (``autoSpaceDE``), but none at the edge of a content control."""


@dataclass
class Controls:
    """Makes runs, and numbers content controls as they come: each needs an id of its own."""

    last: int = 0

    def runs(self, runs: Runs, *, plain: bool = False) -> Iterator[Element]:
        """Make the elements of a paragraph's runs.

        ``plain`` is for titles and dates: many programs that read Word files pass over controls.
        """
        for run in runs:
            if isinstance(run, Claim):
                yield self._control(run)
            elif plain:
                yield text_run(run)
            else:
                yield from self._pieces(run)

    def _control(self, claim: Claim) -> Element:
        self.last += 1
        properties = w(
            "sdtPr",
            w("alias", val=claim.term[:ALIAS_LIMIT]),
            w("tag", val=claim.tag),
            w("id", val=self.last),
        )
        pieces = tuple(self._pieces(claim.text))
        # A plain control holds one run and nothing else; with a frame inside it has to be a rich
        # one.
        if len(pieces) == 1:
            properties.append(w("text"))
        return w("sdt", properties, w("sdtContent", *pieces))

    def _pieces(self, text: str) -> Iterator[Element]:
        """Make runs of a text; digits beside Chinese characters stand in a frame nobody sees."""
        last = 0
        for found in _DIGITS.finditer(text):
            if found.start() > last:
                yield text_run(text[last : found.start()])
            yield self._framed(found[0])
            last = found.end()
        if last < len(text) or not text:
            yield text_run(text[last:])

    def _framed(self, digits: str) -> Element:
        self.last += 1
        properties = w("sdtPr", w("id", val=self.last), unseen())
        return w("sdt", properties, w("sdtContent", text_run(digits)))


def text_run(text: str) -> Element:
    """Make a run of plain text.

    The hint sends marks that both scripts have (quotes, dashes) to the East Asian font: in the
    Latin one they would be half as wide.
    """
    made = copy(_RUN)
    made[1].text = sayable(text)
    return made


_RUN: Final = w("r", w("rPr", w("rFonts", hint="eastAsia")), words(""))
"""Most elements of a document are of such a run, and copying one is quicker than to make it."""
