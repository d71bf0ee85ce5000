"""What one answer comes to in counters, by the rules of its card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.ballots.opened import Opened

ANSWERED: Final = "*"
"""In place of an option: how many papers answered the question; 弃权 is an answer here."""


class Judged(Record, kw_only=True):
    """One answer as it is counted."""

    valid: bool
    answers: Mapping[str, Mapping[str, Any]]
    cells: tuple[tuple[str, str, str], ...] = ()
    """Question, subject and option of each answer."""
    texts: tuple[tuple[str, str], ...] = ()


def judge(poll: Opened, group: str, answers: Mapping[str, Mapping[str, Any]]) -> Judged:
    """Say what an answer comes to."""
    cells: list[tuple[str, str, str]] = []
    texts: list[tuple[str, str]] = []
    for question in poll.asked(group):
        for about in poll.setup.subjects if question.each else ("",):
            said = answers.get(about, {}).get(question.question)
            if said is None:
                continue
            if question.kind == "text":
                texts.append((question.question, str(said)))
            else:
                cells += [(question.question, about, one) for one in _options(question, said)]
                cells.append((question.question, about, ANSWERED))
    kept = {about: dict(said) for about, said in answers.items() if said}
    return Judged(valid=True, answers=kept, cells=tuple(cells), texts=tuple(texts))


def _options(question: Question, said: Any) -> Iterator[str]:  # noqa: ANN401 - as the kind has it
    if isinstance(said, Mapping):
        yield from (f"{row}={option}" for row, option in sorted(said.items()))
    elif isinstance(said, list):
        numbered = question.kind == "ranking"
        yield from (f"{at}:{one}" if numbered else str(one) for at, one in enumerate(said, start=1))
    else:
        yield str(said)
