"""``xianxue ballots calls``: how calls ended, whether replacing kept to its rule, and the rates."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.ballots.calling import TERMS, Called, called
from xianxue.bureau.ballots.response import rates
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table
from xianxue.desk.cli.spoken import GivenFile, command

_PERCENT: Final = 100
_RATES: Final = {
    "RR1": say("应答率 RR1：完成，不知是否对象的全算在内"),
    "RR2": say("应答率 RR2：同上，部分完成也算应答"),
    "RR3": say("应答率 RR3：完成，不知是否对象的按已知比例折算"),
    "RR4": say("应答率 RR4：同上，部分完成也算应答"),
    "RR5": say("应答率 RR5：完成，不知是否对象的都不算"),
    "RR6": say("应答率 RR6：同上，部分完成也算应答"),
    "COOP1": say("合作率 COOP1：联系上的人里完成的"),
    "COOP3": say("合作率 COOP3：联系上、能受访的人里完成的"),
    "REF1": say("拒访率 REF1"),
    "CON1": say("联系率 CON1"),
}


@command("calls")
@click.argument("file", type=GivenFile())
@json_option
def calls(file: Path, *, as_json: bool) -> None:
    """看电话访问的结果：各种结果几人、应答率，替补是否按规则用"""
    from xianxue.desk.ballots.frames import calls_in  # noqa: PLC0415 - reads workbooks

    found = called(calls_in(file))
    if as_json:
        told = rates(found.dispositions)
        shares = [
            {"rate": name,
             "value": None if one is None or found.waiting else plain(one * _PERCENT, 2)}
            for name, one in told.items()
        ]  # fmt: skip
        print_json(
            {
                "ends": [{"end": end, "n": many} for end, many in found.ends.items()],
                "waiting": found.waiting,
                "rates": shares,
                "lacking": [
                    {"school": school, "group": group, "n": many}
                    for (school, group), many in found.lacking.items()
                ],
                "early": [
                    {"school": one.drawn.listed.school, "group": one.drawn.listed.group,
                     "turn": one.drawn.turn}
                    for one in found.early
                ],
            }
        )  # fmt: skip
    else:
        _print(found)
    if found.early:
        raise SystemExit(1)


def _print(found: Called) -> None:
    ends = [(end, TERMS[end], str(many)) for end, many in found.ends.items()]
    print_table(say("访问结果"), (say("代号"), say("结果"), say("人数")), ends)
    if found.waiting:
        echo(say("主样本还有 {n} 人没有结果，应答率先不算。", n=found.waiting))
    else:
        rows: list[tuple[Sentence, str]] = [
            (_RATES[name], "—" if one is None else shown(one * _PERCENT, 2))
            for name, one in rates(found.dispositions).items()
        ]
        print_table(say("应答率（%）"), (say("口径"), "%"), rows)
    if found.lacking:
        short = [(school, group, str(many)) for (school, group), many in found.lacking.items()]
        print_table(say("还差的份数"), (say("学校"), say("类别"), say("份数")), short)
    for one in found.early:
        at = one.drawn
        echo(
            say(
                "{school} {group} 第 {turn} 位是替补，不该访：没有人空出位置，或前面的替补没有访。",
                school=at.listed.school,
                group=at.listed.group,
                turn=at.turn,
            )
        )
