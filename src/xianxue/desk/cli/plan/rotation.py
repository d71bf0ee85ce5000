"""``xianxue plan rotation``: who may be moved within the law, who may not, who might go where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    echo_paragraph,
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.plan.balance.assigning import Year
    from xianxue.desk.plan.rotating.rotating import Rotation
    from xianxue.desk.standing.counted import Counted

_HUNDRED = 100


@command("rotation")
@click.argument("file", type=GivenFile(), required=False)
@workspace_option
@period_option
@option("--on", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天算年限（默认：今天）")
@option("--limit", default="", help="差异系数的上限，用来找需要调动的地方（默认：标准里的）")
@json_option
def rotation(  # noqa: PLR0913 - options of one command
    file: Path | None,
    *,
    workspace: Path | None,
    period: str | None,
    on: datetime | None,
    limit: str,
    as_json: bool,
) -> int:
    """交流轮岗：按规定谁可以交流、谁不能和为什么，今年够不够，怎样安排最能帮助均衡；只写编号，不写姓名

    文件里写学校之间的路程、最远多少米、哪些人是夫妻（一起调或都不调）；不写文件的，不看路程和夫妻。
    """
    from xianxue.desk.plan.rotating.given import NOTHING, read_given  # noqa: PLC0415 - needs the engine
    from xianxue.desk.plan.rotating.rotating import rotating  # noqa: PLC0415 - as above
    from xianxue.desk.standing.standing import standing  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    given = NOTHING if file is None else read_given(file, opened)
    counted = standing(opened.root).counted(opened.period(period))
    day = clock.day_of(clock.now()) if on is None else on.date()
    found = rotating(counted, given, day, _limited(limit))
    if as_json:
        print_json(_told(found, counted))
    else:
        _print(found, counted, measured=file is not None)
    return int(found.year is not None and not found.year.with_more(0, 0).enough)


def _limited(said: str) -> Fraction | None:
    if not said:
        return None
    try:
        value = Decimal(said)
    except ArithmeticError:
        value = Decimal(-1)
    if not 0 < value < 1:
        raise MisusedError(say("--limit 写的是“{said}”：要 0 和 1 之间的数，如 0.45", said=said))
    return Fraction(value)


def _told(found: Rotation, counted: Counted) -> dict[str, Any]:
    from xianxue.desk.plan.needs.told import value_told  # noqa: PLC0415 - needs the engine
    from xianxue.desk.plan.rotating.rotating import reasons  # noqa: PLC0415 - as above

    return {
        "period": counted.period.code,
        "on": found.on.isoformat(),
        "standing": "supposed",
        "rules": [value_told(one, counted.shelf) for one in found.values],
        "farthest": found.law.farthest,
        "year": None if found.year is None else _year(found.year),
        "roster": {
            "teachers": len(found.people),
            "free": len(found.free),
            "free_backbone": sum(one.teacher.backbone for one in found.free),
        },
        "reasons": [{"reason": why, "count": many} for why, many in reasons(found.people).items()],
        "people": [
            {
                "entry": one.teacher.teacher,
                "place": one.teacher.school,
                "stage": one.stage,
                "subject": one.subject or None,
                "backbone": one.teacher.backbone,
                "free": not one.why,
                "why": list(one.why),
            }
            for one in found.people
        ],
        "status": found.found.status,
        "moves": [{"entry": name, "to": end} for name, end in found.found.going],
        "wanted": [
            {
                "stage": one.stage.value,
                "what": one.term,
                "from": one.wanted.start,
                "to": one.wanted.end,
                "count": one.wanted.count,
                "filled": filled,
            }
            for one, filled in zip(found.helping, found.found.filled, strict=True)
        ],
        "shared": found.found.shared,
    }


def _year(year: Year) -> dict[str, Any]:
    now = year.with_more(0, 0)
    return {
        "eligible": year.eligible,
        "moved": now.moved,
        "backbone": now.backbone,
        "needed": now.needed,
        "needed_backbone": now.needed_backbone,
        "enough": now.enough,
    }


def _print(found: Rotation, counted: Counted, *, measured: bool) -> None:
    from xianxue.desk.plan.rotating.rotating import reasons  # noqa: PLC0415 - needs the engine

    names = {place.code: place.name for place in counted.register}
    for said in (*_year_said(found, counted), *_rules_said(found, counted)):
        echo_paragraph(said)
    if not found.people:
        echo_paragraph(say("教职工名册里一名教师也没有，排不出谁可以交流。"))
    else:
        echo(
            say(
                "名册里 {n} 名教师和校长，可以交流的 {m} 名，其中县级以上骨干 {k} 名。",
                n=len(found.people),
                m=len(found.free),
                k=sum(one.teacher.backbone for one in found.free),
            )
        )
        many = Counter(one.teacher.school for one in found.free)
        rows = [(names.get(code, code), str(many[code])) for code in sorted(many)]
        if rows:
            print_table(say("可以交流的教师"), (say("学校"), say("人数")), rows)
        rows = [(why, str(count)) for why, count in reasons(found.people).items()]
        if rows:
            print_table(say("不能交流的原因"), (say("原因"), say("人数")), rows)
        stay = [
            (one.teacher.teacher, names.get(one.teacher.school, one.teacher.school), _why(one.why))
            for one in found.people
            if one.why
        ]
        if stay:
            columns = (say("名册编号"), say("学校"), say("原因"))
            print_table(say("不能交流的教师"), columns, stay)
    _print_moves(found, names)
    if not measured:
        echo_paragraph(say("没有给出路程和夫妻，没有按路程限制，也没有把夫妻排在一起。"))
    echo_paragraph(say("以上都是设想，没有调动任何人；正式名单按程序另行确定。"))


def _why(found: tuple[Sentence, ...]) -> Sentence:
    return joined("；", found)


def _year_said(found: Rotation, counted: Counted) -> Iterator[Sentence]:
    if found.year is None:
        yield say("报表里符合交流条件、已交流的教师数不全，算不出应交流多少人。")
        return
    now = found.year.with_more(0, 0)
    yield say(
        "{period}：符合交流条件 {n} 人，应交流不少于 {needed} 人，已交流 {moved} 人；"
        "其中骨干应不少于 {good} 人，已有 {backbone} 人：{verdict}。",
        period=counted.period.term,
        n=found.year.eligible,
        needed=now.needed,
        moved=now.moved,
        good=now.needed_backbone,
        backbone=now.backbone,
        verdict=say("达到规定") if now.enough else say("没有达到规定"),
    )
    if now.moved >= now.needed and not now.enough:
        yield say("交流的人数够了，骨干不够：再多交流普通教师，骨干要得更多。")


def _rules_said(found: Rotation, counted: Counted) -> Iterator[Sentence]:
    if found.year is not None:
        moved, good = found.year.shares.moved, found.year.shares.backbone
        cited = {counted.shelf.cite(one.citation) for one in found.lines if one.citation}
        yield say(
            "依据：交流教师不低于符合条件的 {moved}%，其中骨干不低于 {good}%（{cited}）。",
            moved=plain(moved * _HUNDRED),
            good=plain(good * _HUNDRED),
            cited=joined("、", sorted(cited)),
        )
    here, left = (counted.shelf.cite(one.citation) for one in found.values)
    yield say(
        "年限：在同一学校满 {n} 年（{here}）；离退休不足 {m} 年的不动（{left}）。",
        n=found.law.years_here,
        m=found.law.years_left,
        here=here,
        left=left,
    )


def _print_moves(found: Rotation, names: dict[str, str]) -> None:
    people = {one.teacher.teacher: one for one in found.people}
    rows = [
        (
            name,
            people[name].subject or "—",
            names.get(people[name].teacher.school, people[name].teacher.school),
            names.get(end, end),
        )
        for name, end in found.found.going
    ]
    if rows:
        columns = (say("名册编号"), say("学科"), say("调出"), say("调入"))
        print_table(say("可以这样安排（设想）"), columns, rows)
        if not found.found.shared:
            echo_paragraph(say("这样安排，骨干的比例仍达不到规定：可以交流的骨干不够。"))
    wanted = sum(one.wanted.count for one in found.helping)
    filled = sum(found.found.filled)
    if wanted:
        echo_paragraph(
            say(
                "要让差异系数都在上限以内，需调动 {n} 人次；名册里找得到人的 {m} 人次。",
                n=wanted,
                m=filled,
            )
        )
    if wanted > filled:
        rows = [
            (
                say("{stage}{what}", stage=one.stage.term, what=one.term),
                names.get(one.wanted.start, one.wanted.start),
                names.get(one.wanted.end, one.wanted.end),
                str(one.wanted.count - many),
            )
            for one, many in zip(found.helping, found.found.filled, strict=True)
            if one.wanted.count > many
        ]
        columns = (say("教师"), say("调出"), say("调入"), say("还缺几人"))
        print_table(say("名册里没有合适的人"), columns, rows)
