"""Targets: those in force with what has become of them, setting, withdrawing."""

from __future__ import annotations

from django.http import HttpRequest

from xianxue.bureau.records.target import Attainment, Target
from xianxue.bureau.targets.reading import Reader, Written
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.set_targets import SetTargets
from xianxue.desk.stores import clock
from xianxue.desk.targets.standing import standings
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api.asking import PeriodCode, number
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import deeds as shapes
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked


@reads("/targets", list[shapes.AttainedOut], "indicators.view")
def targets(request: HttpRequest, period: PeriodCode = "") -> list[Told]:
    """List the targets in force within reach, and how far each has been reached."""
    del request
    visit = asked().visit
    standing = visit.standing
    code = standing.period(period).code if period else ""
    today = clock.day_of(visit.at)
    found = standing.answer(
        ("targets", code, today), lambda: standings(standing.workspace(), code, today)
    )
    reach = visit.places("indicators.view")
    return [_attained(one) for one in found if one.target.place in reach]


@does("/targets", list[shapes.TargetOut], "targets.set", "county")
def set_targets(request: HttpRequest, wanted: shapes.TargetsIn) -> list[Told]:
    """Set targets, all of them or none; give those that are new or changed."""
    del request
    visit = asked().visit
    workspace = visit.standing.workspace()
    own = workspace.period(None).code
    reader = Reader(workspace.shelf, workspace.register)
    lines = [Written(**{**one.model_dump(), "period": one.period or own}) for one in wanted.targets]
    read = reader.read(lines)
    if reader.issues:
        raise ComplaintsError(reader.issues)
    changed = SetTargets(visit.standing.ground(), visit.actor, visit.at, wanted.why)(read)
    return [_target(one) for one in changed]


@does("/targets/withdraw", shapes.Done, "targets.withdraw", "county")
def withdraw(request: HttpRequest, wanted: shapes.TargetKey) -> Told:
    """Withdraw a target that is in force."""
    del request
    visit = asked().visit
    doing = SetTargets(visit.standing.ground(), visit.actor, visit.at, wanted.why)
    if not doing.withdraw(wanted.key):
        raise MissingError(say("没有这项目标，或者已经撤销。"))
    return {"done": wanted.key}


def _target(one: Target) -> Told:
    return {
        "key": one.key,
        "indicator": one.indicator,
        "place": one.place,
        "stage": one.stage.value if one.stage else None,
        "slice": str(one.slice) if one.slice else None,
        "period": one.period,
        "amount": number(one.amount),
        "goal": one.goal,
        "origin": one.origin.value,
        "source": one.source,
        "revision": one.revision,
    }


def _attained(one: Attainment) -> Told:
    return {
        "target": _target(one.target),
        "value": number(one.value),
        "completion": one.rate(2) or None,
        "reached": one.reached,
        "lamp": one.lamp.value,
        "forecast": number(one.forecast.value),
        "method": one.forecast.method,
    }
