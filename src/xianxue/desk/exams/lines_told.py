"""What lines make of an examination: how many reach each, of how many, track by track."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import SCHOOL, TRACK
from xianxue.bureau.exams.heights import lines_of
from xianxue.bureau.exams.tallies import Tally, named
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.shown import shown_of


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


def reached_of(results: Analysis, school: str = "") -> list[Reached]:
    """Tell every line of the county or a school: each track, and all tracks together."""
    if school:
        whole = [one for one in results.by(SCHOOL) if one.keys[SCHOOL] == school]
        parts = [one for one in results.by(SCHOOL, TRACK) if one.keys[SCHOOL] == school]
    else:
        whole, parts = [results.county], results.by_track()
    found: list[Reached] = []
    for line, heights in lines_of(results.heights).items():
        for height in heights:
            for part in parts:
                if part.keys[TRACK] == height.track:
                    second = height.second_mark if height.second else None
                    found.append(_reached(part, line, height.track, school, height.total, second))
        if len(heights) > 1:
            found += [_reached(one, line, "", school, None, None) for one in whole]
    return found


def shown_in_school(results: Analysis, school: str) -> list[Reached]:
    """Tell the lines of a school as they may be shown; those of too few pupils are left out."""
    shown = shown_of(results)
    return [one for one in reached_of(results, school) if shown.school(school, one.track)]


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
