"""``xianxue ballots sample``: how many to ask, of which school, and who, drawn from a frame."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.ballots.sampling import Size, spread
from xianxue.bureau.ballots.tables import wanted
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.ballots.drawing import Drawing, draw_from
from xianxue.desk.cli.ballots.sizing import Number, Sizing, sizing
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, shelf_here

_HEADS, _ENGLISH = ("学校", "人数"), ("school", "people")
"""Heads of the table of schools, in the two languages in which its help names them."""
_PERCENT: Final = 100


@command("sample")
@click.argument("frame", type=GivenFile(), required=False)
@sizing
@option("--table", default="", help="按督导部门的分档：卡片编号（写错会列出）")
@option("--schools", type=GivenFile(), help="只按学校分配：一张有“学校”“人数”两列的表")
@option("--least", type=click.IntRange(min=0), default=0, help="每校至少几份")
@option("--seed", default="", help="抽样的种子，公布用；不写随机取一个")
@option("--spare", type=Number(), default="100", help="替补占主样本的百分之几（默认 100）")
@option("--confirmed", default="", help="份数没有核实的抽样表，写明与谁核对过")
@option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="抽样名单 .xlsx")
@workspace_option
@json_option
def sample(  # noqa: PLR0913 - an option each
    frame: Path | None,
    *,
    sized: Sizing,
    table: str,
    schools: Path | None,
    least: int,
    seed: str,
    spare: Fraction,
    confirmed: str,
    output: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """算要多少份问卷，分到各校；给出名单的，从中抽样

    名单是一张表：有“学校”“类别”和“编号”（一人一行），或“人数”（一校一类一行，抽的是第几位）。
    """
    card = _table(table, sized.population, workspace) if table else None
    if frame is not None:
        if output is None:
            raise MisusedError(say("抽样请用 -o 写明抽样名单写到哪里"))
        drawing = Drawing(
            sized=sized, table=card, least=least, seed=seed.strip(), spare=spare / _PERCENT,
            confirmed=confirmed.strip(),
        )  # fmt: skip
        draw_from(frame, drawing, output, as_json=as_json)
        return
    if card is not None:
        _by_table(card, sized.population or 0, workspace, as_json=as_json)
        return
    sizes = {} if schools is None else _sizes(schools)
    whole = sum(sizes.values()) if sized.population is None and sizes else sized.population
    found = sized.size(whole)
    given = _spread(sizes, found.sent, least) if sizes else {}
    if as_json:
        print_json(
            {
                "n": found.answers,
                "send": found.sent,
                "unrounded": plain(found.exact, 4),
                "unlimited": plain(found.unlimited, 4),
                "population": whole,
                "margin": plain(sized.margin),
                "confidence": int(sized.confidence),
                "share": plain(sized.share),
                "design_effect": plain(sized.effect),
                "schools": [{"school": name, "n": many} for name, many in given.items()],
            }
        )
        return
    _print(found, whole, given)


def _table(name: str, residents: int | None, workspace: Path | None) -> SampleTable:
    shelf = shelf_here(workspace)
    card = shelf.samples.get(name)
    if card is None:
        known = joined("、", shelf.samples)
        raise MisusedError(say("没有抽样表“{name}”；现有：{known}", name=name, known=known))
    if residents is None:
        raise MisusedError(say("按分档抽样，请用 --population 写明常住人口"))
    return card


def _by_table(card: SampleTable, residents: int, workspace: Path | None, *, as_json: bool) -> None:
    found = wanted(card, residents)
    if as_json:
        groups = [
            {"group": one.group, "n": found.groups[one.group], "at_least": one.at_least}
            for one in card.groups
        ]
        told = {"n": found.answers, "send": found.answers, "population": residents}
        print_json(
            told | {"table": card.sample, "confirm": card.confirm, "groups": groups, "schools": []}
        )
        return
    rows = [
        (one.term, say("至少 {n}", n=many) if one.at_least else str(many))
        for one in card.groups
        if (many := found.groups[one.group])
    ]
    print_table(card.term, (say("对象"), say("份数")), rows)
    echo(say("常住人口 {n} 人：一共 {m} 份。", n=residents, m=found.answers))
    echo(say("依据：{source}", source=shelf_here(workspace).cite(card.source.citation)))
    if card.confirm:
        echo(say("注意：{note}。", note=card.confirm))


def _sizes(path: Path) -> Mapping[str, int]:
    """Read how many each school has; ComplaintsError with each row that does not say it."""
    from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - for this option alone

    try:
        found = find_columns(path, _HEADS)
    except ComplaintsError as error:
        try:
            found = find_columns(path, _ENGLISH)
        except ComplaintsError:
            raise error from None
    sizes: dict[str, int] = {}
    issues: list[Issue] = []
    for row, (name, many) in enumerate(found.rows):
        if not name.strip():
            issues.append(found.complain(row, 0, "B-SCHOOL", say("没有校名"), say("每行一所学校")))
        elif name.strip() in sizes:
            saw = say("“{name}”写了两次", name=name.strip())
            issues.append(found.complain(row, 0, "B-TWICE", saw, say("每所学校一行")))
        elif not many.strip().isdecimal():
            saw = say("人数写了“{text}”", text=many.strip())
            issues.append(found.complain(row, 1, "B-MANY", saw, say("0 或正整数")))
        sizes[name.strip()] = int(many) if many.strip().isdecimal() else 0
    if issues:
        raise ComplaintsError(issues)
    return sizes


def _spread(sizes: Mapping[str, int], many: int, least: int) -> Mapping[str, int]:
    whole = sum(sizes.values())
    needed = sum(min(least, size) for size in sizes.values())
    if many > whole:
        raise MisusedError(say("要 {n} 份，各校一共只有 {m} 人", n=many, m=whole))
    if many < needed:
        saw = say("一共 {n} 份，每校至少 {least} 份要 {m} 份", n=many, least=least, m=needed)
        raise MisusedError(saw)
    return spread(sizes, many, least=least)


def _print(found: Size, population: int | None, given: Mapping[str, int]) -> None:
    if given:
        rows = [(name, str(many)) for name, many in given.items()]
        print_table(say("各校份数"), (say("学校"), say("份数")), rows)
    of = say("人数不限") if population is None else say("总体 {n} 人", n=population)
    exact = shown(found.exact, 2)
    echo(
        say("{of}：要 {n} 份有效问卷（算得 {exact}，进一）。", of=of, n=found.answers, exact=exact)
    )
    if found.sent != found.answers:
        echo(say("按预计回收率，要发 {n} 份。", n=found.sent))
