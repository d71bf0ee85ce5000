"""待办: what one person has to do, by deadline, and what they wait for."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.standing.appraisal_tasks import appraisal_tasks
from xianxue.desk.standing.later_tasks import form_tasks, passage_tasks, release_tasks
from xianxue.desk.standing.ledger_tasks import ledger_tasks
from xianxue.desk.standing.own_appraisal_tasks import own_appraisal_tasks
from xianxue.desk.standing.return_tasks import ReturnTasks
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.tasks import Desk, Task
from xianxue.desk.standing.under_way import other_periods
from xianxue.desk.stores import clock
from xianxue.desk.stores.stamps import stamps


class Todo(Record):
    """What one person has before them on one day."""

    mine: tuple[Task, ...]
    """To be done, the most urgent first."""
    waits: tuple[Task, ...]
    """What others have to do first."""

    @property
    def over(self) -> int:
        """How many of one's own are past their deadline."""
        return sum(one.lamp is DueLamp.OVER for one in self.mine)


def todo(standing: Standing, actor: Actor) -> Todo:
    """Give what somebody has to do and waits for today; kept while what it rests on stands."""
    today = clock.day_of(clock.now())
    return standing.resting(
        ("todo", actor.name, actor.role, actor.place, today),
        lambda: _todo(Desk(standing, standing.ground(), actor, today)),
        also=lambda: stamps([standing.root / "texts"]),
    )


def _todo(desk: Desk) -> Todo:
    mine: list[Task] = []
    waits: list[Task] = []
    for period in _periods(desk):
        for form in desk.ground.shelf.forms.values():
            own, others = ReturnTasks(desk, form, period).tasks()
            mine += own
            waits += others
    mine += [*release_tasks(desk), *passage_tasks(desk), *form_tasks(desk), *appraisal_tasks(desk)]
    mine += own_appraisal_tasks(desk)
    own, others = ledger_tasks(desk)
    mine += own
    waits += others
    return Todo(tuple(sorted(mine, key=_urgency)), tuple(sorted(waits, key=_urgency)))


def _periods(desk: Desk) -> list[Period]:
    """Give the workspace's own period, and those in which anything is still on its way."""
    own = desk.standing.period()
    others = other_periods(desk.standing, desk.today)
    return [own, *map(Period.parse, reversed(others))]


def _urgency(task: Task) -> tuple[bool, date]:
    return task.due is None, task.due or date.max
