"""What is asked of ``plan layout``, as it stands in a file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

from xianxue.bureau.plan.layout.distance import Measure, metres
from xianxue.bureau.plan.layout.question import Question, Site, State, Village, Way
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.json_reading import Reading
from xianxue.desk.plan.layout_conditions import Conditions, check_unfit

_SHAPE: Final = (
    '{"schools": [{"school": "甲校", "x": 0, "y": 0, "capacity": 120}], '
    '"villages": [{"village": "甲村", "x": 0, "y": 0, "pupils": 90}], "keep": 1, "limit_km": 3}'
)
_OF_SITE: Final = (
    *("state", "capacity", "x", "y", "lon", "lat"),
    *("build_cost", "run_cost", "close_cost", "extension", "extend_cost"),
    *("point", "documented", "beds"),
)
_OF_VILLAGE: Final = ("x", "y", "lon", "lat", "km", "school", "low")
_ALSO: Final = ("keep", "limit_km", "split", "distance", "per_km", "unfit")
_STATES: Final[Mapping[str, State]] = {
    "existing": "closable",
    "fixed": "fixed",
    "candidate": "candidate",
}
_MEASURES: Final = ("straight", "manhattan", "great_circle")
_METRES: Final = 1000

Point = tuple[Fraction, Fraction]


class Asked(Record, kw_only=True):
    """A question, and what has to be said about how it was understood."""

    question: Question
    scale: int
    """Costs are so many times what was written, so that all of them are whole."""
    notes: tuple[Sentence, ...]
    conditions: Conditions
    kept: tuple[str, ...] = ()
    """Teaching points that are kept because their closing is not documented."""
    villages: tuple[Point | None, ...] = ()
    """Where each village lies, in the question's order: km, or degrees; None: nothing is said."""
    sites: tuple[Point | None, ...] = ()
    degrees: bool = False
    """Whether points are longitude and latitude."""


class _Measured(Record, kw_only=True):
    """How ways are measured that nobody has written down."""

    by: Measure
    factor: Fraction
    said: bool


class _Written(Record, kw_only=True):
    """One village or site as it stands in the file."""

    name: str
    where: str
    point: Point | None
    km: Mapping[str, Fraction]
    globe: bool = False
    """Whether the point is of longitude and latitude."""


def read_layout(path: Path, norms: NormsHeld) -> Asked:
    """Read a question; ComplaintsError with all that is wrong with it."""
    reading = Reading(path.name, _SHAPE)
    return _read(reading, reading.whole_file(path), Conditions(norms=norms))


def layout_from(name: str, data: bytes, norms: NormsHeld) -> Asked:
    """Read a question that was sent; ``name`` stands in complaints. ComplaintsError as above."""
    reading = Reading(name, _SHAPE)
    return _read(reading, reading.whole(data), Conditions(norms=norms))


def _read(reading: Reading, whole: object, conditions: Conditions) -> Asked:
    parts = reading.keys(whole, "", ("schools", "villages"), _ALSO)
    measured = _measured(reading, parts)
    per_km = reading.number(parts, "per_km")
    per_km = Fraction(1) if per_km is None else per_km
    scale = _METRES * per_km.denominator
    sites = [
        _site(reading, where, one, scale, conditions)
        for where, one in reading.each(parts, "schools")
    ]
    villages = [
        _village(reading, where, one, conditions) for where, one in reading.each(parts, "villages")
    ]
    places = [one for one, _ in (*sites, *villages)]
    measured = _on_a_globe(reading, measured, places, conditions)
    candidates = [(one.name, one.where, one.point) for one, s in sites if s.state == "candidate"]
    check_unfit(reading, parts, candidates)
    _named_once(reading, [one for one, _ in sites], "schools")
    _named_once(reading, [one for one, _ in villages], "villages")
    _as_long(reading, [one for _, one in villages])
    limit = reading.number(parts, "limit_km")
    keep = reading.count(parts, "keep", least=1)
    split = reading.flag(parts, "split", "")
    reading.done()
    ways = _ways(reading, [one for one, _ in villages], [one for one, _ in sites], measured)
    reading.done()
    held, kept, why = conditions.held([one for _, one in sites])
    question = Question(
        villages=tuple(one for _, one in villages),
        sites=held,
        ways={key: Way(far, far * per_km.numerator) for key, far in ways.items()},
        most_open=keep,
        farthest=None if limit is None else int(limit * _METRES),
        split=split,
    )
    return Asked(
        question=question,
        scale=scale,
        notes=(*_notes(question, villages, measured), *why),
        conditions=conditions,
        kept=kept,
        villages=tuple(one.point for one, _ in villages),
        sites=tuple(one.point for one, _ in sites),
        degrees=measured.by == "great_circle",
    )


