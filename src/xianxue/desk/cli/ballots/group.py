"""``xianxue ballots``: elections and surveys, from drawing who is asked to the minutes."""

from __future__ import annotations

import click

from xianxue.desk.cli.ballots.calling import calls
from xianxue.desk.cli.ballots.counting import count, list_ballots, status, verify
from xianxue.desk.cli.ballots.entering import enter
from xianxue.desk.cli.ballots.estimating import estimate
from xianxue.desk.cli.ballots.opening import burn, close, open_ballot, slips
from xianxue.desk.cli.ballots.ranking import rank
from xianxue.desk.cli.ballots.sampling import sample
from xianxue.desk.cli.ballots.writing import minutes, paper, tally, texts
from xianxue.desk.cli.spoken import Group


@click.group(cls=Group)
def ballots() -> None:
    """测评、选举和问卷：抽样、开票、发票、封票、计票、估计"""


for _command in (
    open_ballot, slips, status, burn, enter, close, count, verify, list_ballots,
    paper, tally, minutes, texts, sample, calls, estimate, rank,
):  # fmt: skip
    ballots.add_command(_command)
