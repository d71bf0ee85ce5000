"""The shape of a paper: how many ticks each column has, added up as one number.

Whether a paper is valid depends on how many ticks stand where, and on a few answers (of which
there may only be so many, or that lead on to other questions), not on all that was ticked. So each
tick is a number in which some bits stand for its column, and a paper's shape is their sum: it is
added up quickly, and a million papers have few shapes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import tick_parts
from xianxue.bureau.kinds.ballots.question import WRITTEN_IN, Question

BITS: Final = 16
"""Of a column; a paper with more ticks than they hold is refused before it is added up."""
MOST: Final = 1 << (BITS - 1)

Field = tuple[str, ...]
"""What is counted: ``("ticks", question, about, row)``, ``("level", question, level)``, …"""


class Weights(dict[str, int]):
    """Each tick to its number; what has not been met yet is worked out when it is."""

    def __init__(self, opened: Opened) -> None:
        """Take the ballot whose papers are looked at."""
        super().__init__()
        self._opened = opened
        self._at: dict[Field, int] = {}

    def __missing__(self, line: str) -> int:
        """Work out what a tick counts for."""
        column, answer = tick_parts(line)
        weight = sum(1 << self._bit(field) for field in self._fields(column, answer))
        self[line] = weight
        return weight

    def read(self, shape: int, field: Field) -> int:
        """Say how often something is ticked in a shape."""
        return shape >> self._bit(field) & ((1 << BITS) - 1)

    def _bit(self, field: Field) -> int:
        return self._at.setdefault(field, len(self._at) * BITS)

    def _fields(self, column: Column, answer: str) -> list[Field]:
        question = self._opened.by_name.get(column.question)
        ranked = question is not None and question.kind == "ranking"
        place = Column(column.question, column.about) if ranked else column
        if question is None or place not in self._opened.columns:
            return [("stray",)]
        found: list[Field] = [("ticks", place.question, place.about, place.row)]
        if not self._allowed(question, answer):
            return [*found, ("unknown", place.question, place.about, place.row)]
        if ranked:
            found += [("rank", place.question, place.about, column.row)]
            found += [("ranked", place.question, place.about, answer)]
        option = question.option(answer)
        if option is not None and option.alone:
            found += [("alone", place.question, place.about)]
        if any(one.level == answer for one in question.quotas):
            found += [("level", question.question, answer)]
        if answer in self._looked_at.get(question.question, ()):
            found += [("answer", question.question, answer)]
        return found

    def _allowed(self, question: Question, answer: str) -> bool:
        if answer in self._opened.answers(question):
            return True
        named = answer.startswith(WRITTEN_IN) and answer.removeprefix(WRITTEN_IN).strip()
        return question.others and bool(named)

    @cached_property
    def _looked_at(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self._opened.questions:
            for name, answers in one.when.items():
                found.setdefault(name, set()).update(answers)
        return found
