"""Sums: wholes and their parts, told before, after, in brackets or in other sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.composed import Composed
from xianxue.bureau.audit.binding.items import Namer, items_of, rows
from xianxue.bureau.audit.binding.parting import Parting
from xianxue.bureau.audit.binding.parts import Lists
from xianxue.bureau.audit.binding.totals import Totals
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_BEFORE: Final = 40
"""Characters before the number of a bracket that say what it is of."""


_ANOTHER: Final = re.compile("[,、;]|其中")
"""Between a number and a bracket: the bracket is of what is told there."""


def bind_sums(reading: Reading) -> Iterator[Candidate]:
    """Give every whole with its parts that the text may mean."""
    lexicon = reading.lexicon
    namer, parting = Namer(lexicon), Parting(lexicon)
    lists, totals = Lists(lexicon, parting), Totals(lexicon, parting)
    composed = Composed(lexicon, parting)
    for owner, some, begin in rows(reading):
        items = items_of(reading, some, begin, namer)
        whole = None
        if owner is None:
            composed.read(items)
        else:
            whole = next(
                iter(items_of(reading, [owner], max(0, owner.start - _BEFORE), namer)), None
            )
        if owner is None or (whole is not None and not _is_of_another(reading, owner, some)):
            yield from lists.told(reading, items, whole)
        yield from totals.told(reading, items)
    yield from composed.told()


def _is_of_another(reading: Reading, owner: Quantity, inside: Sequence[Quantity]) -> bool:
    """Whether a bracket is told of a name behind its number: 共缺3人,其中甲校(0.8人,缺1人)."""
    opens = reading.norm.find("(", owner.end, inside[0].start) if inside else -1
    return opens > 0 and _ANOTHER.search(reading.norm, owner.end, opens) is not None
