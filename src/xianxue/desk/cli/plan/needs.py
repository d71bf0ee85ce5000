"""``xianxue plan needs``: classes, staff, posts, places, ground and money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.needs.residents import Round, wanted
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    echo_paragraph,
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace, shelf_here

if TYPE_CHECKING:
    from xianxue.bureau.kinds.plan.norms import NormValue
    from xianxue.bureau.kinds.shelf import Shelf
    from xianxue.desk.plan.needs.needs import Needs

_LEVELS: Final = {"school": say("学校"), "township": say("乡镇"), "county": say("县")}
_STAGES: Final = ("preschool", "primary", "lower_secondary", "upper_secondary")


@command("needs")
@workspace_option
@period_option
@option("--level", type=click.Choice(list(_LEVELS)), help="只看学校、乡镇或全县（默认：县）")
@option("--place", default="", help="只看这一处：名称或代码")
@option("--years", type=click.IntRange(1, 15), help="推算几年（默认：卡片上的年数）")
@option("--rules", "rules", default="", help="按哪一张规划指标卡片（默认：本县所在市的）")
@option("--residents", type=click.IntRange(min=1), help="规划人口：只算它要多少学位、班和学校")
@option("--classes", type=click.IntRange(min=1), help="每所学校多少班，用来算用地")
@option("--round", "way", type=click.Choice(["up", "down"]), help="学校数的零头进还是舍")
@json_option
def needs(  # noqa: PLR0913 - options of one command
    *,
    workspace: Path | None,
    period: str | None,
    level: str | None,
    place: str,
    years: int | None,
    rules: str,
    residents: int | None,
    classes: int | None,
    way: Round | None,
    as_json: bool,
) -> int:
    """需要：推算的学生要多少班、教职工、编制和校舍，规划人口要多少学位；不知道的不当作 0"""
    from xianxue.desk.plan.needs.chosen import norms_for, norms_here  # noqa: PLC0415 - for a quick start

    if residents is not None:
        norms = norms_here(workspace, rules)
        return _of_residents(shelf_here(workspace), norms, residents, classes, way, as_json=as_json)
    opened = Workspace.open(workspace)
    named = opened.period(period)
    norms = norms_for(opened.shelf, opened.register.county.code, named.reference_day, rules)
    from xianxue.desk.plan.needs.needs import Needs  # noqa: PLC0415 - needs the engine
    from xianxue.desk.plan.pupils import Foresight  # noqa: PLC0415 - as above

    foresight = Foresight(opened, named, years or 0)
    wrong = [one for one in foresight.issues if one.severity is Severity.MUST_FIX]
    if wrong:
        raise ComplaintsError(wrong)
    found = Needs(foresight, norms)
    areas = _areas(found, level, place)
    if as_json:
        print_json(_told(found, areas))
    else:
        _print(found, areas)
    return 0


def _areas(found: Needs, level: str | None, place: str) -> list[str]:
    known, names = found.foresight.known, found.foresight.names
    if place:
        codes = [one.code for one in known.areas if place in {one.code, names.get(one.code)}]
        if not codes:
            raise MisusedError(say("没有“{place}”的学生数", place=place))
        return codes
    return [one.code for one in known.areas if one.level == (level or "county")]


def _told(found: Needs, areas: list[str]) -> dict[str, Any]:
    from xianxue.desk.plan.needs.told import (  # noqa: PLC0415 - needs the engine
        areas_told,
        posts_told,
        rules_told,
        staff_told,
        value_told,
    )

    shelf, inner = found.foresight.workspace.shelf, _within(found, areas)
    return {
        "period": found.foresight.period.code,
        "standing": "supposed",
        "rules": rules_told(found.norms),
        "needs": areas_told(found, areas),
        "staff": [staff_told(found.staff_need(stage), found.years()) for stage in found.stages()],
        "posts": [posts_told(one, found) for one in found.posts() if one.school in inner],
        "because": [value_told(one, shelf) for one in found.because()],
    }


def _within(found: Needs, areas: list[str]) -> set[str]:
    return {one.code for area in areas for one in found.foresight.known.within[area]}


def _print(found: Needs, areas: list[str]) -> None:
    from xianxue.desk.plan.needs.told import areas_told, why_no_years  # noqa: PLC0415 - as above

    echo(say("推算（设想），不是统计数；起点是{period}", period=found.foresight.period.term))
    columns = (say("范围"), say("学段"), say("学年"), say("学生"), say("班"), say("教职工"))
    rows = [
        (
            one["name"],
            Stage(one["stage"]).term,
            one["year"],
            *(_shown(one[key]) for key in ("pupils", "classes", "staff")),
        )
        for one in areas_told(found, areas)
    ]
    print_table(say("需要多少"), columns, rows)
    for stage in found.stages():
        one = found.staff_need(stage)
        if one.years:
            columns = (say("学年"), say("需要"), say("退休"), say("流失"), say("补充"), say("富余"))
            lines = [
                tuple(map(str, (f"{year}", y.needed, y.retire, y.leave, y.recruit, y.over)))
                for year, y in zip(found.years(), one.years, strict=True)
            ]
            print_table(say("{stage}教职工补充", stage=Stage(stage).term), columns, lines)
        if why := why_no_years(one):
            echo_paragraph(say("{stage}教职工：{why}。", stage=Stage(stage).term, why=why))
    _print_posts(found, _within(found, areas))
    _print_sources(found.because(), found.foresight.workspace.shelf)


def _print_posts(found: Needs, schools: set[str]) -> None:
    short = [one for one in found.posts() if one.school in schools and (one.short or 0) > 0]
    rows = [
        (
            found.foresight.names.get(one.school, one.school),
            Stage(one.stage).term,
            *(_shown(many) for many in (one.needed, one.staff.posts, one.staff.in_post, one.short)),
        )
        for one in sorted(short, key=lambda one: -(one.short or 0))
    ]
    heads = (say("学校"), say("学段"), say("按标准"), say("编制"), say("在编"), say("缺"))
    if rows:
        print_table(say("编制少于标准的学校"), heads, rows)


def _print_sources(values: list[NormValue], shelf: Shelf) -> None:
    for name in dict.fromkeys(one.source for one in values):
        seen = next(one.seen for one in values if one.source == name)
        document = shelf.sources[name].name
        if seen is Seen.OWN:
            echo_paragraph(say("依据：{document}。", document=document))
            continue
        echo_paragraph(say("依据：{document}，{seen}。", document=document, seen=seen.term))


def _of_residents(  # noqa: PLR0913 - what was asked
    shelf: Shelf,
    norms: NormsHeld,
    residents: int,
    classes: int | None,
    way: Round | None,
    *,
    as_json: bool,
) -> int:
    from xianxue.desk.plan.needs.told import (  # noqa: PLC0415 - needs the engine
        rules_told,
        value_told,
        wanted_open,
        wanted_told,
    )

    found = [wanted(norms, stage, residents, classes, way) for stage in _STAGES]
    because: list[NormValue] = []
    for each in found:
        because += [one for one in each.because if one not in because]
    if as_json:
        told = {
            "residents": residents,
            "standing": "supposed",
            "rules": rules_told(norms),
            "wanted": [wanted_told(one) for one in found],
            "because": [value_told(one, shelf) for one in because],
        }
        print_json(told)
        return 0
    rows = [
        (Stage(one.stage).term, *(_shown(many) for many in (one.places, one.classes, one.number)))
        for one in found
    ]
    columns = (say("学段"), say("学位"), say("班"), say("学校"))
    print_table(say("规划人口 {n} 人需要多少（设想）", n=residents), columns, rows)
    for one in found:
        if message := wanted_open(one):
            echo_paragraph(say("{stage}：{why}。", stage=Stage(one.stage).term, why=message))
    _print_sources(because, shelf)
    return 0


def _shown(many: int | None) -> str:
    return "—" if many is None else str(many)
