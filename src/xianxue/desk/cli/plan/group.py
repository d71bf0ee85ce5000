"""``xianxue plan``: its commands, in the order in which they are used."""

from __future__ import annotations

import click

from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.plan.balance import balance_file
from xianxue.desk.cli.plan.forecast import forecast
from xianxue.desk.cli.plan.layout import layout_file
from xianxue.desk.cli.plan.needs import needs
from xianxue.desk.cli.plan.rotation import rotation
from xianxue.desk.cli.plan.suppose import suppose
from xianxue.desk.cli.plan.write import plan_tasks, write_plan


@click.group(cls=InOrder)
def plan() -> None:
    """规划：现有条件下怎样才够，都是设想，不是统计数"""


for _command in (
    forecast,
    needs,
    balance_file,
    rotation,
    layout_file,
    suppose,
    write_plan,
    plan_tasks,
):
    plan.add_command(_command)
