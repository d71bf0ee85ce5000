"""``xianxue ballots``: how many to ask, and how they are spread over schools."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import click

from xianxue.bureau.ballots.sampling import Size, Z, sample_size, spread
from xianxue.bureau.ballots.tables import wanted
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.ballots.counting import count, list_ballots, status, verify
from xianxue.desk.cli.ballots.entering import enter
from xianxue.desk.cli.ballots.estimating import estimate
from xianxue.desk.cli.ballots.opening import burn, close, open_ballot, slips
from xianxue.desk.cli.ballots.writing import minutes, paper, tally, texts
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import GivenFile, Group, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, shelf_here

_PERCENT = 100
_HEADS, _ENGLISH = ("学校", "人数"), ("school", "people")
"""Heads of the table of schools, in the two languages in which its help names them."""
_DIGITS = 12


class Number(click.ParamType):
    """A number as somebody writes it, kept exactly: ``5``, ``1.5``, ``60%``."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Give the number; a usage error for what is none."""
        if isinstance(value, Fraction):
            return value
        text = str(value).removesuffix("%")
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        # An exponent of a million would be written out digit by digit.
        if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
            self.fail(tell(say("“{text}”不是数字", text=text)), param, ctx)
        return Fraction(number)


@click.group(cls=Group)
def ballots() -> None:
    """测评、选举和问卷：开票、发票、封票、计票，算样本量"""


@ballots.command()
@option("--population", type=click.IntRange(min=1), help="总体人数；不写按人数不限算")
@option("--margin", type=Number(), default="5", help="误差，百分点（默认 5）")
@option("--confidence", type=click.Choice([str(one) for one in Z]), default="95", help="置信度，%")
@option("--share", type=Number(), default="50", help="预计比例，%；不知道就用 50，需要的份数最多")
@option("--design-effect", "effect", type=Number(), default="1", help="设计效应（整群抽样大于 1）")
@option("--answering", type=Number(), default="100", help="预计回收率，%")
@option("--table", default="", help="按督导部门的分档：卡片编号（写错会列出）")
@option("--schools", type=GivenFile(), help="按学校分配：一张有“学校”“人数”两列的表")
@option("--least", type=click.IntRange(min=0), default=0, help="每校至少几份")
@workspace_option
@json_option
def sample(  # noqa: PLR0913, PLR0917 - an option each
    population: int | None,
    margin: Fraction,
    confidence: str,
    share: Fraction,
    effect: Fraction,
    answering: Fraction,
    table: str,
    schools: Path | None,
    least: int,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """算要多少份问卷，并分到各校"""
    if table:
        _by_table(table, population, workspace, as_json=as_json)
        return
    sizes = {} if schools is None else _sizes(schools)
    whole = sum(sizes.values()) if population is None and sizes else population
    _sensible(margin, share, effect, answering)
    found = sample_size(
        whole,
        margin / _PERCENT,
        confidence=int(confidence),
        share=share / _PERCENT,
        effect=effect,
        answering=answering / _PERCENT,
    )
    given = _spread(sizes, found.sent, least) if sizes else {}
    if as_json:
        print_json(
            {
                "n": found.answers,
                "send": found.sent,
                "unrounded": plain(found.exact, 4),
                "unlimited": plain(found.unlimited, 4),
                "population": whole,
                "margin": plain(margin),
                "confidence": int(confidence),
                "share": plain(share),
                "design_effect": plain(effect),
                "schools": [{"school": name, "n": many} for name, many in given.items()],
            }
        )
        return
    _print(found, whole, given)


def _by_table(name: str, residents: int | None, workspace: Path | None, *, as_json: bool) -> None:
    shelf = shelf_here(workspace)
    card = shelf.samples.get(name)
    if card is None:
        known = joined("、", shelf.samples)
        raise MisusedError(say("没有抽样表“{name}”；现有：{known}", name=name, known=known))
    if residents is None:
        raise MisusedError(say("按分档抽样，请用 --population 写明常住人口"))
    found = wanted(card, residents)
    if as_json:
        groups = [
            {"group": one.group, "n": found.groups[one.group], "at_least": one.at_least}
            for one in card.groups
        ]
        told = {"n": found.answers, "send": found.answers, "population": residents}
        print_json(told | {"table": name, "confirm": card.confirm, "groups": groups, "schools": []})
        return
    rows = [
        (one.term, say("至少 {n}", n=many) if one.at_least else str(many))
        for one in card.groups
        if (many := found.groups[one.group])
    ]
    print_table(card.term, (say("对象"), say("份数")), rows)
    echo(say("常住人口 {n} 人：一共 {m} 份。", n=residents, m=found.answers))
    echo(say("依据：{source}", source=shelf.cite(card.source.citation)))
    if card.confirm:
        echo(say("注意：{note}。", note=card.confirm))


def _sensible(margin: Fraction, share: Fraction, effect: Fraction, answering: Fraction) -> None:
    for name, value, fits in (
        (say("误差"), margin, 0 < margin < _PERCENT),
        (say("预计比例"), share, 0 < share < _PERCENT),
        (say("预计回收率"), answering, 0 < answering <= _PERCENT),
    ):
        if not fits:
            number = plain(value, 4)
            raise MisusedError(say("{name}写了 {n}；要在 0 到 100 之间", name=name, n=number))
    if effect < 1:
        raise MisusedError(say("设计效应写了 {n}；至少是 1", n=plain(effect, 4)))


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


for _command in (
    open_ballot, slips, status, burn, enter, close, count, verify, list_ballots,
    paper, tally, minutes, texts, estimate,
):  # fmt: skip
    ballots.add_command(_command)
