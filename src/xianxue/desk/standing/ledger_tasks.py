"""What ledgers want of somebody: entries whose time runs out, and what is owed each month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.deadline_rules import DueLamp, days_told
from xianxue.bureau.kinds.ledgers.clock import LIGHTS, Light
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.values.sentence import say
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.standing.tasks import Desk, Task

if TYPE_CHECKING:
    from xianxue.desk.ledgers.due import Due
    from xianxue.desk.ledgers.pressing import Pressing

_FEW: Final = 3
"""Entries of one ledger at one step that are named one by one; more are one line."""
_MOST: Final = 8
"""Lines about ledgers on somebody's first page."""
_ORDER: Final = (
    DueLamp.NONE,
    DueLamp.DONE,
    DueLamp.FAR,
    DueLamp.NEAR,
    DueLamp.BEHIND,
    DueLamp.LAST,
    DueLamp.OVER,
)
"""The least urgent first."""
_LAMPS: Final[dict[Light, DueLamp]] = {
    "blue": DueLamp.NEAR,
    "yellow": DueLamp.BEHIND,
    "orange": DueLamp.LAST,
    "red": DueLamp.OVER,
}


def ledger_tasks(desk: Desk) -> tuple[list[Task], list[Task]]:
    """Give what somebody has to do about ledgers, and what their own place waits for."""
    if not desk.ground.policy.scopes(desk.actor.role, f"{SUBJECT}.view"):
        return [], []
    views = LedgerViews(desk.standing, desk.actor, desk.today)
    cards = views.room.ledgers
    mine: dict[tuple[str, str], list[Pressing]] = {}
    waits: dict[tuple[str, str], list[Pressing]] = {}
    for one in views.pressing():
        if _may_meet(desk, cards[one.ledger], one):
            mine.setdefault((one.ledger, one.clock), []).append(one)
        elif one.place == desk.actor.place:
            waits.setdefault((one.ledger, one.clock), []).append(one)
    own = [task for ones in mine.values() for task in _tasks(desk, cards, ones)]
    return (
        _folded(desk, [*own, *_owed(desk, cards, views.owed())]),
        _folded(desk, [task for ones in waits.values() for task in _tasks(desk, cards, ones)]),
    )


def _folded(desk: Desk, tasks: list[Task]) -> list[Task]:
    """Keep the most urgent and fold the rest into one line, behind which all of them stand.

    Who looks after forty ledgers has a hundred matters, and a list of a hundred is read by nobody.
    """
    if len(tasks) <= _MOST:
        return tasks
    # Of one ledger one line first: else the ledger with the most to do would push out all others.
    ranked = sorted(tasks, key=lambda task: (-_ORDER.index(task.lamp), task.due or desk.today))
    first: dict[str, Task] = {}
    for task in ranked:
        first.setdefault(task.ids["ledger"], task)
    kept = list(first.values())[: _MOST - 1]
    rest = [task for task in tasks if not any(task is one for one in kept)]
    worst = max(rest, key=lambda task: _ORDER.index(task.lamp))
    due = min((task.due for task in rest if task.due is not None), default=None)
    many, late = (
        sum(task.count for task in rest),
        [task for task in rest if task.lamp == _ORDER[-1]],
    )
    line = Task(
        kind="ledger",
        said=say("台账里另有 {n} 件亮了灯", n=many),
        detail=say("逾期 {n} 件", n=sum(task.count for task in late)) if late else "",
        count=many,
        places=tuple(dict.fromkeys(place for task in rest for place in task.places)),
        due=due,
        lamp=worst.lamp,
        left=days_told(due, desk.today),
        room="ledgers",
        ids={"ledger": ""},
    )
    return [*kept, line]


def most_urgent(ones: Sequence[Pressing]) -> Light:
    """Give the lamp of several that says most."""
    lit: set[Light] = {one.lamp for one in ones}
    lights: list[Light] = [light for light in LIGHTS if light in lit]
    return lights[-1]


def _may_meet(desk: Desk, card: Ledger, one: Pressing) -> bool:
    """Whether a step that stops the clock is this person's."""
    clock, way = card.clock(one.clock), card.lifecycle
    steps = [way.step(name, one.state) for name in (clock.stops if clock is not None else ())]
    return any(
        desk.actor.role in step.roles
        and bool(desk.ground.policy.scopes(desk.actor.role, way.deed(step.step)))
        for step in steps
        if step is not None
    )


def _tasks(desk: Desk, cards: Mapping[str, Ledger], ones: Sequence[Pressing]) -> Iterator[Task]:
    term = cards[ones[0].ledger].term
    if len(ones) > _FEW:
        first = ones[0]
        late = sum(one.lamp == "red" for one in ones)
        yield Task(
            kind="ledger",
            said=say("{ledger}：{what} {n} 件", ledger=term, what=first.term, n=len(ones)),
            detail=say("逾期 {n} 件", n=late) if late else "",
            count=len(ones),
            places=tuple(dict.fromkeys(one.place for one in ones)),
            due=first.due,
            lamp=_LAMPS[most_urgent(ones)],
            left=days_told(first.due, desk.today),
            room="ledgers",
            ids={"ledger": first.ledger},
        )
        return
    for one in ones:
        yield Task(
            kind="ledger",
            said=say("{what}：{title}", what=one.term, title=one.title or one.number),
            detail=say(
                "{ledger}{number}号，{place}",
                ledger=term,
                number=one.number,
                place=desk.ground.name(one.place),
            ),
            places=(one.place,),
            due=one.due,
            lamp=_LAMPS[one.lamp],
            left=days_told(one.due, desk.today),
            room="ledgers",
            ids={"ledger": one.ledger, "entry": one.number},
        )


def _owed(desk: Desk, cards: Mapping[str, Ledger], dues: Sequence[Due]) -> Iterator[Task]:
    """Give what is owed each period by somebody's own place, or how many places owe it."""
    groups: dict[tuple[str, str, str], list[Due]] = {}
    for one in dues:
        own = one.place == desk.actor.place
        records = desk.actor.role in cards[one.ledger].records
        if one.lamp is not None and records and (own or not desk.actor.place):
            groups.setdefault((one.ledger, one.what, one.title), []).append(one)
    for (ledger, what, title), ones in groups.items():
        first = ones[0]
        several = len({one.place for one in ones}) > 1
        yield Task(
            kind="ledger",
            said=say("{what}：{period}没有做够", what=what, period=title)
            if not several
            else say("{what}：{period}还有 {n} 个单位没做够", what=what, period=title, n=len(ones)),
            detail=first.why if not several else cards[ledger].term,
            count=len(ones),
            places=tuple(one.place for one in ones),
            due=first.due,
            lamp=_LAMPS[first.lamp or "blue"],
            left=days_told(first.due, desk.today),
            room="ledgers",
            ids={"ledger": ledger},
        )
