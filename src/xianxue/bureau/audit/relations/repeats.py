"""The same number told again elsewhere: in the title and the text, in the lead and the body.

That a number comes back unchanged is a proof that the two places agree; nothing is refuted here.
"""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.frames import akin
from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.sums import digits

_EXACT: Final = 4
"""Digits that come back only where the same is meant."""
_SOME: Final = 2
"""Digits that come back where the same word stands before them."""
_BEHIND: Final = 4
_STOP: Final = re.compile(r"[。,;:、()\n]")


def judge_repeats(ledger: Ledger) -> None:
    """Prove every amount and rate that stands in another sentence before."""
    first: dict[tuple[int, str, str, int, bool], Mention] = {}
    for one in ledger.mentions:
        if one.column or one.series >= 0 or one.form not in ("cardinal", "percent"):
            continue
        if not one.dim or digits(one) < _SOME or ledger.is_proven("duplicate", one):
            continue
        before = first.setdefault((one.doc, one.form, one.dim, one.value, one.about), one)
        if before is one or before.sent == one.sent or before.part != one.part:
            continue
        if digits(one) >= _EXACT or akin(_words(ledger, before), _words(ledger, one)):
            message = f"前后两处都是{ledger.text(one)}。"
            limits = (before.low, before.high)
            ledger.prove("duplicate", "exact", one, (before,), message, limits)


def _words(ledger: Ledger, mention: Mention) -> str:
    """Give the words before a number, and those right behind: 新建公办幼儿园20所公办园."""
    behind = _STOP.split(ledger.norm[mention.end : mention.end + _BEHIND], maxsplit=1)[0]
    return f"{mention.head},{behind}" if mention.form == "cardinal" else mention.lead
