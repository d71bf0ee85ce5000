"""Schools ranked by the share that reaches a level, with intervals: where the card allows it."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import SCHOOL, TOTAL
from xianxue.bureau.exams.levels import Level
from xianxue.bureau.exams.ranking import Ranked, ranked
from xianxue.bureau.exams.shares import all_at_level
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.exams.shown import Shown
from xianxue.desk.workspace import MisusedError


def level_named(analysis: Analysis, name: str = "") -> Level:
    """Give the level that schools are ranked by: the one named, else the lowest to be reached."""
    levels = [one for one in analysis.levels if not one.below]
    if analysis.card.ranks == "none" or not levels:
        term = analysis.card.term
        raise MisusedError(say("“{term}”的卡片写明不给学校排位次", term=term))
    found = [one for one in levels if name in {one.mark, one.term}]
    if name and not found:
        known = joined("、", (one.term for one in levels))
        raise MisusedError(say("没有等次“{name}”；有：{known}", name=name, known=known))
    return found[0] if name else min(levels, key=lambda one: one.percent)


def ranks_of(analysis: Analysis, shown: Shown, level: Level) -> Sequence[Ranked]:
    """Rank the schools that are shown by the share that reaches a level, with intervals."""
    return ranked(
        {
            one.keys[SCHOOL]: all_at_level(one, level)
            for one in analysis.by_school()
            if shown.school(one.keys[SCHOOL], what=TOTAL)
        }
    )
