"""What lines make of an examination: how many reach each, of how many, track by track."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import TOTAL, TRACK
from xianxue.bureau.exams.heights import lines_of
from xianxue.bureau.exams.tallies import Tally, named
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.scopes import COUNTY, Scope
from xianxue.desk.exams.shown import Shown


class Reached(Record, kw_only=True):
    """One line in one group and track."""

    line: str
    track: str
    """Empty for all tracks that have the line together."""
    school: str = ""
    """Empty for the county."""
    height: int | None
    """In hundredths of a point; None for several tracks together."""
    second: int | None = None
    base: int
    """Pupils with a total in the tracks that have the line: what the rate is of."""
    over: int
    above: int
    """临界生 on the line or just above it …"""
    under: int
    """… and just below it."""

    @property
    def rate(self) -> Fraction | None:
        """The share that reaches it; None of nobody."""
        return Fraction(self.over, self.base) if self.base else None


def reached_of(results: Analysis, scope: Scope = COUNTY) -> list[Reached]:
    """Tell every line of a group: each track, and all tracks together."""
    (whole,) = scope.tallies(results)
    parts = scope.tallies(results, TRACK)
    found: list[Reached] = []
    for line, heights in lines_of(results.heights).items():
        for height in heights:
            for part in parts:
                if part.keys[TRACK] == height.track:
                    second = height.second_mark if height.second else None
                    found.append(
                        _reached(part, line, height.track, scope.school, height.total, second)
                    )
        if len(heights) > 1:
            found.append(_reached(whole, line, "", scope.school, None, None))
    return found


def reached_shown(results: Analysis, shown: Shown, scope: Scope = COUNTY) -> list[Reached]:
    """Tell the lines of a group as they may be shown; those of too few pupils are left out."""
    return [one for one in reached_of(results, scope) if shown.shows(scope.group(one.track), TOTAL)]


def _reached(  # noqa: PLR0913, PLR0917 - the parts of a line
    tally: Tally, line: str, track: str, school: str, height: int | None, second: int | None
) -> Reached:
    return Reached(
        line=line,
        track=track,
        school=school,
        height=height,
        second=second,
        base=tally[named("base", line)],
        over=tally[named("over", line)],
        above=tally[named("above", line)],
        under=tally[named("under", line)],
    )
