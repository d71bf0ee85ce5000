"""From a text to everything that can be said of its numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.records.audited import Audit, Number

_ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def audit(text: str, lexicon: Lexicon) -> Audit:
    """Read the numbers of a plain text and judge every relation between them."""
    numbers = tuple(_number(found, lexicon) for found in _ARABIC.finditer(text))
    return Audit(text, numbers, (), numbers)


def _number(found: re.Match[str], lexicon: Lexicon) -> Number:
    value = Decimal(found[0])
    rest = found.string[found.end() : found.end() + 1]
    unit = rest if rest in lexicon.units else ""
    end = found.end() + len(unit)
    text = found.string[found.start() : end]
    return Number(text, found.start(), end, "cardinal", value, value, value, unit)
