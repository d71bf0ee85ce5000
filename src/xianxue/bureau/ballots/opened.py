"""A ballot as it was opened: its card, who is judged or stands, and what each group is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record


class Column(Record, order=True):
    """One place on the paper that is ticked: a question, of a subject, of a row of a matrix."""

    question: str
    about: str = ""
    """The subject's id where the question is asked of each; else empty."""
    row: str = ""


class Opened(Record, dict=True, kw_only=True):
    """A ballot, or one round of an election."""

    card: Ballot
    round: str = ""
    subjects: tuple[str, ...] = ()
    """The ids of those who are judged, or of the candidates, in the order of the paper."""
    seats: int = 1
    """How many are to be elected."""

    @cached_property
    def questions(self) -> Sequence[Question]:
        """What is asked and ticked, in order; texts are no ticks."""
        return [one for one in self.card.asked(round_=self.round) if one.kind != "text"]

    @cached_property
    def texts(self) -> Sequence[Question]:
        """What is answered in words."""
        return [one for one in self.card.asked(round_=self.round) if one.kind == "text"]

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """Each of the ticked questions by its id."""
        return {one.question: one for one in self.questions}

    @cached_property
    def columns(self) -> Mapping[Column, Question]:
        """Each column of the paper, in order, with its question."""
        found: dict[Column, Question] = {}
        for one in self.questions:
            for about in self.subjects if one.each else ("",):
                rows = [row.row for row in one.rows] if one.kind == "matrix" else [""]
                found |= {Column(one.question, about, row): one for row in rows}
        return found

    def most(self, question: Question) -> int:
        """Say how many ticks a column of a question may have."""
        if question.kind not in {"several", "ranking"}:
            return 1
        if question.most is not None:
            return question.most
        return self.seats if question.among else len(question.options)

    def answers(self, question: Question) -> Sequence[str]:
        """Give what may be ticked."""
        return self.subjects if question.among else question.answers
