"""The lines of frames read back as exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from xianxue.bureau.indicators.compile import Frames
from xianxue.bureau.indicators.engine import Done, Lines
from xianxue.bureau.indicators.formulas import Area, Formula
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field

WHOLE: Final = Fraction(1)
"""Made once: a county has a figure for each school, stage and indicator."""
_NOTHING: Final = Fraction(0)


class Own(NamedTuple):
    """What one place or school-stage, or an area, has of a formula.

    Kept as the whole numbers they were counted as: there are as many of these as figures, and
    most are only asked whether they hide something. Fractions are made of those that are used.
    """

    place: str
    up: int
    """The numerator, in steps of ``1 ÷ up_scale``."""
    down: int
    """The denominator likewise; 1 where there is none."""
    up_scale: int
    down_scale: int
    hidden: bool = False
    void: bool = False
    """Whether it does not apply there, so that it leaves both parts of what lies above."""
    weight: Fraction | None = None
    """The stage's weight, where what its school shares has been divided."""
    pupils: Fraction = Fraction(0)
    """The denominator as it is counted, likewise."""
    partly: bool = False
    """Of a sum or share: whether some of it does not apply."""

    @property
    def numerator(self) -> Fraction:
        """The numerator in whole units."""
        return exact(self.up, self.up_scale)

    @property
    def denominator(self) -> Fraction:
        """The denominator in whole units."""
        return exact(self.down, self.down_scale)

    @property
    def divided(self) -> bool:
        """Whether what its school's stages share has been divided."""
        return self.weight is not None

    @property
    def says_void(self) -> bool:
        """Whether somebody there says that it, or some of it, does not apply."""
        return self.void or self.partly

    @property
    def step(self) -> Fraction:
        """By how much the numerator grows when the place gets one whole unit more."""
        return WHOLE if self.weight is None else self.weight

    @property
    def part(self) -> Fraction:
        """What it adds to the numerator of an area."""
        if self.void:
            return _NOTHING
        if not self.divided:
            return self.numerator
        return self.numerator / self.denominator * self.pupils if self.down else Fraction(0)

    @property
    def share(self) -> Fraction:
        """What it adds to the denominator of an area."""
        if self.void:
            return _NOTHING
        return self.pupils if self.divided else self.denominator


def exact(amount: int, scale: int) -> Fraction:
    """Give an amount in whole units; most are counted in them, and need no common divisor."""
    return Fraction(amount) if scale == 1 else Fraction(amount, scale)


_PARTS: Final = ("numerator", "denominator", "hidden", "void", "partly", "weight", "pupils")
"""The columns of ``levels.py`` that a place's own numbers are read from."""

Read = list[int | None]
"""One column of a frame, line by line."""


class Level(Record, dict=True):
    """One frame of one register and period, read back: which line is whose, and its columns."""

    lines: Done
    read: dict[str, list[Read]] = field(default_factory=dict[str, list[Read]])
    """What has been read, by indicator."""

    @cached_property
    def rows(self) -> dict[str, dict[str, int]]:
        """Stage to place to the number of its line; the stage is empty for a place as one."""
        places: list[str] = self.lines["place"].to_list()
        staged = "stage" in self.lines.columns
        stages: list[str] = self.lines["stage"].to_list() if staged else [""] * len(places)
        found: dict[str, dict[str, int]] = {}
        for number, (place, stage) in enumerate(zip(places, stages, strict=True)):
            found.setdefault(stage or "", {})[place] = number
        return found

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self.lines.columns)

    def columns(self, formula: Formula) -> list[Read]:
        """Give the columns of a formula in the order of ``_PARTS``; nulls for one not there.

        Only these are made into Python's numbers: of hundreds of columns a question needs a few.
        """
        if formula.id not in self.read:
            nulls: Read = [None] * len(self.lines)
            names = [formula.column(part) for part in _PARTS]
            found: list[Read] = [
                self.lines[name].to_list() if name in self._there else nulls for name in names
            ]
            self.read[formula.id] = found
        return self.read[formula.id]


@dataclass(frozen=True)
class Parts:
    """The frames of one register and period."""

    frames: Frames
    register: Register
    period: Period

    @cached_property
    def own(self) -> dict[bool, Level]:
        """By whether stages are figured one by one: each school-stage or place by itself."""
        return {by_stage: self._read(lines) for by_stage, lines in self.frames.places.items()}

    @cached_property
    def areas(self) -> dict[tuple[Area, bool], Level]:
        """The lines of townships and the county."""
        return {level: self._read(lines) for level, lines in self.frames.areas.items()}

    def of_places(self, formula: Formula, places: Iterable[str], stage: Stage | None) -> list[Own]:
        """Give the parts of places, without the school-stages that a population leaves out."""
        level = self.own.get(bool(formula.stages))
        owns = _owns(formula, level, places, stage)
        return [own for own in owns if own is not None]

    def of_area(self, formula: Formula, area: Area, place: str, stage: Stage | None) -> Own:
        """Give an area's parts without those of schools whose stages divide something."""
        level = self.areas.get((area, bool(formula.stages)))
        (own,) = _owns(formula, level, [place], stage)
        return own or _nothing(formula, place)

    def _read(self, lines: Lines) -> Level:
        col = self.frames.engine.words.col
        here = col("county") == self.register.county.code
        return Level(lines.filter((col("period") == self.period.code) & here).collect())


def _owns(
    formula: Formula, level: Level | None, places: Iterable[str], stage: Stage | None
) -> Iterator[Own | None]:
    """Read places' lines; nothing for one that has none, None where a population leaves it out."""
    empty = _nothing(formula)
    if level is None:
        yield from (empty._replace(place=place) for place in places)
        return
    rows = level.rows.get(stage.value if stage is not None else "", {})
    columns = level.columns(formula)
    for place in places:
        row = rows.get(place)
        if row is None:
            yield empty._replace(place=place)
        else:
            yield _own(formula, empty, place, [read[row] for read in columns])


def _own(formula: Formula, empty: Own, place: str, read: list[int | None]) -> Own | None:
    up, down, hidden, void, partly, weight, pupils = read
    if up is None:
        return None
    up_scale, down_scale = empty.up_scale, empty.down_scale
    # A sum has no denominator and is out of 1; where there is one, 0 stays 0.
    down = down or empty.down
    own = Own(place, up, down, up_scale, down_scale, bool(hidden), bool(void), partly=bool(partly))
    if weight is None or formula.weights is None:
        return own
    scale = formula.weights.scale
    # Both parts were multiplied by the weights, which are whole numbers only when so scaled.
    return own._replace(
        up_scale=up_scale * scale,
        down_scale=down_scale * scale,
        weight=Fraction(weight, scale),
        pupils=exact(pupils or 0, down_scale),
    )


def _nothing(formula: Formula, place: str = "") -> Own:
    """Give the parts of a place without a line: all of them are 0."""
    numerator, denominator = formula.numerator, formula.denominator
    up_scale = numerator.scale if numerator is not None else 1
    if denominator is not None:
        return Own(place, 0, 0, up_scale, denominator.scale)
    # A share is one of the schools that are looked at; a count or sum is out of nothing.
    return Own(place, 0, 0 if formula.met is not None else 1, up_scale, 1)
