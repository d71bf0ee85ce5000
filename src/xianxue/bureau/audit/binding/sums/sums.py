"""Sums: wholes and their parts, told before, after, in brackets or in other sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.sums.items import Namer, items_of, rows
from xianxue.bureau.audit.binding.sums.parts import Lists
from xianxue.bureau.audit.binding.sums.totals import Totals
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_BEFORE: Final = 40
"""Characters before the number of a bracket that say what it is of."""


_AFTER: Final = re.compile(r"[^()。;,]{0,4}\)(?:总共|共计|合计|总计|共有?|计|,共|,合计|,共计)?")
"""Between the last number of a bracket and the number behind it that is their total."""
_ANOTHER: Final = re.compile("[,、;]|其中")
"""Between a number and a bracket: the bracket is of what is told there."""


def bind_sums(reading: Reading) -> Iterator[Candidate]:
    """Give every whole with its parts that the text may mean."""
    lexicon = reading.lexicon
    namer, lists, totals = lexicon.made(Namer), lexicon.made(Lists), lexicon.made(Totals)
    for row in rows(reading):
        owner, some = row.owner, row.some
        items = items_of(reading, some, row.begin, namer, column=row.column)
        if not row.bracket:
            yield from lists.told(reading, items, None)
        total = _behind(reading, some[-1]) if row.bracket and some else None
        if owner and not _is_of_another(reading, owner, some):
            begin = max(0, owner.start - _BEFORE)
            whole = next(iter(items_of(reading, [owner], begin, namer)), None)
            if whole:
                yield from lists.told(reading, items, whole)
        if total and (owner is None or owner.dim != total.dim):
            whole = next(iter(items_of(reading, [total], total.start, namer)), None)
            yield from lists.told(reading, items, whole) if whole else ()
        yield from totals.told(reading, items)


def _behind(reading: Reading, last: Quantity) -> Quantity | None:
    """Give the number right behind a bracket: 提案(教育类46件,医疗类38件)84件."""
    total = next(iter(reading.quantities[last.index + 1 : last.index + 2]), None)
    if total is None or total.depth or total.form != "cardinal":
        return None
    return total if _AFTER.fullmatch(reading.between(last, total)) else None


def _is_of_another(reading: Reading, owner: Quantity, inside: Sequence[Quantity]) -> bool:
    """Whether a bracket is told of a name behind its number: 共缺3人,其中甲校(0.8人,缺1人)."""
    opens = reading.norm.find("(", owner.end, inside[0].start) if inside else -1
    return opens > 0 and _ANOTHER.search(reading.norm, owner.end, opens) is not None
