"""Supposed sets as a workspace keeps them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from xianxue.bureau.plan.suppose.changes import Change
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.database import open_database
from xianxue.desk.plan.changes_given import as_kept
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.plan.keep_set import KeepSet
    from xianxue.desk.models.supposed_set import SupposedLine


class KeptSet(Record, kw_only=True):
    """One set as it was kept last."""

    name: str
    period: str
    revision: int
    changes: tuple[Change, ...]
    note: str
    at: datetime
    by: str


def kept_sets(workspace: Workspace, period: str = "") -> list[KeptSet]:
    """Give the sets in force, of one period or of all, by name."""
    open_database(workspace.store)
    from xianxue.desk.models.supposed_set import (  # noqa: PLC0415 - needs Django set up first
        sets_in_force,
    )

    return [_of(line) for line in sets_in_force(period)]


def kept_set(workspace: Workspace, name: str, period: str) -> KeptSet:
    """Give a set by its name; MisusedError where there is none."""
    known = {one.name: one for one in kept_sets(workspace, period)}
    if name in known:
        return known[name]
    if not known:
        message = say("{period}还没有设想方案：先用 --set 或各个选项保存一个", period=period)
        raise MisusedError(message)
    there = joined("、", known)
    raise MisusedError(say("没有设想方案“{name}”；现有：{known}", name=name, known=there))


def deed_of(workspace: Workspace, by: str | Actor, why: str = "") -> KeepSet:
    """Give the deed of keeping a set, done now by the person at the bureau's machine."""
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.plan.keep_set import KeepSet  # noqa: PLC0415 - as above

    return KeepSet(ground, acting(ground.gate, by), clock.now(), why)


def _of(line: SupposedLine) -> KeptSet:
    return KeptSet(
        name=line.name,
        period=line.period,
        revision=line.revision,
        changes=tuple(as_kept(one) for one in line.changes),
        note=line.note,
        at=line.at,
        by=line.by,
    )
