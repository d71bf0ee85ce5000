"""Asking on a terminal: one question for each column that is not sure, one for all unknown."""

from __future__ import annotations

import click

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.mapping.decisions import decided
from xianxue.bureau.returns.mapping.proposal import Proposal, name_of
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.returns.sheets.layout import letters
from xianxue.desk.cli.language import echo
from xianxue.desk.returns.mapping.decisions import target_of
from xianxue.desk.returns.mapping.tables import Looked
from xianxue.desk.workspace import MisusedError

_SKIP = "-"


def ask(looked: Looked, shelf: Shelf) -> Looked:
    """Ask what is not sure; what nobody answers stays open. Nothing is asked of a useless table."""
    if not looked.proposals.values or not looked.open_columns:
        return looked
    click.echo(f"{looked.named}：回车＝照建议，{_SKIP}＝不读，或者写项目")
    chosen: dict[int, Target] = {}
    skipped: set[int] = set()
    for each in looked.proposals.columns:
        if each.certainty == "ask":
            target = _ask_one(looked, each, shelf)
            if target is None:
                skipped.add(each.head.at)
            else:
                chosen[each.head.at] = target
    unknown = [each for each in looked.proposals.columns if each.certainty == "unknown"]
    if unknown:
        named = "、".join(f"{letters(each.head.at)} {name_of(each.head)}" for each in unknown)
        click.echo(f"不认识的 {len(unknown)} 列：{named}")
        if click.confirm("都不读？", default=True):
            skipped |= {each.head.at for each in unknown}
        else:
            for each in unknown:
                target = _ask_one(looked, each, shelf)
                if target is None:
                    skipped.add(each.head.at)
                else:
                    chosen[each.head.at] = target
    return looked.having(decided(looked.proposals, chosen, skipped, rest=True))


def _ask_one(looked: Looked, each: Proposal, shelf: Shelf) -> Target | None:
    proposed = each.target.reference if each.target else _SKIP
    like = f"像{each.target.named}：{each.doubt}" if each.target else each.doubt
    example = f"，例如“{each.example}”" if each.example else ""
    question = f"{letters(each.head.at)}“{name_of(each.head)}”{example}（{like}）"
    while True:
        said = click.prompt(question, default=proposed, type=str).strip()
        if said == _SKIP:
            return None
        try:
            return target_of(looked, said, shelf)
        except MisusedError as error:
            echo(error.args[0])
