"""Stocks: what there was, what came and what went make what is left, in sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.tables.grid import Grid, grids, patterned
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import replace

_LEAST: Final = 3
"""What there was, one flow, and what is left."""
_FAR: Final = 2
"""Sentences that an account may go on."""
_MOST: Final = 14
"""Flows that one account tells; more of them are another text."""


class Words:
    """The words of an account; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.first = re.compile(lexicon.any_of("stock_first"))
        self.last = re.compile(lexicon.any_of("stock_last"))
        self._came = re.compile(lexicon.any_of("came", "inflow"))
        self._went = re.compile(lexicon.any_of("went", "outflow"))
        self.aside = re.compile(lexicon.any_of("aside"))

    def way(self, words: str) -> int:
        """Say whether words tell what came (1) or went (-1); the last of them counts."""
        came, went = (
            max((found.end() for found in some.finditer(words)), default=0)
            for some in (self._came, self._went)
        )
        return (came > went) - (went > came)


def bind_stocks(reading: Reading) -> Iterator[Candidate]:
    """Give every account that the text may mean."""
    words = reading.lexicon.made(Words)
    main = [one for some in reading.sentences for one in some if not one.depth]
    for at, one in enumerate(main):
        if one.form == "cardinal" and words.first.search(one.lead):
            yield from _told(main[at : at + _MOST + _LEAST], words)
    for grid in grids(reading.tables):
        yield from _tabled(grid, words)


def _told(thread: Sequence[Quantity], words: Words) -> Iterator[Candidate]:
    """Give «年初库存12000册,购入1500册,报废300册,年末库存13200册»."""
    first = thread[0]
    flows = [first]
    for one in thread[1:]:
        if one.form == "year":
            continue
        if one.paragraph != first.paragraph or one.sentence - first.sentence > _FAR:
            return
        if one.dim != first.dim and one.form == "cardinal":
            continue  # 小学93所、教学点46个,撤并小学17所: another thing
        if ":" in one.stop or one.form != "cardinal" or words.aside.search(one.lead):
            return
        if len(flows) > 1 and words.last.search(one.lead):
            yield Candidate("net_sum", one, tuple(flows), ("stock",))
            if len(flows) > _LEAST - 1:
                # 收入 may be told with what was left from the year before in it.
                yield Candidate("net_sum", one, tuple(flows[1:]), ("stock_within",))
            return
        way = one.sign if one.role == "delta" else words.way(one.own or one.lead)
        if not way or one.role not in ("level", "delta"):
            return
        flows.append(replace(one, sign=way))


def _tabled(grid: Grid, words: Words) -> Iterator[Candidate]:
    """Give the columns 期初, 增加, 减少, 期末, row by row."""
    names = [head.name or head.group for head in grid.columns]
    first = next((at for at, name in enumerate(names) if words.first.search(name)), -1)
    if first < 0:
        return
    ends = (at for at in range(first + 1, len(names)) if words.last.search(names[at]))
    last = next(ends, -1)
    inside = [at for at in range(first + 1, last) if not grid.columns[at].part]
    ways = [words.way(names[at]) or words.way(grid.columns[at].group) for at in inside]
    if not inside or not all(ways) or any(grid.columns[at].rank for at in inside):
        return
    found: list[Candidate] = []
    for row in range(len(grid.rows)):
        cells = [grid.at(row, at) for at in (first, *inside, last)]
        there = [one for one in cells if one is not None and one.form == "cardinal"]
        if len(there) == len(cells):
            begin, *flows, stated = there
            terms = [replace(one, sign=way) for one, way in zip(flows, ways, strict=True)]
            found.append(Candidate("net_sum", stated, (begin, *terms), ("stock",)))
    yield from patterned(found)
