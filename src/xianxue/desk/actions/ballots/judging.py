"""What one answer comes to in counters, by the rules of its card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xianxue.bureau.ballots.counting import Cells, look
from xianxue.bureau.ballots.papers import Paper, text_of, texts_of
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.ballots.opened import Opened

Answers = Mapping[str, Mapping[str, Any]]
"""Subject (empty where there is none) to question to what was said."""


class Judged(Record, kw_only=True):
    """One answer as it is counted."""

    cells: Cells
    text: str
    """Its ticks, as they are kept where papers are."""
    texts: tuple[tuple[str, str], ...]
    """Question and what was written, apart from everything else."""


def judge(
    poll: Opened, group: str, place: str, answers: Answers, marks: tuple[str, ...] = ()
) -> Judged:
    """Say what an answer comes to; ValueError for what no paper of this ballot can say."""
    paper = Paper(group=group, place=place, answers=answers, marks=marks)
    return Judged(
        cells=look(poll.rules, paper).cells,
        text=text_of(poll.rules, paper),
        texts=tuple((one.question, one.text) for one in texts_of(poll.rules, paper)),
    )
