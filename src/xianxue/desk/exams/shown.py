"""Which groups of an examination are shown: small ones are not, nor what would give them away.

It is asked of each base by itself: who was absent from a subject is in no mean of it, so that a
large class may have few marks of one subject, which the school's sum would give back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.groups import Group, Part, alike_in, not_shown
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.values.record import Record

Unions = Mapping[str, Collection[str]]
"""The code of schools that are judged as one → their codes."""


class Shown(Record):
    """What is not shown of one examination."""

    hidden: frozenset[Group]
    """Groups of which nothing is shown."""
    smallest: int
    of: Mapping[str, frozenset[Group]] = {}
    """A subject or the total → groups of which it is not shown."""

    def shows(self, group: Group, what: str = "") -> bool:
        """Whether a group is shown; ``what``: whether its marks of a subject or the total are."""
        return group not in self.hidden and group not in self.of.get(what, ())

    def school(self, code: str, track: str = "", what: str = "") -> bool:
        """Whether a school's results are shown."""
        return self.shows(Group("school", code, track=track), what)

    def in_class(self, school: str, name: str, track: str = "", what: str = "") -> bool:
        """Whether a class's results are shown."""
        return self.shows(Group("class", school, name, track), what)

    def of_track(self, track: str, what: str = "") -> bool:
        """Whether the county's results in a track are shown."""
        return self.shows(Group("county", track=track), what)

    def enough(self, many: int) -> bool:
        """Whether so many are enough for a base of its own."""
        return many == 0 or many >= self.smallest


def shown_of(analysis: Analysis, unions: Unions | None = None) -> Shown:
    """Say what is not shown of an examination; ``unions`` are shown beside schools and classes."""
    tallies = analysis.by(SCHOOL, CLASS, TRACK)
    smallest = analysis.card.smallest
    alike = alike_in(ends_of(tallies, TOTAL), unions)
    pupils = _sizes(tallies, PUPILS)
    hidden = not_shown(pupils, smallest, unions, alike=alike).hidden
    return Shown(
        hidden,
        smallest,
        {
            what: not_shown(
                _sizes(tallies, named(what, "n")),
                smallest,
                unions,
                alike=alike_in(ends_of(tallies, what), unions),
            ).hidden
            for what in (TOTAL, *(one.subject for one in analysis.card.subjects))
        },
    )


def _sizes(tallies: Iterable[Tally], base: str) -> dict[Part, int]:
    return {Part(one.keys[SCHOOL], one.keys[CLASS], one.keys[TRACK]): one[base] for one in tallies}


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
