"""A plan's tasks in the ledger of tasks, entered by the person at the bureau's machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.records.planned import Task
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.plan.enter_tasks import Entered

_LEDGER: Final = "tasks"


def enter_tasks(
    workspace: Workspace, outline: Outline, river: River, tasks: Sequence[Task], by: str | Actor
) -> Entered:
    """Enter tasks, all or none; those that have an entry already are left alone.

    MisusedError where the county keeps no such ledger.
    """
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.plan.enter_tasks import EnterTasks, Plan  # noqa: PLC0415 - as above

    card = workspace.shelf.ledgers.get(_LEDGER)
    if card is None:
        raise MisusedError(say("本县没有重点工作督办台账，列不进去"))
    at = clock.now()
    deed = EnterTasks(ground, card, acting(ground.gate, by), at)
    on = clock.day_of(at)
    # The plan gives them out, on the day it bears; nobody is given anything on a day to come.
    plan = Plan(f"{outline.outline}/{river.period.code}", outline.term, min(on, river.last_day))
    return deed.tasks(plan, tasks, on)
