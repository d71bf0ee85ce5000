"""``xianxue ballots enter``: paper ballots, entered by two people; differences are shown."""

from __future__ import annotations

import os
from pathlib import Path

import click

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, say_next, workspace_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace


@command("enter")
@ballot_argument
@click.argument("file", required=False, default="")
@option("--by", required=True, help="谁录的；两个人各录一遍")
@workspace_option
@json_option
def enter(ballot: str, file: str, by: str, workspace: Path | None, *, as_json: bool) -> None:
    """录入纸质票：一行一张，列名是被测评人或题目；两个人各录一遍，列出不同

    只有一次没有计票的，编号可以不写，只写文件。
    """
    # Of two arguments the first is the one that may be left out.
    ballot, named = (ballot, file) if file else ("", ballot)
    if not named:
        raise MisusedError(say("请写明要录入的文件"))
    path = Path(os.fsdecode(GivenFile().convert(named, None, click.get_current_context())))
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    poll = polls.poll_named(opened, ballot)
    from xianxue.desk.actions.ballots.enter_papers import EnterPapers, entered  # noqa: PLC0415 - as above
    from xianxue.desk.actions.ballots.opened import opened as held_of  # noqa: PLC0415 - as above
    from xianxue.desk.ballots import entering  # noqa: PLC0415 - as above
    from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - needs workbook libraries

    held = held_of(poll)
    heads = list(entering.heads_of(held))
    # What is the same for all papers may be left out; each that is there is read.
    heads += [one for one in entering.BESIDE if _has(path, [*heads, one])]
    papers = entering.papers_in(held, heads, find_columns(path, heads).rows)
    EnterPapers(*polls.who_does(opened, by, "office_clerk"))(poll, papers)
    state = entered(poll)
    if as_json:
        print_json(
            {
                "ballot": poll.key,
                "papers": sum(papers.values()),
                "people": list(state.people),
                "agree": state.agree,
                "differences": [
                    {"paper": paper, "before": one, "now": other}
                    for paper, one, other in state.differences
                ],
            }
        )
        return
    echo(say("{by}录了 {n} 张纸质票。", by=by, n=sum(papers.values())))
    if state.agree:
        echo(say("{people}录得一样。", people=joined("、", state.people[-2:])))
        return
    if not state.differences:
        say_next(say("由另一个人再录一遍"))
        return
    rows = [
        (entering.paper_told(held, paper), str(one), str(other))
        for paper, one, other in state.differences
    ]
    title = say("两人录得不同的票")
    print_table(title, (say("票"), state.people[-2], state.people[-1]), rows)
    say_next(say("对着纸质票逐张核对，录错的人重录"))


def _has(file: Path, heads: list[str]) -> bool:
    from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - needs workbook libraries

    try:
        find_columns(file, heads)
    except ComplaintsError:
        return False
    return True
