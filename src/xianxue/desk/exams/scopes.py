"""Whose results are looked at: the county's, a group of schools', a school's, a class's."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import CLASS
from xianxue.bureau.exams.groups import Group
from xianxue.bureau.exams.reading.tabs import class_called
from xianxue.bureau.exams.tallies import PUPILS, Tally
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.exams.unions import Union, union_named
from xianxue.desk.workspace import MisusedError


class Scope(Record, kw_only=True):
    """One group of an examination; the county where nothing is said."""

    school: str = ""
    in_class: str = ""
    union: str = ""
    schools: tuple[str, ...] = ()
    """Whose pupils it has; empty for all."""

    def group(self, track: str = "") -> Group:
        """Name it, or a track of it, as those do that are not shown."""
        if self.in_class:
            return Group("class", self.school, self.in_class, track)
        if self.union:
            return Group("union", self.union, track=track)
        return Group("school" if self.school else "county", self.school, track=track)

    def tallies(self, analysis: Analysis, *keys: str) -> list[Tally]:
        """Count it, as a whole or by some keys."""
        if not self.schools:
            return analysis.by(*keys)
        return analysis.within(self.schools, *keys, in_class=self.in_class or None)


COUNTY = Scope()


def scope_of(
    analysis: Analysis,
    unions: Sequence[Union],
    school: str = "",
    in_class: str = "",
    union: str = "",
) -> Scope:
    """Give the group that somebody names; MisusedError where nobody of it sat."""
    if union and (school or in_class):
        raise MisusedError(say("学校组织和学校、班级只能写一样"))
    if in_class and not school:
        raise MisusedError(say("班级要连同学校一起写：--school 代码 --class 班级"))
    if union:
        found = union_named(unions, union)
        return Scope(union=found.code, schools=found.schools)
    if not school:
        return COUNTY
    (whole,) = analysis.within([school])
    if not whole[PUPILS]:
        raise MisusedError(say("这次考试没有学校 {school} 的成绩", school=school))
    if in_class:
        # Whatever brackets and blanks are typed.
        known = {class_called(one): one for one in classes_of(analysis, school)}
        named = known.get(class_called(in_class))
        if named is None:
            told = joined("、", known) if known else say("（没有）")
            message = say("这所学校没有班级“{name}”；有：{known}", name=in_class, known=told)
            raise MisusedError(message)
        in_class = named
    return Scope(school=school, in_class=in_class, schools=(school,))


def classes_of(analysis: Analysis, school: str) -> list[str]:
    """Give the classes of a school that sat."""
    return [one.keys[CLASS] for one in analysis.by_class(school) if one.keys[CLASS]]
