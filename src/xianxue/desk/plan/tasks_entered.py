"""A plan's tasks in the ledger of tasks, entered by the person at the bureau's machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
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
    from xianxue.desk.actions.context import Ground
    from xianxue.desk.actions.plan.enter_tasks import Entered, Plan

LEDGER: Final = "tasks"


def enter_tasks(
    workspace: Workspace, outline: Outline, river: River, tasks: Sequence[Task], by: str | Actor
) -> Entered:
    """Enter tasks, all or none, now; those that have an entry already are left alone.

    MisusedError where the county keeps no such ledger.
    """
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django

    return entering(ground, acting(ground.gate, by), clock.now(), (outline, river), tasks)


def entering(
    ground: Ground,
    actor: Actor,
    at: datetime,
    of: tuple[Outline, River],
    tasks: Sequence[Task],
) -> Entered:
    """Enter tasks as ``enter_tasks`` does, as somebody at a time; ``of``: the plan and its figures.

    MisusedError where the county keeps no such ledger.
    """
    from xianxue.desk.actions.plan.enter_tasks import EnterTasks  # noqa: PLC0415 - needs Django

    card = ground.shelf.ledgers.get(LEDGER)
    if card is None:
        raise MisusedError(say("本县没有重点工作督办台账，列不进去"))
    on = clock.day_of(at)
    return EnterTasks(ground, card, actor, at).tasks(_plan(*of, on), tasks, on)


def entered(outline: Outline, river: River, tasks: Sequence[Task]) -> dict[str, str]:
    """Give the number of the entry that each task has already, by the task's key."""
    from xianxue.desk.actions.plan.enter_tasks import there  # noqa: PLC0415 - needs Django

    return there(LEDGER, _plan(outline, river, river.last_day), tasks)


def _plan(outline: Outline, river: River, on: date) -> Plan:
    from xianxue.desk.actions.plan.enter_tasks import Plan  # noqa: PLC0415 - needs Django

    # The plan gives them out, on the day it bears; nobody is given anything on a day to come.
    return Plan(f"{outline.outline}/{river.period.code}", outline.term, min(on, river.last_day))