def _on_a_globe(
    reading: Reading, measured: _Measured, places: list[_Written], conditions: Conditions
) -> _Measured:
    """Take the great circle and the card's factor for degrees, where nobody says how to measure."""
    globe = [one for one in places if one.point is not None and one.globe]
    plane = [one for one in places if one.point is not None and not one.globe]
    if globe and plane:
        saw = say("“{a}”写的是经纬度，“{b}”写的是公里", a=globe[0].name, b=plane[0].name)
        reading.complain(plane[0].where, "P-POINT", saw, say("全部用经纬度，或全部用公里"))
    elif globe and measured.said and measured.by != "great_circle":
        saw = say("坐标是经纬度，路程却按 {by} 算", by=measured.by)
        reading.complain("distance.by", "P-POINT", saw, say("great_circle"))
    elif globe and not measured.said:
        return _Measured(by="great_circle", factor=conditions.road_factor, said=False)
    return measured


def _measured(reading: Reading, parts: Mapping[str, Any]) -> _Measured:
    if "distance" not in parts:
        return _Measured(by="straight", factor=Fraction(1), said=False)
    found = reading.keys(parts["distance"], "distance", ("by",), ("factor",))
    by = found.get("by")
    if "by" in found and by not in _MEASURES:
        reading.strange("distance.by", by, say("straight、manhattan 或 great_circle"))
    factor = reading.number(found, "factor", "distance", least=1)
    measure = cast("Measure", by) if by in _MEASURES else "straight"
    return _Measured(by=measure, factor=factor or Fraction(1), said=True)


def _site(
    reading: Reading, where: str, one: object, scale: int, conditions: Conditions
) -> tuple[_Written, Site]:
    parts = reading.keys(one, where, ("school",), _OF_SITE)
    name = reading.name(parts, "school", where)
    state = parts.get("state", "existing")
    if state not in _STATES:
        reading.strange(f"{where}.state", state, say("existing、fixed 或 candidate"))
        state = "existing"
    costs = {
        key: int((reading.number(parts, key, where) or 0) * scale)
        for key in ("build_cost", "run_cost", "close_cost", "extend_cost")
    }
    site = Site(
        site=name,
        state=_STATES[state],
        capacity=reading.count(parts, "capacity", where),
        extension=reading.count(parts, "extension", where) or 0,
        **costs,
    )
    conditions.site(reading, parts, where, name)
    point, globe = _point(reading, parts, where), _of_globe(parts)
    return _Written(name=name, where=where, point=point, km={}, globe=globe), site


def _village(
    reading: Reading, where: str, one: object, conditions: Conditions
) -> tuple[_Written, Village]:
    parts = reading.keys(one, where, ("village", "pupils"), _OF_VILLAGE)
    name = reading.name(parts, "village", where)
    said = parts.get("pupils")
    if isinstance(said, list):
        each = [
            reading.count({"pupils": many}, "pupils", where) or 0
            for many in cast("list[object]", said)
        ]
        if not each:
            reading.strange(f"{where}.pupils", said, say("各期的学生数，至少一期"))
    else:
        each = [reading.count(parts, "pupils", where) or 0]
    km: dict[str, Fraction] = {}
    if "km" in parts:
        written = reading.keys(parts["km"], f"{where}.km", (), None)
        km = {
            key: far
            for key in written
            if (far := reading.number(written, key, f"{where}.km")) is not None
        }
    school = reading.name(parts, "school", where) if "school" in parts else ""
    point = _point(reading, parts, where)
    conditions.village(reading, parts, where, name, each[0] if each else 0)
    return (
        _Written(name=name, where=where, point=point, km=km, globe=_of_globe(parts)),
        Village(village=name, pupils=tuple(each), school=school),
    )


