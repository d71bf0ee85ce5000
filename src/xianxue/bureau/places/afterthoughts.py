"""Questions about an event that can have happened and may not be meant, asked when it is recorded.

These are questions of the moment of recording. An events file that was right yesterday stays
right; who records a new line is asked before stages, and the pupils in them, silently disappear.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from xianxue.bureau.places.events import Event, Fault, Kind
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import joined, say


def questions_of(
    event: Event, before: Register, after: Register, *, none_attached: bool = False
) -> list[Fault]:
    """Ask what an event does not say; ``none_attached``: attached classes are meant to end."""
    if event.kind is Kind.MERGED:
        return _merged(event, before, after)
    if event.kind is Kind.RETYPED and not none_attached:
        return _retyped(event, before, after)
    return []


def _stages(register: Register, code: str, event: Event, *, after: bool) -> frozenset[Stage]:
    place = register.places.get(code)
    if place is None or place.level != "school":
        return frozenset()
    # The day before the event is the last one of the former school.
    return frozenset(place.stages(event.day if after else event.day - timedelta(days=1)))


def _merged(event: Event, before: Register, after: Register) -> list[Fault]:
    target = event.into[0]
    now = _stages(after, target, event, after=True)
    faults: list[Fault] = []
    for code in event.codes:
        lost = _stages(before, code, event, after=False) - now
        # Townships have no stages, so that none are lost with them.
        if code == target or not lost or not now:
            continue
        listed = _listed(lost)
        name, into = before[code].name, after[target].name
        saw = say("{name}有{listed}，并入的{into}没有", name=name, listed=listed, into=into)
        do = say(
            "请先登记 {target} 变更类型，写明新的办学类型或附设班"
            "（命令行 retyped --type --attached），或核对代码",
            target=target,
        )
        required = say("并入以后每个学段都有去处")
        faults.append(Fault(line=event.line, code=code, saw=saw, required=required, do=do))
    return faults


def _retyped(event: Event, before: Register, after: Register) -> list[Fault]:
    if event.change is None or not event.change.school_type:
        return []
    code = event.codes[0]
    old = _stages(before, code, event, after=False)
    new = _stages(after, event.into[0] if event.into else code, event, after=True)
    lost = old - new
    if not lost:
        return []
    saw = say("{name}原来有{listed}，变更后没有", name=before[code].name, listed=_listed(lost))
    do = say(
        "还办的请写明附设班的类型（命令行 --attached）；"
        "不再办的请写明不再办（命令行 --no-attached）"
    )
    required = say("原有的学段和附设班写明去留")
    return [Fault(line=event.line, code=code, saw=saw, required=required, do=do)]


def _listed(stages: Iterable[Stage]) -> str:
    return joined("、", [stage.term for stage in Stage if stage in set(stages)])
