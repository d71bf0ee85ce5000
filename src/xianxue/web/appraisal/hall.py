"""One appraisal to those who conduct it: what was said in it, and deeds prepared on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from xianxue.bureau.kinds.lifecycle import Lifecycle, Step
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.appraisal.doing import APPRAISAL, OPEN, Doing, way_of
from xianxue.desk.appraisal.duties import marked_items
from xianxue.web.appraisal.about import asked_of, views_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianxue.bureau.kinds.appraisal.tree import ItemNode
    from xianxue.desk.actions.appraisal.doing import About
    from xianxue.desk.actions.appraisal.lines import Lines
    from xianxue.desk.appraisal.cards import Which
    from xianxue.desk.appraisal.scored import Result
    from xianxue.desk.standing.appraisal_views import AppraisalViews, Stage
    from xianxue.web.kit.visit import Visit

D = TypeVar("D", bound=Doing)


class Turn(Record, kw_only=True):
    """A step that can follow, and whether the visitor may take it."""

    step: Step
    mine: bool
    who: Sentence | str
    """Whose turn it is."""
    publishes: bool
    """Whether it takes the deed of publishing, which has an address of its own."""


class Hall:
    """One appraisal as somebody conducts it."""

    def __init__(self, visit: Visit, rubric: str, period: str) -> None:
        """Open it; MissingError where there is no such appraisal."""
        self.visit: Visit = visit
        self.asked: Which = asked_of(visit, rubric, period)
        self.views: AppraisalViews = views_of(visit)

    @property
    def at(self) -> tuple[str, str]:
        """What the addresses of its pages begin with."""
        return self.asked.at

    @property
    def title(self) -> Sentence:
        """What people call it."""
        return self.asked.title

    @cached_property
    def stage(self) -> Stage:
        """How far it has come."""
        return self.views.stage(self.asked)

    @cached_property
    def lines(self) -> Lines:
        """What was said in it."""
        return self.views.lines(self.asked)

    @cached_property
    def about(self) -> About:
        """Whom it judges."""
        return self.views.about(self.asked)

    @property
    def names(self) -> Mapping[str, str]:
        """Code or id to the name of everybody who is judged."""
        return self.about.names

    @cached_property
    def result(self) -> Result:
        """What it comes to now."""
        return self.views.result(self.asked)

    @cached_property
    def way(self) -> Lifecycle:
        """The way it goes."""
        return way_of(self.visit.standing.ground().shelf)

    @cached_property
    def marked(self) -> tuple[ItemNode, ...]:
        """The items that assessors mark."""
        return marked_items(self.asked.rubric)

    @property
    def open(self) -> bool:
        """Whether something may still be said of places."""
        return self.stage.state in OPEN

    @property
    def begun(self) -> bool:
        """Whether anybody has done anything in it."""
        return bool(self.lines.every)

    def applies(self, place: str, item: str) -> bool:
        """Whether an item applies to a place."""
        held = self.result.by_place.get(place)
        found = held[0].item(item) if held is not None else None
        return found is not None and found.applies

    def do(self, deed: Callable[..., D], why: str = "", override: str = "") -> D:
        """Prepare a deed of the visitor."""
        visit = self.visit
        return deed(
            visit.standing.ground(),
            visit.actor,
            visit.at,
            why=why.strip(),
            override=override.strip() or None,
        )

    def turns(self) -> list[Turn]:
        """Give the steps that can follow, in the order of the card."""
        authority, role = self.visit.authority, self.visit.actor.role
        return [
            Turn(
                step=one,
                mine=role in one.roles and self.visit.may(self.way.deed(one.step)),
                who=authority.policy.terms(one.roles),
                publishes=self.way.deed(one.step) == f"{APPRAISAL}.publish",
            )
            for one in self.way.steps
            if self.stage.state in one.origins
        ]
