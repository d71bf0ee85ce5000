"""``xianxue returns``: explanations of unusual values, and all that was said about a return."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.record import as_dict
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.returns.options import actor_options, form_option, key_of, person
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, Workspace


@command()
@form_option
@workspace_option
@period_option
@option("--rule", default="", help="规则的编号，一格只被问到一处时可省略")
@option("--place", required=True, help="单位代码")
@option("--field", required=True, help="哪一格：学生!C4，或 表.行.栏，如 students.G1.girls")
@option("--value", default="", help="说明的是哪个值，默认是已报的")
@option("--text", required=True, help="情况说明")
@actor_options("school_clerk")
@json_option
def explain(  # noqa: PLR0913, PLR0917 - options of one command
    form: str | None,
    workspace: Path | None,
    period: str | None,
    rule: str,
    place: str,
    field: str,
    value: str,
    text: str,
    name: str,
    role: str,
    own: str,
    *,
    as_json: bool,
) -> None:
    """填写情况说明，值不变时以后不用再写"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    ground = open_ground(opened)
    from xianxue.desk.actions.asked_of import unasked  # noqa: PLC0415 - as above
    from xianxue.desk.actions.explain import Explain, Unusual  # noqa: PLC0415 - as above
    from xianxue.desk.returns.asked_about import asked_about  # noqa: PLC0415 - as above, and engine

    nobody = unasked(ground, key)
    if nobody is not None:
        raise ComplaintsError([nobody])
    who = ground.actor(person(ground, name, role, own), place)
    unusual = asked_about(opened, ground, key, Unusual(rule, field.strip(), value))
    kept = Explain(ground, who, clock.now(), text)(key, unusual)
    if as_json:
        print_json(
            {
                "form": kept.form,
                "rule": kept.rule,
                "place": kept.place,
                "field": kept.field,
                "value": kept.value,
                "text": kept.text,
                "by": kept.by,
                "first_period": kept.first_period,
            }
        )
    else:
        echo(
            say(
                "{title} {field} = {value}：说明已记下",
                title=ground.title(key),
                field=kept.field,
                value=kept.value,
            )
        )


@command()
@option("--rule", default="", help="只看这一条规则的")
@option("--place", default="", help="只看这个单位的")
@workspace_option
@json_option
def explanations(rule: str, place: str, workspace: Path | None, *, as_json: bool) -> None:
    """同一规则的各校说明放在一起看"""
    from xianxue.bureau.returns.checking.explanations import side_by_side  # noqa: PLC0415 - only here
    from xianxue.desk.returns.explanations import explained  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(Workspace.open(workspace))
    given = explained(rule=rule, place=place)
    rules = sorted({each.rule for each in given})
    found = {one: side_by_side(one, given, ground.shelf, ground.register) for one in rules}
    if as_json:
        print_json([{"rule": one, **as_dict(each)} for one, rows in found.items() for each in rows])
        return
    if not found:
        echo(say("没有情况说明。"))
    columns = (
        say("单位"),
        say("项目"),
        say("值"),
        say("说明"),
        say("谁写的"),
        say("哪天"),
        say("同样的说明"),
    )
    for one, rows in found.items():
        lines = [
            (each.name, each.where, each.value, each.text, each.by, each.on, _alike(each.same_text))
            for each in rows
        ]
        print_table(say("规则 {one}", one=one), columns, lines)


def _alike(places: int) -> str:
    return say("{places} 家", places=places) if places > 1 else ""


@command()
@form_option
@option("--place", required=True, help="单位代码")
@workspace_option
@period_option
@json_option
def trail(
    form: str | None, place: str, workspace: Path | None, period: str | None, *, as_json: bool
) -> None:
    """一份报表走到哪里、每一步谁办的、为什么，各版、批注"""
    from xianxue.desk.returns.history import trail_of  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    key = key_of(opened, period, place, form)
    ground = open_ground(opened)
    from xianxue.desk.actions.asked_of import unasked  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.journal.steps import steps_of  # noqa: PLC0415 - as above

    found, steps = trail_of(ground, key), steps_of(ground, key)
    nobody = None if found.revisions or steps else unasked(ground, key)
    if nobody is not None:
        raise ComplaintsError([nobody])
    if as_json:
        print_json(as_dict(found) | {"steps": steps})
        return
    head = say("{title}：{term}", title=ground.title(key), term=found.term)
    echo(head + (say("（{deadline}）", deadline=found.deadline) if found.deadline else ""))
    for step in steps:
        echo(glued(("  ", step.told)))
    for revision in found.revisions:
        marks = say("，已通过") if revision.accepted else ""
        signed = (
            say("，{clerk}、{head} 签名", clerk=revision.clerk, head=revision.head)
            if revision.clerk
            else ""
        )
        echo(
            say(
                "第 {number} 版  {at}  {file}{signed}{marks}",
                number=revision.number,
                at=revision.at,
                file=revision.file,
                signed=signed,
                marks=marks,
            )
        )
        if revision.foot:
            echo(
                say(
                    "    表脚：{said}",
                    said=_below(opened.shelf.form_in(key.form, key.period), revision.foot),
                )
            )
        for scan in revision.scans:
            echo(say("    盖章扫描件：{file}（摘要 {digest}）", file=scan.file, digest=scan.digest))
        for comment in revision.comments:
            where = (
                say("〔{tab}〕{cell}", tab=comment.tab, cell=comment.cell)
                if comment.tab
                else say("整张表")
            )
            echo(
                say(
                    "    {where}：{text}（{by} {at}）",
                    where=where,
                    text=comment.text,
                    by=comment.by,
                    at=comment.at,
                )
            )


def _below(form: Form, foot: Mapping[str, str]) -> str:
    """Say what was written below a return; of what is personal only that it was."""
    hidden = say("（个人信息，不显示）")
    said = [
        say("{term}{what}", term=item.term, what=foot[item.item] or hidden)
        for item in form.foot
        if item.item in foot
    ]
    return joined("、", said)


COMMANDS: Final = (explain, explanations, trail)
"""What ``xianxue returns`` takes over from here."""
