"""Of which places nothing is told: those where few said something, and others to hide them among.

Of a place all of its sums are told, or none. What is told of all together is known, so that of the
places that are not told what they come to together is known as well, and how many papers each had.
Between which bounds a number lies then follows exactly: of ``r`` papers of a place and ``c`` of
``t`` papers that say something it is at least ``r + c - t`` (or 0) and at most the less of both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from xianxue.bureau.ballots.counting import BLANK, VOID
from xianxue.bureau.kinds.ballots.question import Question

FAVOURABLE: Final = "=favourable"
OTHERS: Final = "=others"
"""Who judged, and not favourably."""
SILENT: Final = "=silent"
"""Who was asked and did not judge: 不了解, 弃权, blank, void."""
Sums = Mapping[str, Mapping[str, int]]
"""Place to what was said in it: sum to how many."""
_TWICE: Final = 2


def sum_of(question: Question, item: str) -> str:
    """Say in which of the three sums what was said of a question is counted."""
    option = question.option(item)
    if item in {BLANK, VOID} or (option is not None and (option.unable or option.abstains)):
        return SILENT
    return FAVOURABLE if option is not None and option.favourable else OTHERS


def told_by_place(question: Question) -> bool:
    """Whether anything of a question is told by place: of those that say good or not."""
    levels = question.kind in {"single", "matrix"}
    return levels and not question.when and any(one.favourable for one in question.options)


def untold_places(sums: Sums, smallest: int, secret: Collection[str], silent: str) -> set[str]:
    """Say of which places nothing is told.

    ``secret`` are those of which not even the papers are told; ``silent`` is the sum of those who
    said nothing, whom nobody is alike with.
    """
    hidden = {place for place, said in sums.items() if _few(said, smallest, silent)}
    hidden |= sums.keys() & set(secret)
    order = sorted(sums.keys() - hidden, key=lambda place: (sum(sums[place].values()), place))
    while hidden and order and not _wide(sums, hidden, smallest):
        hidden.add(order.pop(0))
    return hidden


def narrow_places(sums: Sums, hidden: Collection[str], smallest: int) -> list[str]:
    """Give the places whose numbers are known all the same: too few took part in all."""
    return [place for place in sorted(hidden) if not _wide(sums, hidden, smallest, [place])]


def _few(said: Mapping[str, int], smallest: int, silent: str) -> bool:
    """Whether few said something, or all of few the same."""
    if any(0 < many < smallest for many in said.values()):
        return True
    judged = [many for name, many in said.items() if name != silent and many]
    return len(judged) == 1 and judged[0] < _TWICE * smallest


def _wide(sums: Sums, hidden: Collection[str], smallest: int, places: Collection[str] = ()) -> bool:
    """Whether each number of places that are not told may be so many that nobody knows it."""
    columns: dict[str, int] = {}
    for place in hidden:
        for name, many in sums[place].items():
            columns[name] = columns.get(name, 0) + many
    whole = sum(columns.values())
    for place in places or hidden:
        papers = sum(sums[place].values())
        for column in columns.values():
            width = min(papers, column) - max(0, papers + column - whole)
            if column and width < min(smallest, papers):
                return False
    return True
