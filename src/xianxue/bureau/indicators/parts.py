"""The lines of frames read back as exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.indicators.compile import Frames
from xianxue.bureau.indicators.engine import Lines
from xianxue.bureau.indicators.formulas import Area, Formula
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period

Key = tuple[str, str]
"""Place and stage; the stage is empty for a place as one."""


@dataclass(frozen=True, slots=True)
class Own:
    """What one place or school-stage, or an area, has of a formula, in whole units."""

    place: str
    township: str
    numerator: Fraction
    denominator: Fraction
    """1 where there is none."""
    hidden: bool = False
    void: bool = False
    step: Fraction = Fraction(1)
    pupils: Fraction = Fraction(0)
    """The denominator as it is counted, where what is shared has been divided."""
    divided: bool = False

    @property
    def part(self) -> Fraction:
        """What it adds to the numerator of an area."""
        if not self.divided:
            return self.numerator
        return self.numerator / self.denominator * self.pupils if self.denominator else Fraction(0)

    @property
    def share(self) -> Fraction:
        """What it adds to the denominator of an area."""
        return self.pupils if self.divided else self.denominator


_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True)
class Parts:
    """The frames of one register and period, line by line."""

    frames: Frames
    register: Register
    period: Period

    @cached_property
    def own(self) -> dict[bool, dict[Key, Mapping[str, Any]]]:
        """By whether stages are figured one by one: each school-stage or place by itself."""
        return {by_stage: self._read(lines) for by_stage, lines in self.frames.places.items()}

    @cached_property
    def areas(self) -> dict[tuple[Area, bool], dict[Key, Mapping[str, Any]]]:
        """The lines of townships and the county."""
        return {level: self._read(lines) for level, lines in self.frames.areas.items()}

    def of_place(self, formula: Formula, place: str, stage: Stage | None) -> Own | None:
        """Give one place's parts; None where a population leaves the school-stage out."""
        line = self.own.get(bool(formula.stages), {}).get(_key(place, stage), _NOTHING)
        if line and line[f"{formula.id}.numerator"] is None:
            return None
        return _own(formula, place, line)

    def of_area(self, formula: Formula, area: Area, place: str, stage: Stage | None) -> Own:
        """Give an area's parts without those of schools whose stages divide something."""
        lines = self.areas.get((area, bool(formula.stages)), {})
        return _own(formula, place, lines.get(_key(place, stage), _NOTHING))

    def _read(self, lines: Lines) -> dict[Key, Mapping[str, Any]]:
        col = self.frames.engine.words.col
        here = col("county") == self.register.county.code
        mine = lines.filter((col("period") == self.period.code) & here)
        found = mine.collect().rows(named=True)
        return {(line["place"], line.get("stage") or ""): line for line in found}


def _key(place: str, stage: Stage | None) -> Key:
    return place, stage.value if stage is not None else ""


def _own(formula: Formula, place: str, line: Mapping[str, Any]) -> Own:
    def said(name: str) -> int:
        return line.get(f"{formula.id}.{name}") or 0

    scales = {name: one.scale for name, one in formula.parts.items()}
    numerator = Fraction(said("numerator"), scales.get("numerator", 1))
    denominator = Fraction(said("denominator"), scales.get("denominator", 1))
    if formula.denominator is None and formula.met is None:
        denominator = Fraction(1)
    own = Own(
        place=place,
        township=line.get("township", ""),
        numerator=numerator,
        denominator=denominator,
        hidden=said("hidden") > 0,
        void=bool(said("void")),
    )
    weight = line.get(f"{formula.id}.weight")
    if weight is None or formula.weights is None:
        return own
    scale = formula.weights.scale
    return Own(
        place=place,
        township=own.township,
        numerator=numerator / scale,
        denominator=denominator / scale,
        hidden=own.hidden,
        void=own.void,
        step=Fraction(weight, scale),
        pupils=Fraction(said("pupils"), scales["denominator"]),
        divided=True,
    )


def total(owns: Iterable[Own]) -> tuple[Fraction, Fraction]:
    """Add up what places add to an area, exactly."""
    numerator = denominator = Fraction(0)
    for own in owns:
        numerator += own.part
        denominator += own.share
    return numerator, denominator
