"""What pictures are drawn of: boxes by group, and the subjects of a group beside the base's."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xianxue.bureau.exams.counting import counts_by
from xianxue.bureau.exams.spread import FiveNumbers, five_numbers
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import Tally
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence


class Box(Record):
    """One group's box."""

    group: tuple[str, ...]
    numbers: FiveNumbers


def boxes(engine: Engine, lines: Lines, column: str, keys: Sequence[str]) -> list[Box]:
    """Give a box for each group in which somebody has a mark."""
    found = counts_by(engine, lines, column, keys)
    made = [(group, five_numbers(counts)) for group, counts in found.items()]
    return [Box(group, one) for group, one in made if not isinstance(one, Sentence)]


class Axis(Record, kw_only=True):
    """A subject on the radar of a group."""

    subject: str
    rate: Fraction | Sentence
    """得分率 of the group."""
    base: Fraction | Sentence
    """得分率 of the base."""
    above: Fraction | Sentence
    """超均率, in which hard and easy subjects stand side by side."""


def radar(card: Examination, group: Tally, base: Tally) -> list[Axis]:
    """Lay a group's subjects beside the base's; a subject that nobody of it sat says so."""
    found: list[Axis] = []
    for one in card.subjects:
        mine, theirs = Moments.of(group, one.subject), Moments.of(base, one.subject)
        full = Fraction(one.full)
        found.append(
            Axis(
                subject=one.subject,
                rate=mine.score_rate(full),
                base=theirs.score_rate(full),
                above=mine.above(theirs),
            )
        )
    return found
