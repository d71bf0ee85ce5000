"""What a layout has to mind beside its cost: closings, long ways and beds, and by which rule."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.plan.norms import Norm
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.plan.layout.closing import Boarders, LongWay
from xianxue.bureau.plan.layout.layout import Laid
from xianxue.bureau.plan.layout.walks import walks
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.layout_answer import turns
from xianxue.desk.plan.layout_conditions import STEPS
from xianxue.desk.plan.layout_file import Asked

_NORMS: Final[tuple[tuple[Norm, Sentence], ...]] = (
    ("low_grade_minutes", say("低年级上学路上不超过（分钟）")),
    ("walking_pace", say("走路每分钟（米）")),
    ("road_factor", say("路程是直线的几倍")),
    ("small_group", say("少于几人不写人数")),
)
"""The values that a layout reads, in the order in which they are told."""


class Closing(Record, kw_only=True):
    """One school that would close, or that is kept because too little is documented."""

    school: str
    point: bool
    """Whether it is a teaching point."""
    steps: tuple[tuple[Sentence, bool], ...]
    """What the rule asks, in its order, and whether it is documented."""
    kept: bool = False
    """A teaching point is kept as long as a step lacks."""

    @property
    def lacking(self) -> tuple[Sentence, ...]:
        """The steps without which it may not be closed."""
        return tuple(step for step, there in self.steps if not there)


class Minded(Record, kw_only=True):
    """All that has to be minded of one plan."""

    closings: tuple[Closing, ...] = ()
    long_ways: tuple[LongWay, ...] = ()
    boarders: tuple[Boarders, ...] = ()

    @property
    def steps(self) -> tuple[Sentence, ...]:
        """What the rule on closing asks, in its order."""
        return tuple(step for step, _ in self.closings[0].steps) if self.closings else ()


class Ground(Record, kw_only=True):
    """One rule that a layout has read."""

    term: Sentence
    value: str
    """Empty of the rule on closing: its steps are told school by school."""
    planning: str
    """The card that says it."""
    citation: Citation


def minded(asked: Asked, laid: Laid) -> Minded:
    """Give what has to be minded of a plan; of one that is not there only who is kept."""
    ways = walks(asked.question, laid, len(laid.opened) - 1) if laid.opened else []
    closed = [school for one in turns(asked.question, laid) for school in one.closed]
    return Minded(
        closings=(
            *(_closing(asked, school) for school in dict.fromkeys(closed)),
            *(_closing(asked, school, kept=True) for school in asked.kept),
        ),
        long_ways=tuple(asked.conditions.long_ways(ways)),
        boarders=tuple(asked.conditions.boarders(ways)),
    )


def _closing(asked: Asked, school: str, *, kept: bool = False) -> Closing:
    conditions = asked.conditions
    rule = conditions.norms.closing()
    there = conditions.documented.get(school, frozenset())
    asks = () if rule is None else rule.requires
    return Closing(
        school=school,
        point=school in conditions.points,
        steps=tuple((STEPS[step], step in there) for step in asks),
        kept=kept,
    )


def grounds(norms: NormsHeld) -> list[Ground]:
    """Give the rules that a layout reads, each with where it comes from."""
    found: list[Ground] = []
    rule = norms.closing()
    if rule is not None:
        card = next(one.planning for one in norms.cards if rule in one.closing)
        term = say("撤并学校要办的手续")
        found.append(Ground(term=term, value="", planning=card, citation=rule.citation))
    for norm, term in _NORMS:
        one = norms.one(norm, "primary")
        if one is not None:
            card = next(each.planning for each in norms.cards if one in each.values)
            value = f"{one.value:f}"
            found.append(Ground(term=term, value=value, planning=card, citation=one.citation))
    return found
