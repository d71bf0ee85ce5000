"""Ballots and surveys: what is asked, of whom, which papers are valid, and what is shown.

A card says what a ballot of a kind *is*; when one was opened, who was judged or stood, how many
seats there were and how many people were entitled is given when it is opened.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.ballots.group import VoterGroup
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.ballots.rule import Beyond, Majority, VoterShare
from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.periods import PeriodKind
from xianxue.bureau.values.sentence import Phrase, Sentence

Mode = Literal["appraisal", "election", "survey"]
"""民主测评, 选任, 满意度调查."""
About = Literal["", "cadre", "team", "candidate", "school", "teacher", "office"]
"""What the subjects are that are given when it is opened; empty: there are none."""
Positive = Annotated[int, Meta(ge=1)]
NonNegative = Annotated[int, Meta(ge=0)]


class Spoiled(Card, frozen=True, kw_only=True):
    """A fault of the sheet itself, which whoever enters paper votes can tick."""

    mark: str
    term: Sentence


class Validity(Card, frozen=True, kw_only=True):
    """Which papers are valid, and which answers on them."""

    blank: Literal["abstained", "invalid"] = "abstained"
    """What a paper is on which nothing was answered."""
    too_many: Beyond = "column"
    """Whether more ticks than may be given void the paper, or this answer on it."""
    too_few: Literal["valid", "column", "paper"] = "valid"
    """少选有效, or not."""
    unknown: Beyond = "column"
    """What an answer voids that is none of those on the paper."""
    spoiled: list[Spoiled] = []
    """Faults of a sheet that void all of it: 撕毁, 作记号, 无法辨认."""


class Round(Card, frozen=True, kw_only=True):
    """One step of an election: 提名, 预选, 正式选举. Each is opened, and counted, by itself."""

    round: str
    term: Sentence
    questions: list[str]
    """What is asked in it."""
    decides: str
    """The question whose votes count for the candidates."""
    approve: str = ""
    """The answer that is a vote for somebody (赞成), where it is asked of each."""
    spare: NonNegative | None = None
    """How many more go on than there are seats (差额); None in the round that decides."""
    ties: Literal["all", "again"] = "all"
    """Of those who share the last place that goes on: all do, or those are voted on again."""
    majority: Majority | None = None
    """What is enough, in the round that decides."""


class Ballot(Card, frozen=True, kw_only=True):
    """One kind of ballot or survey."""

    ballot: str
    term: Sentence
    mode: Mode
    about: About = ""
    sample: str = ""
    """The table of how many are asked (``sample`` card); empty: all are."""
    head: Sentence = Phrase("")
    """What is said to whoever fills it in, above the questions."""
    groups: list[VoterGroup]
    questions: list[Question]
    rounds: list[Round] = []
    """Of an election, in their order."""
    quorum: VoterShare | None = None
    """Of those entitled (or asked), how many must be there, or have answered."""
    validity: Validity
    smallest: Positive
    """Answers below which a number is shown to nobody."""
    by_place: bool = False
    """Whether slips also say a place (the school), so that answers are told apart by it."""
    days: Positive
    """How many days it may be open."""
    together: Positive = 1
    """How many slips are counted in one go, so that nobody watching sees one by one (meetings)."""
    keeps: Literal["papers", "counters"]
    """Whether papers are kept, to be counted again, or only how often each answer was given."""
    period: PeriodKind = "calendar_year"
    """The kind of period its results are told for."""
    note: Sentence = Phrase("")
    source: Cited

    def question(self, name: str) -> Question | None:
        """Give the question with an id, or None."""
        return next((one for one in self.questions if one.question == name), None)

    def group(self, name: str) -> VoterGroup | None:
        """Give the group with an id, or None."""
        return next((one for one in self.groups if one.group == name), None)

    def round(self, name: str) -> Round | None:
        """Give the round with an id, or None."""
        return next((one for one in self.rounds if one.round == name), None)

    def asked(self, group: str = "", round_: str = "") -> list[Question]:
        """Give what is asked of a group (of all, where none is named) in a round, in its order."""
        at = self.round(round_)
        return [
            one
            for one in self.questions
            if (not group or not one.asked_of or group in one.asked_of)
            and (at is None or one.question in at.questions)
        ]

    @property
    def weights(self) -> dict[str, Fraction]:
        """Groups to their weights; empty where papers are simply added up."""
        return {one.group: Fraction(one.weight) for one in self.groups if one.weight is not None}
