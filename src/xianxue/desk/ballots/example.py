"""Invented ballots for the example county: an appraisal in two years, an election, a survey.

Everything that anybody does is done as they would, by its deed; only who answers what is drawn, the
same each time. Nobody in it lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ballots.close_ballot import CloseBallot, CountBallot
from xianxue.desk.actions.ballots.issue_slips import IssueSlips, Wanted
from xianxue.desk.actions.ballots.judging import judge
from xianxue.desk.actions.ballots.open_ballot import New, OpenBallot
from xianxue.desk.actions.ballots.opened import Setup, opened
from xianxue.desk.actions.ballots.slip_codes import digest_of
from xianxue.desk.actions.ballots.vote import Vote, cast
from xianxue.desk.actions.context import Ground
from xianxue.desk.ballots.results import as_json, count
from xianxue.desk.models.ballot import Poll
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import Workspace

APPRAISAL: Final = "cadre_appraisal"
ELECTION: Final = "headmaster_election"
SURVEY: Final = "teaching_review"
CADRES: Final = {
    "01": "甲一（虚构）",
    "02": "乙二（虚构）",
    "03": "丙三（虚构）",
    "04": "丁四（虚构）",
}
STAFF: Final = {"leaders": 5, "middle": 12, "staff": 60}
_Given = Mapping[str, Mapping[str, tuple[int, ...]]]
YEARS: Final[Mapping[str, _Given]] = {
    "2024": {
        "01": {"leaders": (5, 0, 0, 0), "middle": (6, 6, 0, 0), "staff": (8, 52, 0, 0)},
        "02": {"leaders": (0, 5, 0, 0), "middle": (0, 12, 0, 0), "staff": (10, 34, 8, 8)},
        "03": {"leaders": (0, 5, 0, 0), "middle": (0, 5, 0, 7), "staff": (6, 35, 12, 7)},
        "04": {"leaders": (0, 5, 0, 0), "middle": (6, 6, 0, 0), "staff": (6, 49, 5, 0)},
    },
    "2025": {
        "01": {"leaders": (5, 0, 0, 0), "middle": (5, 7, 0, 0), "staff": (6, 54, 0, 0)},
        "02": {"leaders": (0, 5, 0, 0), "middle": (0, 7, 5, 0), "staff": (8, 37, 8, 7)},
        "03": {"leaders": (0, 5, 0, 0), "middle": (0, 6, 6, 0), "staff": (0, 42, 10, 8)},
        "04": {"leaders": (0, 5, 0, 0), "middle": (7, 5, 0, 0), "staff": (10, 42, 0, 8)},
    },
}
"""Year, cadre and group to how many said 优秀, 称职, 基本称职, 不称职. Of 77 papers 乙二 has 16 and
20 that are 基本称职 or 不称职 (20.8 %, 26.0 %), 丙三 26 and 24 (33.8 %, 31.2 %), 丁四 5 and 8."""
_LEVELS: Final = ("excellent", "competent", "basic", "incompetent")
CANDIDATES: Final = {
    "a": "戊五（虚构）",
    "b": "己六（虚构）",
    "c": "庚七（虚构）",
    "d": "辛八（虚构）",
}
ENTITLED, PRESENT = 60, 56
STEPS: Final[Sequence[tuple[str, tuple[str, ...], Mapping[str, int], int]]] = (
    ("nomination", ("a", "b", "c", "d"), {"a": 21, "b": 16, "c": 10, "d": 6}, 0),
    ("primary", ("a", "b", "c"), {"a": 24, "b": 19, "c": 13}, 0),
    ("final", ("a", "b"), {"a": 29, "b": 24}, 0),
    ("final", ("a", "b"), {"a": 33, "b": 21}, 3),
)
"""Round, who stands, the votes of 56 papers (the rest are blank), and the ballot it follows."""
ASKED: Final = {"parents": 30, "pupils": 10}
_AGAINST: Final = (0, 5, 0, 6, 5, 0, 7, 5, 9, 0, 6, 5, 0, 8, 5, 3)
"""So many parents of a school are not satisfied, by its turn. Where it is fewer than five, but not
none, nothing is told of the school: of a few only, so that not all are hidden with them."""
_OPINIONS: Final = ("very", "fairly", "middling", "dissatisfied", "very_dissatisfied", "unsure")
_OFTEN: Final = (128, 210, 236, 246, 250, 256)
"""Of 256 who answer, so many say this or better."""
_ASPECTS: Final = ("ethics", "lessons", "homework", "contact")
_BATCH: Final = 250

Said = Callable[[str, str, int], Mapping[str, Mapping[str, Any]]]
"""Group, place and number of a paper there to what it says."""


class Made(Record):
    """What was made."""

    ballots: int
    answers: int


class _Hall(Record):
    """Where ballots are held: one deed a minute."""

    ground: Ground
    now: datetime

    def do(self, deed: Any, role: str, name: str) -> Any:  # noqa: ANN401 - a deed of any kind
        return deed(self.ground, Actor(name, role), self.now)

    def hold(self, new: New, wanted: list[Wanted], said: Said, present: dict[str, int]) -> int:
        """Hold a ballot from its opening to its count; give how many answered."""
        poll: Poll = self.do(OpenBallot, "leader", "监票人（虚构）")(new)
        issued = self.do(IssueSlips, "office_clerk", "发票人（虚构）")(poll, wanted)
        held = opened(poll)
        votes = [
            Vote(digest_of(code), judge(held, one.group, one.place, said(one.group, one.place, at)))
            for one in issued
            for at, code in enumerate(one.codes)
        ]
        for at in range(0, len(votes), _BATCH):
            cast(held, votes[at : at + _BATCH])
        poll = self.do(CloseBallot, "leader", "监票人（虚构）")(poll, present)
        self.do(CountBallot, "leader", "监票人（虚构）")(
            poll, lambda closed: as_json(closed, count(closed))
        )
        return len(votes)


def example_ballots(
    workspace: Workspace,
    now: datetime,
    asked: Mapping[str, int] = ASKED,
    said: Said | None = None,
) -> Made:
    """Hold the example's ballots: ``asked`` how many of which group in each school, ``said`` what.

    What the survey's papers say is dealt out by school, so that most schools can be told of.
    """
    hall, cards = _Hall(open_ground(workspace), now), workspace.shelf.ballots
    answers = [
        *(_appraisal(hall, cards[APPRAISAL], year) for year in YEARS),
        *(_election(hall, cards[ELECTION])),
        _survey(hall, workspace, cards[SURVEY], asked, said or dealt),
    ]
    return Made(len(answers), sum(answers))


def _appraisal(hall: _Hall, card: Ballot, year: str) -> int:
    given = YEARS[year]

    def said(group: str, _place: str, at: int) -> Mapping[str, Mapping[str, Any]]:
        return {cadre: {"grade": _level(given, cadre, group, at)} for cadre in CADRES}

    setup = Setup(subjects=CADRES, entitled=STAFF)
    title = say("{year}年度县直初中干部民主测评（虚构）", year=year)
    new = New(card=card, period=year, title=title, setup=setup)
    return hall.hold(new, [Wanted(*one) for one in STAFF.items()], said, dict(STAFF))


def _level(given: _Given, cadre: str, group: str, at: int) -> str:
    """Deal the levels out so that no paper calls two of them 优秀: the card allows one of four."""
    before = sum(groups[group][0] for one, groups in given.items() if one < cadre)
    at = (at - before) % STAFF[group]
    for level, many in zip(_LEVELS, given[cadre][group], strict=True):
        if at < many:
            return level
        at -= many
    return _LEVELS[-1]


def _election(hall: _Hall, card: Ballot) -> Iterator[int]:
    for round_, standing, votes, follows in STEPS:
        question = next(one.decides for one in card.rounds if one.round == round_)
        ticks = [who for who, many in votes.items() for _ in range(many)]

        def said(
            _group: str, _place: str, at: int, ticks: list[str] = ticks, question: str = question
        ) -> Mapping[str, Mapping[str, Any]]:
            return {"": {question: ticks[at]}} if at < len(ticks) else {}

        setup = Setup(
            subjects={who: CANDIDATES[who] for who in standing}, entitled={"staff": ENTITLED}
        )
        title = say("县直初中校长选任（虚构）")
        new = New(card=card, period=max(YEARS), title=title, round=round_,
                  follows=follows, setup=setup)  # fmt: skip
        yield hall.hold(new, [Wanted("staff", PRESENT)], said, {"staff": PRESENT})


def _survey(
    hall: _Hall, workspace: Workspace, card: Ballot, asked: Mapping[str, int], said: Said
) -> int:
    period = workspace.period(None)
    schools = [one.code for one in workspace.register.schools(period.reference_day)]
    wanted = [Wanted(group, many, school) for school in schools for group, many in asked.items()]
    title = say("{period}万人评教（虚构）", period=period.term)
    new = New(card=card, period=period.code, title=title, setup=Setup())
    return hall.hold(new, wanted, said, {})


def dealt(group: str, place: str, at: int) -> Mapping[str, Mapping[str, Any]]:
    """Deal out what papers say on the whole: so many parents of a school are not satisfied."""
    said = drawn(group, place, at)
    against = _AGAINST[sha256(place.encode()).digest()[0] % len(_AGAINST)]
    two = _OPINIONS[2:4] if group == "parents" and at < against else _OPINIONS[:2]
    overall = two[sha256(f"{group}/{place}/{at}".encode()).digest()[5] % 2]
    return {"": {**said[""], "overall": overall}}


def drawn(group: str, place: str, at: int) -> Mapping[str, Mapping[str, Any]]:
    """Draw what a paper says, each by itself."""
    chance = sha256(f"{group}/{place}/{at}".encode()).digest()
    levels = [
        next(said for said, often in zip(_OPINIONS, _OFTEN, strict=True) if one < often)
        for one in chance
    ]
    return {"": {"overall": levels[0], "aspects": dict(zip(_ASPECTS, levels[1:5], strict=True))}}
