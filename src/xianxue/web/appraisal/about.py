"""What the pages of this room are about, and how much of it a visitor sees.

Before results are public, whoever may not see the preview sees of their own places what figures,
ledgers and documents came to, and what is lacking: no total, no grade, no rank, and nothing that
would tell how assessors marked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.scored import Result
from xianxue.desk.appraisal.shown import ShownItem, ShownPlace, ShownResult
from xianxue.desk.standing.appraisal_views import AppraisalViews, Stage
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Asked, Visit

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
    return visit.subject(VIEW, registered(visit, place))


def registered(visit: Visit, place: str) -> str:
    """Give the code of a place that a register has; empty for everybody else."""
    return place if place in visit.standing.workspace().register else ""


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
    """One appraisal as one visitor sees it.

    What was published is shown as it was published, whatever has been changed since; who may see
    the preview may ask for what stands now (``?now=1``).
    """

    def __init__(self, visit: Visit, asked: Which, traced: str = "", *, now: bool = False) -> None:
        """Take who looks, and at what; ``traced``: of whom the traces are wanted."""
        self.visit, self.asked = visit, asked
        views = views_of(visit)
        self.stage: Stage = views.stage(asked)
        self.result: Result = views.result(asked, traced)
        self.whole = visit.may(RESULTS)
        self.now = now and self.whole and bool(self.stage.release)
        """Whether what stands now is shown although a result was published."""
        self.shown: ShownResult = views.shown(asked, now=self.now)
        self.covered = not (self.shown.number or self.whole)
        """Whether grades, ranks and marks are not to be seen yet."""

    @property
    def at(self) -> tuple[str, str]:
        """What the addresses of its pages begin with."""
        return self.asked.at

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return self.asked.title

    def rows(self) -> list[ShownPlace]:
        """Give all within the visitor's reach, by group and rank."""
        mine = [one for one in self.shown.places if reaches(self.visit, one.place)]
        if self.covered:
            return mine
        order = {str(one.term): at for at, one in enumerate(self.asked.rubric.groups)}

        def key(one: ShownPlace) -> tuple[int, str, bool, int]:
            group = str(one.group)
            return order.get(group, len(order)), group, one.rank is None, one.rank or 0

        return sorted(mine, key=key)

    def one(self, place: str) -> ShownPlace:
        """Give one who is judged; MissingError where they are not."""
        found = self.shown.place(place)
        if found is None:
            raise MissingError(say("这项评价不评这个对象。"))
        return found

    def hidden(self, one: ShownPlace) -> frozenset[str]:
        """Give the items that are not to be seen yet, and the sums they stand in.

        That is what others said; and where points follow from others' numbers, the best of which
        nobody is told before the results are.
        """
        if not self.covered:
            return frozenset()
        comparing = {
            each.item.item
            for each in leaves_of(self.asked.rubric)
            if each.item.gives is not None
            and each.item.gives.curve is not None
            and each.item.gives.curve.compares
        }
        said = {each.item for each in one.items if each.source in _UNSEEN}
        return with_above(one, said | comparing)


def with_above(one: ShownPlace, names: Collection[str]) -> frozenset[str]:
    """Give items with all that they stand under."""
    found: set[str] = set()
    above: list[ShownItem] = []
    for item in one.items:
        above = [*above[: item.depth], item]
        if item.item in names:
            found.update(each.item for each in above)
    return frozenset(found)


def wants_now(request: Asked) -> bool:
    """Whether an address asks for what stands now in place of what was published."""
    return request.GET.get("now") == "1"
