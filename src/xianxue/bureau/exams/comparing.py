"""Groups compared: with a reference in points, and with one another in an order with ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.values.exact import Exact, order_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence

_WHOLE = 100


def points_above(share: Fraction | Sentence, reference: Fraction) -> Fraction | Sentence:
    """Give by how many percentage points a share is above a reference, which is in per cent.

    >>> float(points_above(Fraction(7, 10), Fraction("50.5")))
    19.5
    """
    return share if isinstance(share, Sentence) else share * _WHOLE - reference


def above(mean: Fraction | Sentence, reference: Fraction) -> Fraction | Sentence:
    """Give by how many points a mean is above a reference."""
    return mean if isinstance(mean, Sentence) else mean - reference


class Place(Record):
    """A group in an order; equals have the same place and are listed by code."""

    place: int | None
    """None where there is nothing to be ordered by."""
    group: str
    value: Exact | Sentence


def in_order(values: Mapping[str, Exact | Sentence], *, highest: bool = True) -> Sequence[Place]:
    """Put groups in order, 1, 2, 2, 4, by exact values; those without a value come last."""
    known = {group: one for group, one in values.items() if not isinstance(one, Sentence)}
    turned = -1 if highest else 1
    listed = sorted(known, key=lambda group: (turned * order_of(known[group]), group))
    found: list[Place] = []
    for at, group in enumerate(listed, start=1):
        tied = found and found[-1].value == known[group]
        found.append(Place(found[-1].place if tied else at, group, known[group]))
    rest = sorted(values.keys() - known.keys())
    return [*found, *(Place(None, group, values[group]) for group in rest)]
