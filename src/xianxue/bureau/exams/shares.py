"""Shares of a group, each with its base: levels, passing in everything, lines, the best so many."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import TOTAL, in_points
from xianxue.bureau.exams.levels import Level
from xianxue.bureau.exams.statistics import NOBODY, Share
from xianxue.bureau.exams.tallies import Tally, named
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.values.sentence import Sentence, say

WITH_MARK: Final = say("该科有成绩的考生")
WITH_TOTAL: Final = say("计入总分的各科都有成绩的考生")
ENTERED: Final = say("应考学生")
ON_LINE: Final = say("该线所在科类有总分的考生")
REACHED_LINE: Final = say("总分上线的考生")
REACHED_SUBJECT: Final = say("该科达到有效分的考生")
ALL_PUPILS: Final = say("全体有总分的考生中的前若干名")
ALL_IN: Final = say("末位同分的全部计入")
ALL_OUT: Final = say("末位同分放不下的全部不计")


def at_level(tally: Tally, subject: str, level: Level) -> Share:
    """优秀率、良好率、及格率、低分率 of a subject."""
    return Share(tally[named(subject, level.mark)], tally[named(subject, "n")], WITH_MARK)


def all_at_level(tally: Tally, level: Level) -> Share:
    """全科及格率、全科合格率: at the level in every counted subject, of those with all marks."""
    return Share(tally[named("all", level.mark)], tally[named(TOTAL, "n")], WITH_TOTAL)


def at_once(tally: Tally, level: Level) -> Share:
    """一次性合格率: the same pupils, of all who were to sit; who was absent has not passed."""
    return Share(tally[named("all", level.mark)], tally["entered"], ENTERED)


def over_line(tally: Tally, line: str) -> Share:
    """上线率: of those with a total in a track that has the line."""
    return Share(tally[named("over", line)], tally[named("base", line)], ON_LINE)


def hits(tally: Tally, subject: str, line: str) -> Share:
    """命中率: of those with the subject's effective mark (单上线), who reaches the line too."""
    both, single = named(subject, "both", line), named(subject, "single", line)
    return Share(tally[both], tally[single], REACHED_SUBJECT)


def contributes(tally: Tally, subject: str, line: str) -> Share:
    """贡献率: of those who reach the line, who has the subject's effective mark too (双上线)."""
    return Share(tally[named(subject, "both", line)], tally[named("over", line)], REACHED_LINE)


def of_first(group: Tally, county: Tally, first: int) -> Share:
    """Give the group's share of the county's best so many, as many as they are with equals."""
    name = named("first", str(first))
    return Share(group[name], county[name], ALL_PUPILS)


def of_pupils(group: Tally, county: Tally) -> Share:
    """Give the group's share of all with a total, which its share of the best is held against."""
    name = named(TOTAL, "n")
    return Share(group[name], county[name], WITH_TOTAL)


def total_rate(
    tally: Tally, card: Examination, schemes: Mapping[str, Scheme]
) -> Fraction | Sentence:
    """得分率 of the total: points reached of the points that those with a total could reach."""
    possible = Fraction(0)
    for one in card.subjects:
        if one.counts:
            full = schemes[one.scheme].grades[0].high if one.scheme else one.full
            possible += Fraction(full) * tally[named(one.subject, "in_total")]
    return in_points(tally[named(TOTAL, "sum")]) / possible if possible else NOBODY


def sat(tally: Tally) -> Share:
    """参考率: who has any mark, of those who were to sit."""
    return Share(tally["sat"], tally["entered"], ENTERED)


def left_out(tally: Tally) -> Sentence | None:
    """Say how many are in no total because a mark is missing; None where nobody is."""
    out = tally["out"]
    if not out:
        return None
    return say("{n} 人缺计入总分的科目成绩，不计总分、不排名次", n=out)
