"""``xianxue appraise``: its commands, in the order in which they are used."""

from __future__ import annotations

import click

from xianxue.desk.cli.appraise.assessing import assign, begin, declare, mark
from xianxue.desk.cli.appraise.contest import hold_contest
from xianxue.desk.cli.appraise.differing import diff
from xianxue.desk.cli.appraise.eligible import eligible_person
from xianxue.desk.cli.appraise.explaining import explain
from xianxue.desk.cli.appraise.following import circular, consequences, refuse, reply, take_up
from xianxue.desk.cli.appraise.importing import import_system
from xianxue.desk.cli.appraise.matching import match_file
from xianxue.desk.cli.appraise.moving import appeal, close, decide, log, publish, step
from xianxue.desk.cli.appraise.packing import package
from xianxue.desk.cli.appraise.reporting import (
    absent,
    attach,
    give,
    hand_in,
    self_appraise,
    veto,
    withdraw,
)
from xianxue.desk.cli.appraise.results import list_rubrics, score
from xianxue.desk.cli.command_order import InOrder


@click.group(cls=InOrder)
def appraise() -> None:
    """评价与考核：打分、定等次，双向选择、资格条件"""


for _command in (
    *(list_rubrics, score, explain),
    *(begin, self_appraise, attach, hand_in, declare, assign, mark, give, veto, absent, withdraw),
    *(step, close, publish, appeal, decide, log),
    *(consequences, take_up, refuse, reply, circular),
    *(package, diff, import_system),
    *(match_file, hold_contest, eligible_person),
):
    appraise.add_command(_command)
