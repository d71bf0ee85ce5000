"""English beside the Chinese of a workbook: only in texts that nothing is read by.

Headers, codes, labels and examples stay as they are in every language, so that a workbook handed
out in two is read like one in one. What to enter is said a second time, on the lines below.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.returns.sheets.layout import Laid, help_of
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, Words, say

_SIGN: Final = "—"
"""Begins the other language. It tells our second text from a word that a clerk has added."""


def in_two_languages(laid: Laid, words: Words) -> Laid:
    """Give a sheet with what to enter said in another language too; as it is without words."""
    if not words:
        return laid
    helps = list(laid.helps)
    # A grid written across has the column of its labels before its fields.
    for at, field in enumerate(laid.fields, 0 if laid.down else laid.first_column):
        told = say("{term}：{help}", term=field.term, help=help_of(field))
        helps[at] = beside(helps[at], told, words)
    return replace(laid, helps=tuple(helps))


def beside(own: str, told: Sentence, words: Words) -> str:
    r"""Give a text with another one below it, told in another language; alone without words.

    >>> beside("填整数", say("填整数"), {"填整数": "enter a whole number"})
    '填整数\n— enter a whole number'
    """
    return f"{own}\n{_SIGN} {told.told(words)}" if words else str(own)


def says(written: object, own: str) -> bool:
    r"""Whether a cell says what it was handed out with, in one language or in two.

    >>> says("填整数", "填整数"), says("填整数\n— enter …", "填整数"), says("填整数\n了", "填整数")
    (True, True, False)
    """
    return written == own or (isinstance(written, str) and written.startswith(f"{own}\n{_SIGN} "))


class OwnTexts(frozenset[str]):
    """The template's own texts, reduced to what can be seen; one in two languages is among them.

    >>> "填整数—enter" in OwnTexts(["填整数"]), "填整数了" in OwnTexts(["填整数"])
    (True, False)
    """

    def __contains__(self, text: object) -> bool:
        """Whether a text, or what stands before another language in it, is one of them."""
        if super().__contains__(text):
            return True
        if not isinstance(text, str):
            return False
        at = text.find(_SIGN)
        while at > 0:
            if super().__contains__(text[:at]):
                return True
            at = text.find(_SIGN, at + 1)
        return False
