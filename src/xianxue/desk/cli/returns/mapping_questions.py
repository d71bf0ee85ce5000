"""Asking on a terminal: one question for each column that is not sure, one for all unknown."""

from __future__ import annotations

import click

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.mapping.decisions import decided
from xianxue.bureau.returns.mapping.proposal import Proposal, name_of
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.spoken import confirm
from xianxue.desk.returns.mapping.decisions import target_of
from xianxue.desk.returns.mapping.tables import Looked
from xianxue.desk.workspace import MisusedError

_SKIP = "-"


def ask(looked: Looked, shelf: Shelf) -> Looked:
    """Ask what is not sure; what nobody answers stays open. Nothing is asked of a useless table."""
    if not looked.proposals.values or not looked.open_columns:
        return looked
    echo(say("{named}：回车＝照建议，{skip}＝不读，或者写项目", named=looked.named, skip=_SKIP))
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
        named = joined(
            "、", (looked.table.column(each.head.at) + " " + name_of(each.head) for each in unknown)
        )
        echo(say("不认识的 {n} 列：{named}", n=len(unknown), named=named))
        if confirm(say("都不读？"), default=True):
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
    proposed = tell(each.target.named) if each.target else _SKIP
    like = (
        say("像{named}：{doubt}", named=each.target.named, doubt=each.doubt)
        if each.target
        else each.doubt
    )
    example = say("，例如“{example}”", example=each.example) if each.example else ""
    question = say(
        "{column}“{name}”{example}（{like}）",
        column=looked.table.column(each.head.at),
        name=name_of(each.head),
        example=example,
        like=like,
    )
    while True:
        said = click.prompt(tell(question), default=proposed, type=str).strip()
        if said == _SKIP:
            return None
        if each.target is not None and said == proposed:
            return each.target
        try:
            return target_of(looked, said, shelf)
        except MisusedError as error:
            echo(error.args[0])
