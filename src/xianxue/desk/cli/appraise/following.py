"""``xianxue appraise consequences``, ``take-up``, ``refuse``, ``reply``: what follows, decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.appraise.options import (
    LEADER,
    by_options,
    desk_of,
    period_option,
    prepared,
    ready,
)
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option

if TYPE_CHECKING:
    from typing import Unpack

    from xianxue.desk.actions.appraisal.following import Proposal
    from xianxue.desk.cli.appraise.options import By

KINDS: Final[Mapping[str, Sentence]] = {
    "reward": say("奖励"),
    "mend": say("限期整改"),
    "freeze": say("冻结评优"),
    "circular": say("通报"),
    "proposal": say("建议"),
}
_STANDING: Final[Mapping[str, Sentence]] = {
    "proposed": say("待决定"),
    "taken": say("已采纳"),
    "refused": say("不采纳"),
}
_place_option = option("--place", required=True, help="哪一家：代码或名称")


@command("consequences")
@click.argument("rubric")
@period_option
@option("--place", default="", help="只看这一家：代码")
@workspace_option
@json_option
def consequences(
    rubric: str, *, period: str | None, place: str, workspace: Path | None, as_json: bool
) -> None:
    """看公示的结果带来什么：奖励、限期整改、冻结评优、通报、停止办学的建议，决定了没有"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.consequences import proposals  # noqa: PLC0415 - needs Django
    from xianxue.desk.appraisal.deeds import Desk  # noqa: PLC0415 - as above

    desk = Desk.at(opened, rubric, period)
    found = proposals(desk, place)
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    if not found:
        echo(say("没有公示过的结果，或者没有后果可提。"))
        return
    rows = [
        (one.card.consequence, KINDS[one.card.kind], one.name, one.term, _what(one), _stands(one))
        for one in found
    ]
    heads = (say("编号"), say("种类"), say("对象"), say("建议"), say("内容"), say("决定"))
    print_table(say("{term}：结果运用", term=desk.asked.rubric.term), heads, rows)
    say_next(say("采纳：xianxue appraise take-up {rubric} 编号 --place 代码", rubric=rubric))


def _what(one: Proposal) -> Sentence | str:
    parts: list[Sentence | str] = []
    if one.amount is not None:
        amount = plain(Fraction(one.amount))
        parts.append(say("{amount} 元，从{line}支出", amount=amount, line=one.card.line))
    if one.due is not None:
        parts.append(say("期限 {day}", day=one.due.isoformat()))
    if one.until is not None:
        parts.append(say("到 {day}", day=one.until.isoformat()))
    if one.entry:
        parts.append(say("已登记 {entry}", entry=one.entry))
    return joined("，", [one.because, *parts])


def _stands(one: Proposal) -> Sentence | str:
    stands: Sentence | str = _STANDING[one.standing]
    if one.why:
        stands = say("{stands}：{why}", stands=stands, why=one.why)
    return say("{stands}（结果已变）", stands=stands) if one.overtaken else stands


def _as_json(one: Proposal) -> dict[str, Any]:
    return {
        "consequence": one.card.consequence,
        "kind": one.card.kind,
        "term": one.term,
        "place": one.place,
        "name": one.name,
        "grade": one.grade or None,
        "because": one.because,
        "amount": None if one.amount is None else plain(Fraction(one.amount)),
        "line": one.card.line or None,
        "due": None if one.due is None else one.due.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
        "steps": [
            {
                "step": step.step,
                "term": step.term,
                "day": step.day.isoformat(),
                "until": None if step.until is None else step.until.isoformat(),
                "because": step.because,
                "entries": list(step.entries),
            }
            for step in one.steps
        ],
        "replies": list(one.replies),
        "standing": one.standing,
        "by": one.by or None,
        "on": None if one.on is None else one.on.isoformat(),
        "why": one.why or None,
        "entry": one.entry or None,
        "overtaken": one.overtaken,
    }


@command("circular")
@click.argument("rubric")
@click.argument("consequence", default="")
@period_option
@option("-o", "output", type=click.Path(path_type=Path), required=True, help="写到哪个 .docx")
@option("--number", default="", help="发文字号，如 示教〔2026〕3号")
@option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="成文日期（默认今天）")
@workspace_option
def circular(  # noqa: PLR0913, PLR0917 - options of one command
    rubric: str,
    consequence: str,
    period: str | None,
    output: Path,
    number: str,
    on: datetime | None,
    workspace: Path | None,
) -> None:
    """写结果的通报：点名的单位还没有决定的，是征求意见稿；都决定了，是印发稿"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.deeds import Desk  # noqa: PLC0415 - needs Django
    from xianxue.desk.report.appraisal_circular import circular as write  # noqa: PLC0415 - as above
    from xianxue.desk.stores import clock  # noqa: PLC0415 - as above

    desk = Desk.at(opened, rubric, period)
    written = write(desk, on.date() if on else clock.day_of(clock.now()), consequence, number)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(written.document)
    for line in written.paper.lines():
        echo(line)
    for issue in written.issues:
        echo(issue.message)
    echo(say("已写到 {file}。", file=str(output)))


@command("take-up")
@click.argument("rubric")
@click.argument("consequence")
@_place_option
@by_options(LEADER, "leader")
def take_up(rubric: str, consequence: str, *, place: str, **who: Unpack[By]) -> None:
    """采纳一条结果运用的建议；限期整改的，同时登记到台账"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.following import TakeUp  # noqa: PLC0415 - needs Django
    from xianxue.desk.appraisal.consequences import proposal  # noqa: PLC0415 - as above

    found = proposal(desk, consequence, place)
    line = prepared(desk, TakeUp, who)(desk.about(), found)
    echo(say("已采纳：{name} {term}。", name=found.name, term=found.term))
    if entry := line.said.get("entry"):
        echo(say("已登记到台账：{entry}，期限 {due}。", entry=entry, due=line.said["due"]))


@command("refuse")
@click.argument("rubric")
@click.argument("consequence")
@_place_option
@by_options(LEADER, "leader")
def refuse(rubric: str, consequence: str, *, place: str, **who: Unpack[By]) -> None:
    """不采纳一条结果运用的建议，用 --why 写明理由"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.following import Refuse  # noqa: PLC0415 - needs Django
    from xianxue.desk.appraisal.consequences import proposal  # noqa: PLC0415 - as above

    found = proposal(desk, consequence, place)
    prepared(desk, Refuse, who)(desk.about(), found)
    echo(say("已记下不采纳：{name} {term}。", name=found.name, term=found.term))


@command("reply")
@click.argument("rubric")
@click.argument("consequence")
@click.argument("text")
@_place_option
@by_options("本机校长", "school_head")
def reply(rubric: str, consequence: str, text: str, *, place: str, **who: Unpack[By]) -> None:
    """对一条建议（通报、整改、停止办学）提出申辩，在决定以前"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.following import Reply  # noqa: PLC0415 - needs Django
    from xianxue.desk.appraisal.consequences import proposal  # noqa: PLC0415 - as above

    found = proposal(desk, consequence, place)
    who["own"] = who["own"] or found.place
    prepared(desk, Reply, who)(desk.about(), found, text)
    echo(say("申辩已收：{name}。", name=found.name))
