"""``xianxue ballots rank``: who may be called first, and why nobody where nobody may."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.ballots.ranking import Standing

_PERCENT: Final = 100
_SHOWN: Final = 1
_HEADS: Final = (say("单位"), say("作评价"), say("满意率（%）"), say("区间（%）"))


@command("rank")
@ballot_argument
@workspace_option
@json_option
def rank(ballot: str, workspace: Path | None, *, as_json: bool) -> None:
    """比各单位、各校的满意率：区间不重叠才说谁第一"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import poll_named  # noqa: PLC0415 - needs Django

    poll = poll_named(opened, ballot)
    from xianxue.desk.ballots.ranking import rankings  # noqa: PLC0415 - as above

    found = rankings(poll, opened.register)
    if as_json:
        print_json(
            {
                "ballot": poll.key,
                "questions": [
                    {"question": one.term, "first": one.first or None, "untold": one.untold,
                     "standings": [_line(each) for each in one.standings]}
                    for one in found
                ],
            }
        )  # fmt: skip
        return
    if not found:
        raise MisusedError(say("{title}没有可比的单位或学校", title=poll.title))
    for one in found:
        rows = [(each.name, str(each.judged), each.percent, each.between) for each in one.standings]
        print_table(one.term, _HEADS, rows)
        echo(one.verdict)
    echo(say("区间按 95% 的把握算（score interval）。"))


def _line(one: Standing) -> dict[str, Any]:
    low, high = (plain(each, _SHOWN) for each in one.ends)
    return {
        "name": one.name,
        "judged": one.judged,
        "share": plain(one.share * _PERCENT, _SHOWN),
        "low": low,
        "high": high,
    }
