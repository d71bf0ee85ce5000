"""Which groups of an examination are shown: small ones are not, nor what would give them away."""

from __future__ import annotations

from collections.abc import Iterable

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.groups import Group, Part, alike_in, not_shown
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.values.record import Record


class Shown(Record):
    """What is not shown of one examination."""

    hidden: frozenset[Group]
    smallest: int

    def school(self, code: str, track: str = "") -> bool:
        """Whether a school's results are shown."""
        return Group("school", code, track=track) not in self.hidden

    def in_class(self, school: str, name: str, track: str = "") -> bool:
        """Whether a class's results are shown."""
        return Group("class", school, name, track) not in self.hidden

    def of_track(self, track: str) -> bool:
        """Whether the county's results in a track are shown."""
        return Group("county", track=track) not in self.hidden

    def tells(self, moments: Moments) -> bool:
        """Whether marks are shown: of enough pupils, who are not all alike."""
        return self.enough(moments.n) and (
            not moments.n or bool(moments.n * moments.squares - moments.sum**2)
        )

    def enough(self, many: int) -> bool:
        """Whether so many are enough for a base of its own, as that of one subject."""
        return many == 0 or many >= self.smallest


def shown_of(analysis: Analysis) -> Shown:
    """Say what is not shown of an examination."""
    pupils = {
        Part(one.keys[SCHOOL], one.keys[CLASS], one.keys[TRACK]): one[PUPILS]
        for one in analysis.by(SCHOOL, CLASS, TRACK)
    }
    smallest = analysis.card.smallest
    alike = alike_in(ends_of(analysis.by(SCHOOL, CLASS, TRACK), TOTAL))
    return Shown(frozenset(not_shown(pupils, smallest, alike=alike).hidden), smallest)


def ends_of(tallies: Iterable[Tally], what: str) -> dict[Part, tuple[int, int]]:
    """Give the least and the greatest mark of each part in which somebody has one."""
    return {
        Part(one.keys[SCHOOL], one.keys.get(CLASS, ""), one.keys[TRACK]): (
            one[named(what, "min")],
            one[named(what, "max")],
        )
        for one in tallies
        if one[named(what, "n")]
    }
