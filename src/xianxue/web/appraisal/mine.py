"""What the pages of whoever reports for one who is judged are about."""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.kinds.deadline_rules import days_told
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.appraisal.doing import OPEN, PACK
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.taking_part.own_part import OwnPart
from xianxue.desk.standing.appraisal_views import Stage
from xianxue.desk.standing.tasks import rules_of
from xianxue.desk.stores import clock
from xianxue.web.appraisal.about import registered, views_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit

REPORT: Final = "appraisal.report"
APPEAL: Final = "appraisal.appeal"
WITHDRAW: Final = "appraisal.withdraw"
HEARING: Final = ("publicity", "appeal")
"""States in which an appeal can be made."""
SELF, _ASSESSING = OPEN


def of_reported(visit: Visit, place: str, **_address: str) -> Subject:
    """Say that a page is about who is judged; about the county where no register has them."""
    return visit.subject(REPORT, registered(visit, place))


def of_appealed(visit: Visit, place: str, **_address: str) -> Subject:
    """Say that an appeal is about who is judged."""
    return visit.subject(APPEAL, registered(visit, place))


class Mine:
    """One appraisal as whoever reports for one who is judged has it before them."""

    def __init__(self, visit: Visit, asked: Which, place: str) -> None:
        """Take who looks, at what; MissingError where the rubric does not judge the place."""
        views = views_of(visit)
        who = next((one for one in views.people(asked) if one.place == place), None)
        if who is None:
            raise MissingError(say("这项评价不评这个对象。"))
        self.visit, self.asked = visit, asked
        self.place, self.name = place, who.name
        self.stage: Stage = views.stage(asked)
        self.part = OwnPart(
            rubric=asked.rubric, place=place, facts=who.facts, lines=views.lines(asked)
        )
        self.today: date = clock.day_of(visit.at)

    @property
    def at(self) -> tuple[str, str, str]:
        """What the addresses of its pages end with."""
        return *self.asked.at, self.place

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return self.asked.title

    @property
    def open(self) -> bool:
        """Whether its self-appraisal can be written."""
        return self.stage.state == SELF and self.part.handed_in is None

    @property
    def takes_papers(self) -> bool:
        """Whether evidence is taken: until it is handed in, and again while assessors are at it."""
        return self.open or self.stage.state == _ASSESSING

    @property
    def asks(self) -> bool:
        """Whether the card asks the place itself for anything."""
        return bool(self.part.answered or self.part.wanted)

    @property
    def packs(self) -> bool:
        """Whether the visitor may take out what the place was asked for and has handed in."""
        return bool(self.part.wanted) and self.visit.may(PACK, registered(self.visit, self.place))

    @property
    def hears(self) -> bool:
        """Whether the place can appeal today."""
        by = self.stage.appeal_by
        return self.stage.state in HEARING and (by is None or self.today <= by)

    @property
    def due(self) -> date | None:
        """The last day of what is to be done now."""
        if self.open:
            return self.part.due if self.asks else None
        return self.stage.appeal_by if self.hears else None

    @property
    def lamp(self) -> str:
        """The lamp of that day."""
        if self.due is None:
            return ""
        return str(rules_of(self.visit.standing.ground()).lamp(self.due, self.today).value)

    @property
    def left(self) -> Sentence | str:
        """How long there is left until that day."""
        return "" if self.due is None else days_told(self.due, self.today)

    @property
    def to_do(self) -> Sentence:
        """What is to be done now, or what is waited for."""
        if self.stage.state == SELF:
            if self.part.handed_in is not None:
                return say("自评已交，等评审")
            return say("填自评、交佐证") if self.asks else say("不用自评：各项都有来源")
        if self.stage.state == _ASSESSING:
            return say("评审中，还可以补交佐证") if self.part.lacking else say("评审中，等结果")
        if self.hears:
            return say("看结果；有不同意见的，可以申诉")
        return say("看结果") if self.stage.release else say("评审已结束，等公示")
