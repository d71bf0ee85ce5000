"""What the pages of this room are about, and how much of it a visitor sees.

Before results are public, whoever may not see the preview sees of their own places what figures,
ledgers and documents came to, and what is lacking: no total, no grade, no rank, and nothing that
would tell how assessors marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.records.appraised import Graded, ItemScore, Score
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.scored import Result
from xianxue.desk.standing.appraisal_views import AppraisalViews, Stage
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit

VIEW: Final = "appraisal.view"
RESULTS: Final = "appraisal.results"
JUDGES: Final[Mapping[str, Sentence]] = {
    "school": say("学校"),
    "county": say("全县"),
    "office": say("股室"),
    "teacher": say("教师"),
    "cadre": say("干部"),
    "union": say("学校联合体"),
}
_UNSEEN: Final = frozenset({"marks", "poll", "rubric"})
"""Sources that tell, before results are public, what others said of somebody."""


def views_of(visit: Visit) -> AppraisalViews:
    """Give the appraisals as they stand today."""
    return AppraisalViews(visit.standing, clock.day_of(visit.at))


def of_judged(visit: Visit, place: str, **_address: str) -> Subject:
    """Say that a page is about who is judged: about the county where no register has them."""
    register = visit.standing.workspace().register
    return visit.subject(VIEW, place if place in register else "")


def asked_of(visit: Visit, rubric: str, period: str) -> Which:
    """Say which appraisal an address means; MissingError for none."""
    try:
        return views_of(visit).which(rubric, period)
    except MisusedError as error:
        raise MissingError(say("没有这项评价，或者没有这个时期。")) from error


def reaches(visit: Visit, place: str) -> bool:
    """Whether the visitor may see what somebody came to."""
    return place in visit.places(VIEW) or visit.may(VIEW)


class Seen:
    """One appraisal as one visitor sees it."""

    def __init__(self, visit: Visit, asked: Which, traced: str = "") -> None:
        """Take who looks, and at what; ``traced``: of whom the traces are wanted."""
        self.visit, self.asked = visit, asked
        views = views_of(visit)
        self.stage: Stage = views.stage(asked)
        self.result: Result = views.result(asked, traced)
        self.whole = visit.may(RESULTS)
        self.covered = not (self.stage.published or self.whole)
        """Whether grades, ranks and marks are not to be seen yet."""

    @property
    def at(self) -> tuple[str, str]:
        """What the addresses of its pages begin with."""
        return self.asked.rubric.series, self.asked.period.code

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return say("{term}（{period}）", term=self.asked.rubric.term, period=self.asked.period.term)

    @property
    def groups(self) -> Mapping[str, Sentence | str]:
        """What comparison groups are called."""
        return {one.group: one.term for one in self.asked.rubric.groups}

    def rows(self) -> list[tuple[Score, Graded]]:
        """Give all within the visitor's reach, by group and rank."""
        mine = [pair for place, pair in self.result.by_place.items() if reaches(self.visit, place)]
        if self.covered:
            return mine
        order = {name: at for at, name in enumerate(self.groups)}

        def key(pair: tuple[Score, Graded]) -> tuple[int, str, bool, int]:
            group, rank = pair[1].group, pair[1].rank
            return order.get(group, len(order)), group, rank is None, rank or 0

        return sorted(mine, key=key)

    def one(self, place: str) -> tuple[Score, Graded]:
        """Give one who is judged; MissingError where they are not."""
        found = self.result.by_place.get(place)
        if found is None:
            raise MissingError(say("这项评价不评这个对象。"))
        return found

    def hidden(self, score: Score) -> frozenset[str]:
        """Give the items that are not to be seen yet, and the sums they stand in.

        That is what others said; and where points follow from others' numbers, the best of which
        nobody is told before the results are.
        """
        if not self.covered:
            return frozenset()
        comparing = {
            one.item.item
            for one in leaves_of(self.asked.rubric)
            if one.item.gives is not None
            and one.item.gives.curve is not None
            and one.item.gives.curve.compares
        }
        found: set[str] = set()
        above: list[ItemScore] = []
        for item in score.items:
            above = [*above[: item.depth], item]
            if item.source in _UNSEEN or item.item in comparing:
                found.update(one.item for one in above)
        return frozenset(found)
