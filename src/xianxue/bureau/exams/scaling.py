"""等级赋分: marks to grades by share, grades to scores by a straight line, exactly.

``T = T1 + (Y − Y1)(T2 − T1) ÷ (Y2 − Y1)`` with the lowest and highest mark ``Y1``, ``Y2`` that a
grade really has, rounded half up. One mark has one grade and one score; who was absent is in no
base and has neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from xianxue.bureau.kinds.exams.scheme import ScaleGrade, Scheme
from xianxue.bureau.values.record import Record

_WHOLE = 100


class Scaled(Record):
    """What a mark becomes."""

    grade: str
    score: int


class Reached(Record, kw_only=True):
    """One grade as it came out."""

    grade: str
    wanted: Decimal
    """Per cent of those who sat."""
    pupils: int
    sat: int
    highest: Decimal | None
    lowest: Decimal | None
    """The marks it has; None where nobody has it."""

    @property
    def share(self) -> Fraction:
        """The share really reached; 0 of nobody."""
        return Fraction(self.pupils, self.sat) if self.sat else Fraction(0)


class Scale(Record, kw_only=True):
    """A scheme laid over the marks of one subject."""

    scheme: Scheme
    marks: Mapping[Decimal, Scaled]
    """Each mark that somebody had, and what it becomes."""
    reached: Sequence[Reached]


def scale(scheme: Scheme, marks: Iterable[Decimal] | Mapping[Decimal, int]) -> Scale:
    """Scale the marks of those who sat a subject; nobody at all gives an empty scale.

    Marks may be given one by one, or each with how many pupils have it.
    """
    counts = Counter(marks)
    order = sorted(counts, reverse=True)
    sat = sum(counts.values())
    above = [0]
    for mark in order:
        above.append(above[-1] + counts[mark])
    found: dict[Decimal, Scaled] = {}
    reached: list[Reached] = []
    first, share = 0, Fraction(0)
    for at, grade in enumerate(scheme.grades):
        own = Fraction(grade.share) / _WHOLE
        share += own
        wanted = share * sat if scheme.counted == "cumulated" else above[first] + own * sat
        last = at == len(scheme.grades) - 1
        # The shares are of all who sat, so that the last grade takes whoever is left.
        cut = len(order) if last else _cut(scheme, above, first, wanted)
        mine = order[first:cut]
        found |= _spread(scheme, grade, mine)
        reached.append(
            Reached(
                grade=grade.grade,
                wanted=grade.share,
                pupils=above[cut] - above[first],
                sat=sat,
                highest=mine[0] if mine else None,
                lowest=mine[-1] if mine else None,
            )
        )
        first = cut
    return Scale(scheme=scheme, marks=found, reached=reached)


def _cut(scheme: Scheme, above: Sequence[int], first: int, wanted: Fraction) -> int:
    """Say behind which mark a grade ends: how many marks, the best first, lie above its cut."""
    places = range(first, len(above))
    if scheme.boundary == "not_above":
        return max((at for at in places if above[at] <= wanted), default=first)
    if scheme.boundary == "not_below":
        return min((at for at in places if above[at] >= wanted), default=len(above) - 1)
    more = -1 if scheme.tie == "more" else 1
    return min(places, key=lambda at: (abs(above[at] - wanted), more * above[at]))


def _spread(scheme: Scheme, grade: ScaleGrade, marks: Sequence[Decimal]) -> dict[Decimal, Scaled]:
    if not marks:
        return {}
    high, low = Fraction(marks[0]), Fraction(marks[-1])
    if high == low:
        alone = {"high": grade.high, "low": grade.low}.get(
            scheme.one_mark, _half_up(Fraction(grade.high + grade.low, 2))
        )
        return {marks[0]: Scaled(grade.grade, alone)}
    step = Fraction(grade.high - grade.low) / (high - low)
    return {
        mark: Scaled(grade.grade, _half_up(grade.low + (Fraction(mark) - low) * step))
        for mark in marks
    }


def _half_up(number: Fraction) -> int:
    """Round half up, as the rules say; Python's own rounding goes to the even number.

    >>> _half_up(Fraction(153, 2)), _half_up(Fraction(245, 3))
    (77, 82)
    """
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
