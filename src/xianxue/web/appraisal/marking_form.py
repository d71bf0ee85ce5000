"""One item as an assessor marks it: what is asked, what stands there, what to look at beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.readings import points_of_level
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.appraisal.reports import levels_of
from xianxue.desk.appraisal.taking_part.marking import OwnMark
from xianxue.desk.appraisal.taking_part.own_part import Paper, SelfAnswer
from xianxue.web.appraisal.mine import Mine


class Level(Record, kw_only=True):
    """One level to choose from."""

    level: str
    term: Sentence
    points: str
    descriptor: Sentence


class Marking(Record, kw_only=True):
    """One item as it is marked, with what there is to look at beside."""

    mark: OwnMark
    gives: str
    """``points``, ``level`` or ``rank``."""
    levels: tuple[Level, ...]
    full: str
    step: str
    typed: str
    """The number, or the level, that stands in the form."""
    said: SelfAnswer | None
    """What the school says of it itself."""
    said_level: Sentence | str
    papers: tuple[tuple[str, Paper], ...]
    """Index number and document."""
    wrong: tuple[Issue, ...]


def of_whole(issue: Issue, items: Collection[str]) -> bool:
    """Whether a complaint is of no one item."""
    return issue.field not in items or issue.code in {"P-STATE", "P-ASSIGNED"}


def marking_of(
    mine: Mine, one: OwnMark, typed: Mapping[str, str] | None, issues: Sequence[Issue]
) -> Marking:
    """Give one item of a sheet; ``typed``: what was typed into it, where something was wrong."""
    node, item = one.node, one.node.item.item
    gives = node.item.gives
    levels = levels_of(mine.asked.rubric, node)
    said = mine.part.answers.get(item)
    stands = one.level or ("" if one.value is None else number(one.value))
    return Marking(
        mark=one,
        gives=gives.gives if gives is not None else "points",
        levels=tuple(_level(each, node.points) for each in levels),
        full=number(node.points),
        step="" if gives is None or gives.step is None else number(Fraction(gives.step)),
        typed=stands if typed is None else typed.get(item, stands),
        said=said,
        said_level=next((each.term for each in levels if said and each.level == said.level), ""),
        papers=tuple(
            (want.index, each)
            for want in mine.part.wanted
            if want.item == item
            for each in want.papers
        ),
        wrong=tuple(each for each in issues if each.field == item and not of_whole(each, {item})),
    )


def _level(one: MarkLevel, full: Fraction) -> Level:
    return Level(
        level=one.level,
        term=one.term,
        points=number(points_of_level(one, full)),
        descriptor=one.descriptor,
    )
