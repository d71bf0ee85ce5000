"""Kinds of examination: subjects, tracks, lines, grades of marks, and how small a group is shown.

A card says what an examination of a kind *is* (期中监测, 中考, 高考); when one was held, of whom,
and where its lines lay is written down with its marks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, field

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Phrase, Sentence

Divisor = Literal["population", "sample"]
"""What the sum of squares is divided by: all who sat, or one fewer."""

Ranks = Literal["none", "interval"]
"""Whether groups are put in an order at all, and if so with the places their intervals leave open.

There is no third: a league table by one number is nothing that a card can ask for."""

Positive = Annotated[int, Meta(ge=1)]


class ExamSubject(Card, frozen=True, kw_only=True):
    """One subject that marks are given in."""

    subject: str
    """The code in the list ``exam_subjects``."""
    full: Decimal
    """The full mark."""
    beyond: Decimal = Decimal(0)
    """How many points a mark may have on top of the full one (附加分)."""
    step: Decimal = Decimal("0.5")
    """The smallest difference of two marks."""
    also: list[str] = []
    """Other words by which score tables head its column."""
    tracks: list[str] = []
    """Codes of the tracks that sit it; empty for all."""
    chosen: bool = False
    """Whether only those sit it who chose it (再选科目): nobody else is absent."""
    scheme: str = ""
    """The scheme of 等级赋分 by which its marks enter the total; empty: as they are."""
    counts: bool = True
    """Whether it enters the total."""


class Track(Card, frozen=True, kw_only=True):
    """A part of the candidates that has lines of its own: 物理类, 历史类, 艺术类."""

    track: str
    """The code in the list ``exam_tracks``."""
    also: list[str] = []
    """Other words by which score tables name it."""


class Mark(Card, frozen=True, kw_only=True):
    """A level of marks: 优秀, 良好, 及格, 低分."""

    mark: str
    term: Sentence
    at_least: list[DatedValue] = []
    """From how many per cent of the full mark on …"""
    below: list[DatedValue] = []
    """… or below how many; one of the two."""


class LineKind(Card, frozen=True, kw_only=True):
    """A line that candidates reach or miss: 特殊类型招生控制线, 本科线, 重点高中线.

    Its height is no rule: whoever sets it in an examination gives a document.
    """

    line: str
    """The code in the list ``exam_lines``."""
    tracks: list[str] = []
    """Codes of the tracks that have it; empty for all."""
    second: str = ""
    """A subject with a height of its own that has to be reached as well (艺体类的专业成绩)."""


class Examination(Card, frozen=True, kw_only=True):
    """A kind of examination."""

    exam: str
    term: Sentence
    stage: Stage | None = None
    """The stage whose pupils sit it; None where pupils of all do."""
    subjects: list[ExamSubject]
    tracks: list[Track] = []
    marks: list[Mark] = []
    lines: list[LineKind] = []
    choose: Annotated[int, Meta(ge=0)] = 0
    """How many of the subjects that are chosen each pupil has to sit: a total of fewer is none."""
    band: Positive = 10
    """How many points of the total one 分数段 is wide."""
    near: Positive = 5
    """How many points from a line on either side candidates are 临界生."""
    first: list[Positive] = []
    """Among how many of the best candidates shares are counted: 前100名, 前1000名."""
    percentiles: list[Annotated[int, Meta(ge=1, le=99)]] = field(
        default_factory=lambda: [25, 50, 75]
    )
    divisor: Divisor = "population"
    extreme: Annotated[int, Meta(ge=1, le=50)] = 27
    """Per cent of the best and of the weakest whom 区分度 compares."""
    smallest: Positive
    """Pupils below whom a group's results are shown to nobody."""
    ranks: Ranks = "none"
    """Whether schools are ranked; ``none`` where nobody may draw up a table of them."""
    estimated: Sentence = Phrase("")
    """Why scaled marks of it are estimates (the true base is the province); empty where not."""
    retention: Retention | None = None
    """How long it is kept who the pupils are; their marks stay. None: for good."""
    source: Cited

    def subject(self, code: str) -> ExamSubject | None:
        """Give the subject with a code, or None."""
        return next((one for one in self.subjects if one.subject == code), None)

    def sits(self, subject: ExamSubject, track: str) -> bool:
        """Whether pupils of a track sit a subject."""
        return not subject.tracks or track in subject.tracks

    def full(self, track: str) -> Decimal:
        """Give the full mark of the total for a track: what everybody sits, and what is chosen.

        Subjects that are chosen among each other have one full mark; the door sees to it.
        """
        sat = [one for one in self.subjects if one.counts and self.sits(one, track)]
        chosen = [one.full for one in sat if one.chosen]
        fixed = sum((one.full for one in sat if not one.chosen), Decimal(0))
        return fixed + sum(chosen[: self.choose], Decimal(0))
