"""驾驶舱: the few things a leader asks for first, each with the rows it comes from."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.owed import Owed, owed, periods
from xianxue.desk.standing.standing import Standing

TILES: Final = 5
"""As many as are read from across a room."""
_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "less_than": "<", "combination": ""}
_WHOLE: Final = 100


class Tile(Record, kw_only=True):
    """One big number, held against its line."""

    term: str
    shown: str
    unit: Sentence | str
    key: str
    """The figure's; empty for a count of schools, whose rows stand under ``standard``."""
    standard: str = ""
    line: Sentence | str
    told: Sentence | str
    """What is lacking, or by how much it is over."""
    bad: bool
    part: int
    """The bar, of a hundred."""
    tick: int
    """Where on it the line stands."""


class Town(Record, kw_only=True):
    """One township: its schools that were judged, and those that fail."""

    code: str
    name: str
    schools: tuple[tuple[str, str, bool], ...]
    """Code, name, whether it passes; those that fail last."""

    @property
    def met(self) -> int:
        """How many pass."""
        return sum(one[2] for one in self.schools)


class Lack(Record, kw_only=True):
    """What all schools together lack by one criterion."""

    term: str
    criterion: str
    quantity: int
    unit: Sentence | str
    schools: int


class Overview(Record, kw_only=True):
    """All that the first page of a leader shows."""

    tiles: tuple[Tile, ...]
    overdue: tuple[Owed, ...]
    towns: tuple[Town, ...]
    lacks: tuple[Lack, ...]
    standard: Assessment | None
    """The standard by which schools were judged one by one; None where there is none."""
    judged: int
    """How many standards there are for such a period …"""
    unmet: tuple[Assessment, ...]
    """… and those that are not met."""
    reported: int
    expected: int


def overview(standing: Standing, release: str = "") -> Overview:
    """Give what a leader asks for first, of a release or as accepted now."""
    counted = standing.counted(standing.period(), release)
    judged = [
        counted.assessment(card.standard)
        for card in counted.shelf.standards.values()
        if card.period.kind == counted.period.kind
    ]
    by_school = [one for one in judged if _by_school(one, counted)]
    # One with a joint verdict on each school comes before those that only list criteria.
    by_school.sort(key=lambda one: not any(each.rule == "combination" for each in one.findings))
    schools = next(iter(by_school), None)
    rows = owed(standing, standing.period())
    return Overview(
        tiles=tuple(_tiles(counted, judged, schools)),
        # Of whatever is being collected: the figures may be of a period that is through.
        overdue=tuple(
            one
            for period in periods(standing)
            for one in owed(standing, period)
            if one.lamp is DueLamp.OVER
        ),
        towns=tuple(_towns(counted, schools)) if schools is not None else (),
        lacks=tuple(_lacks(schools)) if schools is not None else (),
        standard=schools,
        judged=len(judged),
        unmet=tuple(one for one in judged if one.verdict is not Verdict.MET),
        reported=sum(not one.progress.waiting for one in rows),
        expected=len(rows),
    )


def _by_school(judged: Assessment, counted: Counted) -> bool:
    register = counted.register
    return any(
        one.place in register and register[one.place].level == "school" for one in judged.findings
    )


def _tiles(counted: Counted, judged: list[Assessment], schools: Assessment | None) -> list[Tile]:
    """Give targets first, then what of the standards fails for the county, then what holds."""
    county = counted.register.county.code
    tiles = [tile for one in counted.attained if (tile := _of_target(counted, one)) is not None]
    told = {tile.key for tile in tiles}
    if schools is not None:
        tiles.insert(0, _of_schools(schools))
    own = [
        one
        for standard in judged
        for one in standard.findings
        if one.place == county and one.figure is not None and one.threshold is not None
    ]
    own.sort(key=lambda one: one.verdict is Verdict.MET)
    for one in own:
        if len(tiles) >= TILES:
            break
        tile = _of_finding(one)
        if tile.key not in told:
            tiles.append(tile)
            told.add(tile.key)
    return tiles[:TILES]


