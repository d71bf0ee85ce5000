"""What an examination came to: every group's counts, by the marks and lines that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.counting import counts_of
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.exams.levels import Level, levels_on
from xianxue.bureau.exams.marked import marked
from xianxue.bureau.exams.ranks import least_of_first, with_ranks
from xianxue.bureau.exams.scaling import Scale
from xianxue.bureau.exams.tallies import Asked, Tally, read, rolled, tallied
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.records.engine import Lines
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.heights import as_heights
from xianxue.desk.exams.sittings import Standing, files_of, held_card
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.exam_files import MARKS
from xianxue.desk.workspace import Workspace

Kept = Mapping[str, object]
"""A line as it is kept."""
_BY: Final = {
    "county": (),
    "track": (TRACK,),
    "school": (SCHOOL,),
    "school_track": (SCHOOL, TRACK),
    "class": (SCHOOL, CLASS),
    "class_track": (SCHOOL, CLASS, TRACK),
}
"""The groups that results are told of, and the columns they are told apart by."""


class Results(Record, dict=True):
    """The results of one sitting."""

    standing: Standing
    card: Examination
    heights: Sequence[Height]
    levels: Sequence[Level]
    scales: Mapping[str, Scale]
    lines: Lines
    """A pupil a line, with totals and ranks."""
    tallies: Lines
    """The smallest groups."""

    def by(self, group: str) -> list[Tally]:
        """Give the counts of the groups of one kind, in the order of their keys."""
        keys = _BY[group]
        return read(rolled(POLARS, self.tallies, keys), keys)

    @property
    def county(self) -> Tally:
        """The counts of all pupils."""
        return self.by("county")[0]


def results_of(
    workspace: Workspace, standing: Standing, heights: Sequence[Kept] | None = None
) -> Results:
    """Count an examination; ``heights`` in place of the lines that stand, to see what they make.

    HarmedError where the marks are lost or are not those that were loaded.
    """
    card = held_card(workspace, standing)
    if heights is None:
        heights = standing.lines.heights if standing.lines is not None else []
    placed = as_heights(heights)
    table = files_of(workspace).opened(MARKS, standing.marks.marks)
    made = marked(POLARS, card, workspace.shelf.schemes, table)
    lines = POLARS.kept(with_ranks(POLARS, made.lines))
    counts = counts_of(POLARS, lines, TOTAL)
    least = {first: least_of_first(counts, first) for first in card.first}
    levels = levels_on(card, standing.sitting.day)
    asked = Asked(
        card=card,
        levels=levels,
        heights=placed,
        first={first: mark for first, mark in least.items() if mark is not None},
    )
    tallies = tallied(POLARS, lines, asked)
    return Results(
        standing=standing,
        card=card,
        heights=placed,
        levels=levels,
        scales=made.scales,
        lines=lines,
        tallies=tallies,
    )
