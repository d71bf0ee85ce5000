"""Needs for programs: whole persons, classes and places; what is not known is null."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from xianxue.bureau.kinds.plan.norms import NormValue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.plan.needs.residents import Wanted
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.needs.needs import Needs, Posts, StaffNeed
from xianxue.desk.plan.told import school_year


def value_told(one: NormValue, shelf: Shelf) -> dict[str, Any]:
    """Give one norm with its source."""
    return {
        "norm": one.norm,
        "stage": None if one.stage is None else one.stage.value,
        "value": f"{one.value:f}",
        "classes_from": one.least,
        "classes_to": one.most,
        "from": one.valid_from.isoformat(),
        "to": None if one.valid_to is None else one.valid_to.isoformat(),
        "source": shelf.sources[one.source].name,
        "article": one.article,
        "seen": one.seen.value,
        "note": one.note,
    }


def rules_told(norms: NormsHeld) -> list[dict[str, Any]]:
    """Give the cards that were asked, in their order."""
    return [{"planning": one.planning, "term": one.term} for one in norms.cards]


def areas_told(needs: Needs, areas: Iterable[str]) -> list[dict[str, Any]]:
    """Give what areas and schools need, stage by stage and year by year."""
    found: list[dict[str, Any]] = []
    leaves = {one.code for one in needs.foresight.known.leaves}
    for area in areas:
        for stage in needs.stages():
            for year in needs.years():
                need = needs.area(area, stage, year)
                if need.pupils is None and not need.unknown:
                    continue
                one = {
                    "area": area,
                    "name": needs.foresight.names.get(area, area),
                    "level": needs.foresight.known.by_code[area].level,
                    "stage": stage,
                    "year": school_year(year),
                    "pupils": need.pupils,
                    "classes": need.classes,
                    "staff": need.staff,
                    "unknown": [needs.foresight.names.get(code, code) for code in need.unknown],
                }
                found.append(one | (_rooms(needs, area, stage, year) if area in leaves else {}))
    return found


def _rooms(needs: Needs, school: str, stage: str, year: int) -> dict[str, Any]:
    rooms = needs.lacking(school, stage, year)
    return {
        "building": _exact(rooms.needed),
        "building_there": _exact(rooms.there),
        "building_lacking": _exact(rooms.lacking),
        "yuan": rooms.yuan,
    }


def staff_told(one: StaffNeed, years: list[int]) -> dict[str, Any]:
    """Give how a stage's staff goes on."""
    return {
        "stage": one.stage,
        "in_post": one.there,
        "in_roster": one.known,
        "at_least": one.at_least,
        "why": why_no_years(one),
        "years": [
            {
                "year": school_year(year),
                "needed": one.needed[at],
                "retire": one.retiring[year] if one.known else None,
                "leave": one.years[at].leave if one.years else None,
                "recruit": one.years[at].recruit if one.years else None,
                "over": one.years[at].over if one.years else None,
            }
            for at, year in enumerate(years)
        ],
        "subjects": [
            {
                "subject": name,
                "there": many,
                "retire": {school_year(y): n for y, n in one.subjects_retiring[name].items()},
            }
            for name, many in one.subjects.items()
        ],
    }


def why_no_years(one: StaffNeed) -> Sentence | str:
    """Say why it is not known how many have to be found, or how far it is; empty: it is known."""
    if one.there is None:
        return say("有学校没有填在编人数")
    if not one.known:
        return say("教职工名册里没有这个学段在编的人，退休人数不知道，不当作 0")
    if any(many is None for many in one.needed):
        return say("有学校推算不出学生数，或没有编制标准")
    if not one.years:
        return say("没有流失率")
    if one.at_least:
        return say(
            "名册里在编的只有 {n} 人，报表有 {m} 人：退休和补充都只是至少这么多",
            n=one.known,
            m=one.there,
        )
    return ""


def posts_told(one: Posts, needs: Needs) -> dict[str, Any]:
    """Give one school's posts."""
    return {
        "school": one.school,
        "name": needs.foresight.names.get(one.school, one.school),
        "stage": one.stage,
        "pupils": one.pupils,
        "needed": one.needed,
        "posts": one.staff.posts,
        "in_post": one.staff.in_post,
        "there": one.staff.there,
        "short": one.short,
        "subjects": dict(one.staff.subjects),
        "roster_subjects": one.roster,
    }


def wanted_told(one: Wanted) -> dict[str, Any]:
    """Give what residents ask for."""
    schools = one.schools
    return {
        "stage": one.stage,
        "places": one.places,
        "classes": one.classes,
        "schools": one.number,
        "schools_exact": None if schools is None else _exact(schools.exact),
        "choose": [] if one.number is not None or schools is None else [schools.down, schools.up],
        "classes_each": one.classes_each,
        "ground": _exact(one.ground),
        "verdict": "undetermined" if one.gap else None,
        "radius": one.radius,
        "message": wanted_open(one),
    }


def wanted_open(one: Wanted) -> Sentence | str:
    """Say what a rule leaves open; empty where it leaves nothing."""
    if one.gap:
        return say(
            "{n} 班的学校，生均用地的规定没有写到：判不了，也不在两档之间推算",
            n=one.classes_each or 0,
        )
    if one.schools is not None and one.number is None:
        return say(
            "规定没有写零头进还是舍：{exact} 所，是 {down} 还是 {up}，用 --round 选定",
            exact=plain(one.schools.exact),
            down=one.schools.down,
            up=one.schools.up,
        )
    if one.places is None and one.schools is None:
        return say("没有这个学段的千人指标")
    return ""


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