def _of_target(counted: Counted, one: Attainment) -> Tile | None:
    figure, target = one.figure, one.target
    card = counted.shelf.indicators.get(target.indicator)
    if figure is None or card is None or target.place != counted.register.county.code:
        return None
    bad = one.reached is False
    part, tick = _bar(one.value, target.amount)
    return Tile(
        term=figure.named(card.term),
        shown=figure.shown,
        unit=UNITS[figure.unit].term if figure.value is not None else "",
        key=figure.key,
        line=say("目标 {sign} {amount}", sign=_SIGNS[target.goal], amount=plain(target.amount)),
        told=say("未达到") if bad else say("达到") if one.reached else say("未定"),
        bad=bad,
        part=part,
        tick=tick,
    )


def _of_finding(one: Finding) -> Tile:
    figure, line = one.figure, one.threshold
    assert figure is not None  # noqa: S101 - only those with one are asked
    assert line is not None  # noqa: S101 - as above
    bad = one.verdict is Verdict.NOT_MET
    part, tick = _bar(figure.value, line)
    lack = one.lacking
    return Tile(
        term=one.term,
        shown=one.shown,
        unit=UNITS[figure.unit].term if figure.value is not None else "",
        key=figure.key,
        line=say("标准 {sign} {amount}", sign=_SIGNS[one.rule], amount=plain(line)),
        told=_told(lack.quantity, lack.unit, lack.surplus)
        if lack is not None
        else one.verdict.term,
        bad=bad,
        part=part,
        tick=tick,
    )


def _told(quantity: int, unit: str, surplus: bool) -> Sentence:  # noqa: FBT001 - as a shortfall has it
    term = UNITS[unit].term
    if surplus:
        return say("超出 {n} {unit}", n=quantity, unit=term)
    return say("还缺 {n} {unit}", n=quantity, unit=term)


def _of_schools(schools: Assessment) -> Tile:
    passed = _by_place(schools)
    met = sum(passed.values())
    return Tile(
        term=say("{standard}逐校达标", standard=schools.term),
        shown=str(met),
        unit=say("/{n} 所", n=len(passed)),
        key="",
        standard=schools.standard,
        line=say("标准 全部达标"),
        told=say("{n} 所未达标", n=len(passed) - met) if met < len(passed) else say("全部达标"),
        bad=met < len(passed),
        part=met * _WHOLE // max(1, len(passed)),
        tick=_WHOLE,
    )


def _passed(schools: Assessment) -> dict[tuple[str, Stage | None], bool]:
    """Say of each school and stage whether all that is asked of it is met.

    A joint verdict, where the standard has one, decides alone: it allows what a single one does
    not.
    """
    joint = [one for one in schools.findings if one.rule == "combination"]
    rows = joint or list(schools.findings)
    found: dict[tuple[str, Stage | None], bool] = {}
    for one in rows:
        key = (one.place, one.stage)
        found[key] = found.get(key, True) and one.verdict is Verdict.MET
    return found


def _by_place(schools: Assessment) -> dict[str, bool]:
    """Say of each school whether all its stages pass."""
    passed: dict[str, bool] = {}
    for (place, _), met in _passed(schools).items():
        passed[place] = passed.get(place, True) and met
    return passed


def _towns(counted: Counted, schools: Assessment) -> list[Town]:
    register = counted.register
    passed = _by_place(schools)
    towns: dict[str, list[tuple[str, str, bool]]] = {}
    for place in register:
        if place.code in passed:
            row = (place.code, place.name, passed[place.code])
            towns.setdefault(register.township_of(place), []).append(row)
    return [
        Town(
            code=code,
            name=register[code].name if code else say("县直"),
            schools=tuple(sorted(rows, key=lambda one: not one[2])),
        )
        for code, rows in towns.items()
    ]


def _lacks(schools: Assessment) -> list[Lack]:
    found: dict[str, list[Finding]] = {}
    for one in schools.findings:
        if one.lacking is not None and not one.lacking.surplus:
            found.setdefault(one.criterion, []).append(one)
    return [
        Lack(
            term=rows[0].term,
            criterion=criterion,
            quantity=sum(one.lacking.quantity for one in rows if one.lacking is not None),
            unit=UNITS[rows[0].lacking.unit].term if rows[0].lacking is not None else "",
            schools=len({one.place for one in rows}),
        )
        for criterion, rows in found.items()
    ]


def _bar(value: Exact | None, line: Fraction) -> tuple[int, int]:
    """Give the bar of a value, and where on it its line stands, both of a hundred."""
    if value is None or not line:
        return 0, _WHOLE
    known = Fraction(plain(value))
    most = max(known, line)
    return int(known * _WHOLE / most), int(line * _WHOLE / most)
