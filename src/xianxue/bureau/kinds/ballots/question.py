"""Questions of a ballot or survey: what may be answered, of whom they are asked, and when."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.ballots.rule import Passing, Quota, Trigger
from xianxue.bureau.kinds.card import Card
from xianxue.bureau.values.sentence import Phrase, Sentence

QuestionKind = Literal["single", "several", "scale", "matrix", "ranking", "text"]

NonNegative = Annotated[int, Meta(ge=0)]
Positive = Annotated[int, Meta(ge=1)]

WRITTEN_IN = "+"
"""Stands before the name of somebody who was on no list (另选他人)."""


class BallotOption(Card, frozen=True, kw_only=True):
    """One answer that may be ticked."""

    option: str
    term: Sentence
    points: Decimal | None = None
    """What it is worth in a mean of points (满意度, 测评得分)."""
    favourable: bool = False
    """Whether it counts as satisfied (满意率). Which do is for the card: 基本满意 is not always."""
    unable: bool = False
    """不了解: it is printed, and is in neither part of a rate or mean."""
    abstains: bool = False
    """弃权: the paper is valid, and this is no answer to the question."""
    alone: bool = False
    """以上都不是: it cannot stand beside another answer."""


class QuestionRow(Card, frozen=True, kw_only=True):
    """One line of a matrix, answered by one of the options."""

    row: str
    term: Sentence


class Question(Card, frozen=True, kw_only=True):
    """One thing that is asked."""

    question: str
    term: Sentence
    """The words in which it is asked."""
    kind: QuestionKind
    options: list[BallotOption] = []
    """The best first, where they are levels."""
    rows: list[QuestionRow] = []
    """For a matrix."""
    each: bool = False
    """Whether it is asked of each subject by itself: 优秀, 称职, … for each cadre."""
    among: bool = False
    """Whether the subjects are what is chosen from: so many as there are seats."""
    others: bool = False
    """Whether somebody may be written in who is no candidate."""
    least: NonNegative = 0
    """How many answers at least; too few are as ``Validity.too_few`` says."""
    most: Positive | None = None
    """How many at most; None: all, or as many as there are seats where subjects are chosen."""
    low: int = 1
    high: int = 5
    """The ends of a scale."""
    longest: Positive = 300
    """How many letters a text may have."""
    asked_of: list[str] = []
    """The groups it is asked of; empty for all."""
    when: dict[str, list[str]] = {}
    """Earlier question to the answers after any of which this one is asked (the numbers of a scale
    as texts); all must hold."""
    needed: bool = False
    """Whether a phone asks for it to be answered; on paper a blank is a blank."""
    quotas: list[Quota] = []
    passing: Passing | None = None
    triggers: list[Trigger] = []
    note: Sentence = Phrase("")

    def option(self, name: str) -> BallotOption | None:
        """Give the option with an id, or None."""
        return next((one for one in self.options if one.option == name), None)

    @property
    def answers(self) -> list[str]:
        """What may be ticked, as skip rules name it: ids of options, numbers of a scale."""
        if self.kind == "scale":
            return [str(one) for one in range(self.low, self.high + 1)]
        return [one.option for one in self.options]

    @property
    def levels(self) -> list[str]:
        """The options that say something: without 弃权 and 不了解."""
        return [one.option for one in self.options if not one.abstains and not one.unable]
