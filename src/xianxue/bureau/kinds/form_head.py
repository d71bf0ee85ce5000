"""The head and the foot of a form: what stands above and below the questions on paper.

The head says by whom the form is asked and until when it holds; without it a school may refuse to
fill it in. The foot says who filled it in. Neither is data: no figure is counted from them.
"""

from __future__ import annotations

from typing import Final, Literal

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

COUNTY: Final = "{county}"
"""Stands in a head's value for the county's name."""
_NO_COUNTY: Final = "本县"
"""Where nobody said which county it is: on a school's own machine."""


class HeadLine(Card, frozen=True, kw_only=True):
    """One line of the head: 表号, 制定机关, 备案文号, 有效期至."""

    line: str
    """The id, unique within the head."""
    term: Sentence
    value: Sentence = Phrase("")
    """``{county}`` becomes the county's name; empty where the county has still to say it."""

    def said(self, county: str) -> str:
        """Give the value for a county.

        >>> HeadLine(line="issuer", term="制定机关", value="{county}教育局").said("虚构县")
        '虚构县教育局'
        """
        return str(self.value).replace(COUNTY, county or _NO_COUNTY)


class FootItem(Card, frozen=True, kw_only=True):
    """One thing the foot asks of those who fill the form in."""

    item: str
    """The id, unique within the foot."""
    term: Sentence
    type: Literal["text", "date"] = "text"
    personal: bool = False
    """Whether it says something of a person: the journal gets a salted digest of it, no more."""


class FormHead(Card, frozen=True, kw_only=True):
    """What a county puts into the head of a form: its own 表号, 备案文号, 有效期至."""

    form_head: str
    term: str
    form: str
    """The form it is for."""
    values: dict[str, str]
    """A line's id to what stands there."""
    source: Cited
