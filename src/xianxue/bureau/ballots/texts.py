"""What people wrote: shown shuffled, only where enough wrote, and after somebody has read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xianxue.bureau.ballots.papers import Text
from xianxue.bureau.values.record import Record


class Read(Record, kw_only=True):
    """A text as a reader let it pass."""

    text: Text
    shown: str
    """Without names and whatever else tells who wrote it or of whom; empty: not shown."""


def texts_shown(
    read: Iterable[Read], written: Mapping[str, int], smallest: int
) -> dict[str, list[str]]:
    """Give what is shown of each question; None of one to which too few wrote, or not all is read.

    ``written`` says how many texts there are of each question, read or not. They are put in the
    order of their letters, which says nothing of who wrote when, and the group is left out.
    """
    by_question: dict[str, list[Read]] = {}
    for one in read:
        by_question.setdefault(one.text.question, []).append(one)
    return {
        question: sorted(one.shown for one in some if one.shown)
        for question, some in by_question.items()
        if len(some) == written.get(question, 0) >= smallest
    }
