"""An examination worked out whole: pupils with all that is computed, and counts of every group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from xianxue.bureau.exams.columns import CLASS, CLASSES, SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.counting import Counts, counts_by
from xianxue.bureau.exams.effective import with_effective
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.exams.levels import Level, levels_on
from xianxue.bureau.exams.marked import marked
from xianxue.bureau.exams.ranks import all_counts, least_of_first, with_ranks
from xianxue.bureau.exams.scaling import Scale
from xianxue.bureau.exams.tallies import Asked, Tally, grouped, read, rolled, tallied
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.natural import natural
from xianxue.bureau.values.record import Record


class Analysis(Record, kw_only=True):
    """One examination, worked out."""

    card: Examination
    engine: Engine
    levels: Sequence[Level]
    heights: Sequence[Height]
    """With effective marks; those that were derived among them."""
    scales: Mapping[str, Scale]
    pupils: Lines
    """One line a pupil, still to be worked out."""
    asked: Asked
    tallies: Lines
    """By school and track."""
    totals: Mapping[tuple[str, ...], Counts]
    """Pupils by total, for each track."""

    def by(self, *keys: str) -> list[Tally]:
        """Give the counts of all groups by some of school, class and track; none: of all.

        A class is one inside its school: whoever asks for classes asks for schools as well.
        """
        tallies = self.tallies
        if CLASS in keys:
            tallies = tallied(self.engine, self.pupils, self.asked, CLASSES)
        return read(rolled(self.engine, tallies, keys), keys)

    @property
    def county(self) -> Tally:
        """The counts of all."""
        (county,) = self.by()
        return county

    def by_track(self) -> list[Tally]:
        """Give the counts of each track."""
        return self.by(TRACK)

    def by_school(self) -> list[Tally]:
        """Give the counts of each school, its tracks together."""
        return self.by(SCHOOL)

    def by_class(self, school: str) -> list[Tally]:
        """Give the counts of the classes of one school: of the 2nd before the 10th."""
        mine = self.pupils.filter(self.engine.words.col(SCHOOL) == school)
        keys = (SCHOOL, CLASS)
        tallies = rolled(self.engine, tallied(self.engine, mine, self.asked, CLASSES), keys)
        return sorted(read(tallies, keys), key=lambda one: natural(one.keys[CLASS]))

    def within(
        self, schools: Collection[str], *keys: str, in_class: str | None = None
    ) -> list[Tally]:
        """Give the counts of some schools together, or of their class with a name."""
        words = self.engine.words
        mine = words.col(SCHOOL).is_in(list(schools))
        if in_class is None:
            tallies = self.tallies.filter(mine)
        else:
            pupils = self.pupils.filter(mine & (words.col(CLASS) == in_class))
            tallies = tallied(self.engine, pupils, self.asked, CLASSES)
        return read(rolled(self.engine, tallies, keys), keys)

    def by_group(self, group: str, groups: Mapping[str, str]) -> list[Tally]:
        """Give the counts of groups of schools; ``groups`` says of which group a school is."""
        return read(grouped(self.engine, self.tallies, group, groups), [group])


def analyse(  # noqa: PLR0913 - everything that an examination is
    engine: Engine,
    card: Examination,
    schemes: Mapping[str, Scheme],
    table: Any,  # noqa: ANN401 - as the engine has it
    *,
    on: date,
    heights: Sequence[Height] = (),
    derive: bool = True,
) -> Analysis:
    """Work an examination out, by the levels of its day.

    ``derive``: whether effective marks that nobody gave are derived.
    """
    made = marked(engine, card, schemes, table)
    totals = counts_by(engine, made.lines, TOTAL, [TRACK])
    known = with_effective(engine, card, made.lines, heights) if derive else list(heights)
    levels = levels_on(card, on)
    best = {first: least_of_first(all_counts(totals), first) for first in card.first}
    # Where nobody has a total nobody is compared either: any height will do.
    asked = Asked(
        card=card,
        levels=levels,
        heights=known,
        first={first: least or 0 for first, least in best.items()},
    )
    return Analysis(
        card=card,
        engine=engine,
        levels=levels,
        heights=known,
        scales=made.scales,
        asked=asked,
        pupils=with_ranks(engine, made.lines),
        tallies=tallied(engine, made.lines, asked),
        totals=totals,
    )
