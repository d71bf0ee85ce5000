"""A plan's tasks become entries of the ledger of tasks (分工表列入督办), each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.records.planned import Task
from xianxue.bureau.values.record import Record, field
from xianxue.desk.actions.ledgers.doing import digest_of
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import EntryOnce, LedgerEntry

LEDGER: Final = "tasks"
_KEY: Final = "plan_task"
"""The rule under which it is noted which task an entry came from."""


class Plan(Record):
    """The plan that gives tasks out."""

    name: str
    """Tells plans and their periods apart."""
    term: str
    given_on: date


class Entered(Record):
    """What came of a plan's tasks: numbers of entries."""

    new: list[str] = field(default_factory=list[str])
    there: list[str] = field(default_factory=list[str])


class EnterTasks(RecordEntry):
    """Register each task of a plan; one that has its entry already is left alone."""

    def tasks(self, plan: Plan, tasks: Sequence[Task], on: date) -> Entered:
        """Register tasks, all or none, on a day.

        ComplaintsError where the actor may not, or the ledger does not take one.
        """
        found = Entered()
        with writing():
            for one in tasks:
                value = _value(plan, one)
                once = self._once(value)
                if once is not None:
                    found.there.append(once.number)
                    continue
                row = self(self.ground.register.county.code, _given(one, plan), on)
                EntryOnce.objects.create(
                    ledger=self.ledger.ledger, rule=_KEY, value=value, entry=row
                )
                found.new.append(row.number)
        return found

    def _once(self, value: str) -> LedgerEntry | None:
        rows = EntryOnce.objects.filter(ledger=self.ledger.ledger, rule=_KEY, value=value)
        once = rows.first()
        return once.entry if once is not None else None


def there(ledger: str, plan: Plan, tasks: Sequence[Task]) -> dict[str, str]:
    """Give the number of the entry that each task has already, by the task's key."""
    values = {_value(plan, one): one.key for one in tasks}
    rows = EntryOnce.objects.filter(ledger=ledger, rule=_KEY, value__in=values)
    return {values[one.value]: one.entry.number for one in rows.select_related("entry")}


def _value(plan: Plan, task: Task) -> str:
    return digest_of([plan.name, task.key])


def _given(task: Task, plan: Plan) -> dict[str, str]:
    """Give a task as the ledger asks for it."""
    return {
        "task": task.said,
        "origin": "target",
        "level": "bureau",
        "given_by": task.who,
        "basis": plan.term,
        "assigned_on": plan.given_on.isoformat(),
        "due_on": task.due.isoformat(),
        "lead": task.office or "general",
        "result_wanted": plan.term,
        **({"target": f"{task.money}万元"} if task.money else {}),
    }