def _of_globe(parts: Mapping[str, Any]) -> bool:
    return "lon" in parts or "lat" in parts


def _point(reading: Reading, parts: Mapping[str, Any], where: str) -> Point | None:
    """Give where something lies: km east and north, or longitude and latitude."""
    if _of_globe(parts):
        east = reading.number(parts, "lon", where, least=-180, most=180)
        north = reading.number(parts, "lat", where, least=-90, most=90)
    else:
        east = reading.number(parts, "x", where, least=-_FAR)
        north = reading.number(parts, "y", where, least=-_FAR)
    return None if east is None or north is None else (east, north)


_FAR: Final = 10_000
"""Kilometres from any origin a county would choose."""


def _named_once(reading: Reading, written: list[_Written], key: str) -> None:
    if not written and not reading.issues:
        saw = say("一所学校也没有") if key == "schools" else say("一个村也没有")
        reading.complain(key, "P-EMPTY", saw, say("至少有一所学校和一个村"))
    seen: set[str] = set()
    for one in written:
        if one.name in seen:
            saw = say("“{name}”写了两次", name=one.name)
            reading.complain(one.where, "P-TWICE", saw, say("每个名称只用一次"))
        seen.add(one.name)


def _as_long(reading: Reading, villages: list[Village]) -> None:
    for number, one in enumerate(villages, 1):
        if len(one.pupils) != len(villages[0].pupils):
            saw = say(
                "“{village}”写了 {n} 期学生数，第一个村是 {m} 期",
                village=one.village,
                n=len(one.pupils),
                m=len(villages[0].pupils),
            )
            required = say("各村的期数相同")
            reading.complain(f"villages[{number}].pupils", "P-PERIODS", saw, required)


def _ways(
    reading: Reading, villages: list[_Written], sites: list[_Written], measured: _Measured
) -> dict[tuple[int, int], int]:
    """Give the metres of each pair; complain of a village from which nothing is known."""
    found: dict[tuple[int, int], int] = {}
    known = {one.name for one in sites}
    for at, village in enumerate(villages):
        for name in village.km:
            if name not in known:
                saw = say("“{name}”不在学校名单里", name=name)
                reading.complain(f"{village.where}.km", "P-NAME", saw, say("学校名单里的名称"))
        for to, site in enumerate(sites):
            if site.name in village.km:
                found[at, to] = int(village.km[site.name] * _METRES)
            elif village.point is not None and site.point is not None:
                found[at, to] = metres(measured.by, village.point, site.point, measured.factor)
        if not any((at, to) in found for to in range(len(sites))):
            saw = say("“{village}”到哪所学校都没有距离", village=village.name)
            required = say("写明坐标（x、y 或 lon、lat），或者在 km 里写明到各校的公里数")
            reading.complain(village.where, "P-FAR", saw, required)
    return found


def _notes(
    question: Question, villages: list[tuple[_Written, Village]], measured: _Measured
) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    if any(one.point is not None and not one.km for one, _ in villages):
        how = {
            "straight": say("直线"),
            "manhattan": say("横竖相加"),
            "great_circle": say("球面"),
        }[measured.by]
        text = say(
            "没有写公里数的路程按坐标的{how}距离乘以 {factor} 估算，不是实际路程",
            how=how,
            factor=plain(measured.factor),
        )
        found.append(text)
    unknown = [one.site for one in question.sites if one.capacity is None]
    if unknown:
        found.append(say("{n} 所学校没有写容量，按不受限制计算", n=len(unknown)))
    if not any(one.school for one in question.villages):
        found.append(say("没有写明各村现在去哪所学校，按最近的现有学校比较"))
    return tuple(found)
