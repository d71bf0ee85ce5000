"""``xianxue appraise contest``: who gets a post by marks, as the notice rounds and exactly."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import click

from xianxue.bureau.appraisal.contest import Outcome, Placed, Round, hold
from xianxue.bureau.kinds.appraisal.contest import Contest
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import (
    echo_paragraph,
    json_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, shelf_here

_OUTCOMES: Final[dict[Outcome, Sentence]] = {
    "chosen": say("聘上"),
    "tied": say("并列待定"),
    "behind": say("落聘"),
    "minimum": say("低于最低线"),
    "absent": say("缺考"),
}
_DIGITS: Final = 4
_EXACT: Final = 6


class Places(click.ParamType):
    """A post and how many it takes: ``语文=2``."""

    name = "post"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Give both; a usage error for what is none."""
        if isinstance(value, tuple):
            return value
        post, sign, many = str(value).rpartition("=")
        if not sign or not post.strip() or not many.isascii() or not many.isdecimal():
            self.fail(tell(say("“{text}”要写成 岗位=名额", text=str(value))), param, ctx)
        if not 1 <= len(many.lstrip("0")) <= _EXACT:
            self.fail(tell(say("名额是 1 或更大的整数")), param, ctx)
        return post.strip(), int(many)


@command("contest")
@click.argument("file", type=GivenFile())
@option("--for", "name", required=True, help="按哪个办法：竞聘办法卡片的编号（写错会列出）")
@option("--places", type=Places(), multiple=True, required=True, help="岗位=名额，可写多次")
@workspace_option
@json_option
def hold_contest(
    file: Path,
    *,
    name: str,
    places: tuple[tuple[str, int], ...],
    workspace: Path | None,
    as_json: bool,
) -> None:
    """竞聘：按办法算总分、排名、聘上和落聘；舍入改变名次时两种结果都写明"""
    contests = shelf_here(workspace).contests
    card = contests.get(name)
    if card is None:
        there = [say("{name}（{term}）", name=key, term=one.term) for key, one in contests.items()]
        message = say("没有竞聘办法“{name}”；现有：{known}", name=name, known=joined("、", there))
        raise MisusedError(message)
    from xianxue.desk.appraisal.contestants import read_contestants  # noqa: PLC0415 - reads workbooks

    posts = dict(places)
    found = hold(card, posts, read_contestants(file, card, posts))
    if as_json:
        print_json(_told(card, found))
        return
    _print(card, found)


def _told(card: Contest, found: Round) -> dict[str, Any]:
    return {
        "contest": card.contest,
        "placed": [
            {
                "name": one.name,
                "post": one.post,
                "outcome": one.outcome,
                "total": _exactly(one.total),
                "exact": _exactly(one.exact),
                "rank": one.rank,
                "exact_rank": one.exact_rank,
                "because": one.because,
            }
            for one in found.placed
        ],
        "left_out": found.left_out,
        "vacant": [{"post": post, "places": many} for post, many in found.vacant.items()],
        "coefficients": [
            {
                "part": part,
                "panel": panel,
                "mean": _exactly(one.mean),
                "exact": _exactly(one.exact),
                "used": _exactly(one.used),
            }
            for part, panels in found.coefficients.items()
            for panel, one in panels.items()
        ],
        "rounding_decides": found.rounding_decides,
    }


def _exactly(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _print(card: Contest, found: Round) -> None:
    heads = (say("岗位"), say("名次"), say("姓名"), say("总分"), say("结果"), say("说明"))
    digits = _DIGITS if card.decimals is None else card.decimals
    rows = [_row(one, digits) for one in found.placed]
    print_table(card.term, heads, rows)
    for part, panels in found.coefficients.items():
        term = next(one.term for one in card.parts if one.part == part)
        told = [
            say(
                "{panel} 平均 {mean}，系数 {used}（不舍入 {exact}）",
                panel=panel,
                mean=shown(one.mean, _DIGITS),
                used=plain(one.used, _EXACT),
                exact=shown(one.exact, _EXACT),
            )
            for panel, one in panels.items()
        ]
        echo_paragraph(say("{part}考场修正：{told}。", part=term, told=joined("；", told)))
    if found.rounding_decides:
        _print_both(found.placed)
    left = [say("{post} {n} 个", post=post, n=many) for post, many in found.vacant.items() if many]
    if left:
        echo(say("还剩名额：{left}。", left=joined("、", left)))
    if found.left_out:
        echo_paragraph(say("落聘名单：{names}。", names=joined("、", found.left_out)))


def _row(one: Placed, digits: int) -> tuple[Sentence | str, ...]:
    total = "—" if one.total is None else shown(one.total, digits)
    rank = "—" if one.rank is None else str(one.rank)
    return one.post, rank, one.name, total, _OUTCOMES[one.outcome], one.because


def _print_both(placed: Iterable[Placed]) -> None:
    """Say whose rank is another without rounding."""
    echo_paragraph(say("按公告舍入和不舍入，名次不同的人："))
    for one in placed:
        if one.rank != one.exact_rank and one.exact is not None:
            echo_paragraph(
                say(
                    "- {name}：按公告第 {rank} 名，不舍入第 {exact} 名（{total}）",
                    name=one.name,
                    rank=one.rank,
                    exact=one.exact_rank,
                    total=shown(one.exact, _DIGITS),
                )
            )
