"""Whether a paper is valid, and each answer on it, by the rules of the card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import heads_parts, tick_parts
from xianxue.bureau.ballots.shapes import Weights
from xianxue.bureau.ballots.thresholds import most_of
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.ballots.rule import Quota
from xianxue.bureau.values.record import Record

FaultCode = Literal[
    "group", "spoiled", "blank", "too_many", "alone", "too_few", "unknown", "ranks", "quota",
    "not_asked", "stray",
]  # fmt: skip
"""What is wrong: whose paper it is, the sheet, nothing ticked, too many, 以上都不是 beside others,
too few, no such answer, ranks that are none, 优秀 beyond its quota, an answer nobody asked for."""

Voids = Literal["paper", "column", "nothing"]
State = Literal["answered", "blank", "void", ""]
"""Of a column; empty where the question is not asked of whoever filled in the paper."""


class Fault(Record, order=True):
    """One thing that is wrong with a paper."""

    code: FaultCode
    voids: Voids
    column: Column = Column("")
    word: str = ""
    """The mark of a spoiled sheet, or the level whose quota is exceeded."""


class Verdict(Record, kw_only=True):
    """What a paper comes to."""

    valid: bool
    abstained: bool
    """Whether nothing was ticked at all on a valid paper."""
    faults: tuple[Fault, ...]
    states: Mapping[Column, State]
    dropped: frozenset[tuple[str, str]]
    """Question and level whose ticks are void, because there are too many of that level."""


def judge(
    opened: Opened, weights: Weights, head: str, shape: int, lines: Sequence[str] | None = None
) -> Verdict | None:
    """Judge a paper by its shape; None where the ticks themselves have to be looked at.

    That is where a quota is exceeded and some column is void: whether what stands in it counts
    towards the quota cannot be told from the shape.
    """
    return _Paper(opened, weights, head, shape, lines).verdict()


class _Paper:
    """One paper, as far as it has been looked at."""

    def __init__(
        self,
        opened: Opened,
        weights: Weights,
        head: str,
        shape: int,
        lines: Sequence[str] | None,
    ) -> None:
        self._opened = opened
        self._weights = weights
        self._shape = shape
        self._lines = lines
        self._group, _, self._marks = heads_parts(head)
        self._states: dict[Column, State] = {}
        self._faults: list[Fault] = []

    def verdict(self) -> Verdict | None:
        self._faults += [Fault("spoiled", "paper", word=mark) for mark in self._marks]
        if self._opened.card.group(self._group) is None:
            self._faults.append(Fault("group", "paper", word=self._group))
        if self._read("stray"):
            self._faults.append(Fault("stray", "nothing"))
        for column, question in self._opened.columns.items():
            self._states[column] = self._state(column, question)
        dropped = self._beyond()
        if dropped is None:
            return None
        blank = set(self._states.values()) <= {"blank", ""}
        if blank and self._opened.card.validity.blank == "invalid":
            self._faults.append(Fault("blank", "paper"))
        valid = not any(one.voids == "paper" for one in self._faults)
        return Verdict(
            valid=valid,
            abstained=valid and blank,
            faults=tuple(self._faults),
            states=self._states,
            dropped=frozenset(dropped),
        )

    def _read(self, *field: str) -> int:
        return self._weights.read(self._shape, field)

    def _ticks(self, column: Column) -> int:
        return self._read("ticks", column.question, column.about, column.row)

    def _state(self, column: Column, question: Question) -> State:
        ticks = self._ticks(column)
        if not self._asked(question):
            if ticks:
                self._faults.append(Fault("not_asked", "nothing", column))
            return ""
        found = self._wrong(column, question, ticks)
        self._faults += found
        if any(one.voids != "nothing" for one in found):
            return "void"
        return "answered" if ticks else "blank"

    def _asked(self, question: Question) -> bool:
        """Whether a question is asked of this group, after the answers that stand before it."""
        if question.asked_of and self._group not in question.asked_of:
            return False
        # What was asked in another round leads nowhere in this one.
        return all(
            self._states.get(Column(name)) == "answered"
            and any(self._read("answer", name, answer) for answer in answers)
            for name, answers in question.when.items()
            if name in self._opened.by_name
        )

    def _wrong(self, column: Column, question: Question, ticks: int) -> list[Fault]:
        """Say what is wrong with what stands in a column."""
        rules = self._opened.card.validity
        found: list[Fault] = []
        if self._read("unknown", column.question, column.about, column.row):
            found.append(Fault("unknown", rules.unknown, column))
        elif ticks > self._opened.most(question):
            found.append(Fault("too_many", rules.too_many, column))
        elif ticks > 1 and self._read("alone", column.question, column.about):
            found.append(Fault("alone", rules.too_many, column))
        elif question.kind == "ranking" and not self._ranked(column, question, ticks):
            found.append(Fault("ranks", "column", column))
        if 0 < ticks < question.least:
            voids = "nothing" if rules.too_few == "valid" else rules.too_few
            found.append(Fault("too_few", voids, column))
        return found

    def _ranked(self, column: Column, question: Question, ticks: int) -> bool:
        """Whether ranks go from the first on, one answer each, and no answer has two."""
        at = (column.question, column.about)
        ranks = (self._read("rank", *at, str(rank)) for rank in range(1, ticks + 1))
        every = (self._read("ranked", *at, one) for one in self._opened.answers(question))
        return all(many == 1 for many in ranks) and all(many <= 1 for many in every)

    def _beyond(self) -> set[tuple[str, str]] | None:
        """Say of which levels there are too many; None where the shape does not tell."""
        dropped: set[tuple[str, str]] = set()
        for question in self._opened.questions:
            for quota in question.quotas:
                limit = most_of(quota, len(self._opened.subjects))
                levels = self._levels(question, quota, limit)
                if levels is None:
                    return None
                if levels > limit:
                    column = Column(question.question)
                    self._faults.append(Fault("quota", quota.beyond, column, quota.level))
                    dropped.add((question.question, quota.level))
        return dropped

    def _levels(self, question: Question, quota: Quota, limit: int) -> int | None:
        """Count a level's ticks in columns that count; None where the shape does not tell."""
        name = question.question
        mine = {column: state for column, state in self._states.items() if column.question == name}
        if self._lines is not None:
            ticked = Counter(map(tick_parts, self._lines))
            answered = [column for column, state in mine.items() if state == "answered"]
            return sum(ticked[column, quota.level] for column in answered)
        ticked_anywhere = self._read("level", name, quota.level)
        if ticked_anywhere <= limit or "void" not in mine.values():
            return ticked_anywhere
        return None
