"""Conditions of closing and building, as they stand in the file of a layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, cast, get_args

from xianxue.bureau.kinds.plan.norms import Norm, Step
from xianxue.bureau.plan.layout.closing import (
    Boarders,
    Corner,
    LongWay,
    boarders,
    inside,
    long_ways,
    missing_steps,
)
from xianxue.bureau.plan.layout.question import Site
from xianxue.bureau.plan.layout.walks import Walk
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.json_reading import Reading

STEPS: Final[Mapping[str, Sentence]] = {
    "plan_filed": say("专项规划备案"),
    "argument": say("论证"),
    "hearing": say("听证"),
    "notice": say("公示"),
    "county_decision": say("县级政府决定"),
    "province_approval": say("逐级报省批准"),
}
_CORNERS: Final = 3


class Conditions(Record, kw_only=True):
    """What a layout has to mind beside its program."""

    norms: NormsHeld
    points: set[str] = field(default_factory=set[str])
    """Schools that are teaching points."""
    documented: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    beds: dict[str, int] = field(default_factory=dict[str, int])
    low: dict[str, int] = field(default_factory=dict[str, int])
    """Village to its pupils of the lower grades."""

    def site(self, reading: Reading, parts: Mapping[str, Any], where: str, name: str) -> None:
        """Read what a school's entry says of its closing."""
        if reading.flag(parts, "point", where):
            self.points.add(name)
        beds = reading.count(parts, "beds", where)
        if beds is not None:
            self.beds[name] = beds
        steps: set[str] = set()
        for at, (_, one) in enumerate(reading.each(parts, "documented"), 1):
            if one in STEPS:
                steps.add(str(one))
            else:
                known = "、".join(get_args(Step))
                required = say("这些之一：{known}", known=known)
                reading.strange(f"{where}.documented[{at}]", one, required)
        self.documented[name] = frozenset(steps)

    def village(
        self, reading: Reading, parts: Mapping[str, Any], where: str, name: str, pupils: int
    ) -> None:
        """Read how many of a village's pupils are in the lower grades."""
        low = reading.count(parts, "low", where)
        if low is not None and low > pupils:
            required = say("不多于这个村的学生数 {n}", n=pupils)
            reading.strange(f"{where}.low", low, required)
        elif low is not None:
            self.low[name] = low

    def lacking(self, school: str) -> tuple[Sentence, ...]:
        """Give the steps without which a school may not be closed."""
        rule = self.norms.closing()
        if rule is None:
            return ()
        steps = missing_steps(rule.requires, self.documented.get(school, frozenset()))
        return tuple(STEPS[step] for step in steps)

    def held(
        self, sites: Sequence[Site]
    ) -> tuple[tuple[Site, ...], tuple[str, ...], tuple[Sentence, ...]]:
        """Keep teaching points whose closing is not documented; give them, and say so."""
        found: list[Site] = []
        kept: list[str] = []
        notes: list[Sentence] = []
        for one in sites:
            lacking = self.lacking(one.site)
            if one.site in self.points and one.state == "closable" and lacking:
                notes.append(
                    say(
                        "{school}是教学点，撤并还缺{steps}，按保留算",
                        school=one.site,
                        steps=joined("、", lacking),
                    )
                )
                found.append(replace(one, state="fixed"))
                kept.append(one.site)
            else:
                found.append(one)
        return tuple(found), tuple(kept), tuple(notes)

    def long_ways(self, walks: Sequence[Walk]) -> list[LongWay]:
        """Give the villages whose lower grades walk too long."""
        return long_ways(walks, self.low, self._metres, self._pace, self._few)

    def boarders(self, walks: Sequence[Walk]) -> list[Boarders]:
        """Give the schools at which pupils of the upper grades would have to board."""
        if not self.low and not self.beds:
            return []
        return boarders(walks, self.low, self.beds, self._metres)

    @property
    def _pace(self) -> Fraction:
        return self._value("walking_pace", 1)

    @property
    def _metres(self) -> int:
        return int(self._value("low_grade_minutes", 10**9) * self._pace)

    @property
    def _few(self) -> int:
        return int(self._value("small_group", 0))

    @property
    def road_factor(self) -> Fraction:
        """By how much a road is longer than the line a bird flies."""
        return self._value("road_factor", 1)

    def _value(self, norm: Norm, otherwise: int) -> Fraction:
        found = self.norms.one(norm, "primary")
        return Fraction(otherwise if found is None else found.value)


def check_unfit(
    reading: Reading,
    parts: Mapping[str, Any],
    candidates: Sequence[tuple[str, str, Corner | None]],
) -> None:
    """Complain of each candidate (name, where, point) that lies on water or other unfit ground."""
    for where, one in reading.each(parts, "unfit"):
        area = reading.keys(one, where, ("area", "corners"))
        name = reading.name(area, "area", where)
        corners = [
            corner
            for at, (_, said) in enumerate(reading.each(area, "corners"), 1)
            if (corner := _corner(reading, said, f"{where}.corners[{at}]")) is not None
        ]
        if len(corners) < _CORNERS:
            required = say("至少三个角点，如 [[0, 0], [2, 0], [1, 1]]")
            reading.complain(f"{where}.corners", "P-SHAPE", say("围不成一块地"), required)
            continue
        for site, place, point in candidates:
            if point is not None and inside(point, corners):
                reading.complain(
                    place,
                    "P-SITE",
                    say("备选点“{site}”在“{area}”里", site=site, area=name),
                    say("备选点不在水域等不能建校的地方"),
                    say("请核对坐标，或去掉这个备选点"),
                )


def _corner(reading: Reading, said: object, where: str) -> Corner | None:
    pair = cast("list[object]", said) if isinstance(said, list) else []
    numbers = [reading.number({"x": one}, "x", where, least=-(10**4)) for one in pair]
    match numbers:
        case [Fraction() as x, Fraction() as y]:
            return x, y
        case _:
            return None
