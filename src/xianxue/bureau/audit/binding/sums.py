"""Sums: wholes and their parts, told before, after, in brackets or in other sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.binding.composed import Composed
from xianxue.bureau.audit.binding.items import Namer, items_of, rows
from xianxue.bureau.audit.binding.parting import Parting
from xianxue.bureau.audit.binding.parts import Lists
from xianxue.bureau.audit.binding.totals import Totals
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.text import Reading

_BEFORE: Final = 40
"""Characters before the number of a bracket that say what it is of."""


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
        if owner is None or whole is not None:
            yield from lists.told(reading, items, whole)
        yield from totals.told(reading, items)
    yield from composed.told()
