"""The schematic map: a block a township, a dot a school, as large as its pupils are many."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import Final

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record

WIDE: Final = 260
_GAP: Final = 4.0
_LEAST: Final = 3.5
_MOST: Final = 13.0


class Dot(Record, kw_only=True):
    """One school."""

    code: str
    name: str
    x: float
    y: float
    r: float
    bad: bool
    pupils: Fraction | None
    preschool: bool
    """Whether it is a kindergarten: drawn as a ring, so that schools stand out."""


class Block(Record, kw_only=True):
    """One township, or what lies directly below the county."""

    code: str
    name: str
    dots: tuple[Dot, ...]
    high: float
    pupils: Fraction
    bad: int


_Mark = tuple[str, str, str, Fraction | None, bool, tuple[Stage, ...]]
"""Township, code, name, pupils, whether something fails, stages."""


def blocks_of(marks: Sequence[_Mark], order: Sequence[str], names: dict[str, str]) -> list[Block]:
    """Lay schools out in blocks: townships in the register's order, the largest schools first."""
    largest = max((float(mark[3] or 0) for mark in marks), default=0.0) or 1.0
    by_town: dict[str, list[_Mark]] = {code: [] for code in order}
    for mark in marks:
        by_town.setdefault(mark[0], []).append(mark)
    return [
        _block(code, names.get(code, ""), found, largest)
        for code, found in by_town.items()
        if found
    ]


def _block(code: str, name: str, marks: Sequence[_Mark], largest: float) -> Block:
    dots: list[Dot] = []
    x, y, row = _GAP, _GAP, 0.0
    for mark in sorted(marks, key=lambda one: (_young(one), -(one[3] or 0))):
        r = round(_LEAST + (_MOST - _LEAST) * sqrt(float(mark[3] or 0) / largest), 1)
        if x + 2 * r > WIDE:
            x, y, row = _GAP, y + row + _GAP, 0.0
        # In a row dots stand on one line, the first of a row is its largest.
        row = max(row, 2 * r)
        dots.append(
            Dot(
                code=mark[1],
                name=mark[2],
                x=round(x + r, 1),
                y=round(y + row - r, 1),
                r=r,
                bad=mark[4],
                pupils=mark[3],
                preschool=_young(mark),
            )
        )
        x += 2 * r + _GAP
    return Block(
        code=code,
        name=name,
        dots=tuple(dots),
        high=round(y + row + _GAP, 1),
        pupils=sum((mark[3] for mark in marks if mark[3]), Fraction(0)),
        bad=sum(mark[4] for mark in marks),
    )


def _young(mark: _Mark) -> bool:
    return mark[5] == (Stage.PRESCHOOL,)
