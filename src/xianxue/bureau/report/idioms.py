"""Rates said by case: 全部 and 已全面消除 where there is no need of a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.kinds.outline import Idiom
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.statements import of_figures
from xianxue.bureau.report.text import Run, Runs

_WHOLE: Final = 100


def exists(context: Context, idiom: Idiom) -> bool:
    """Whether there is a figure of any stage, or somebody's data is missing for one."""
    return any(of_figures.exists_at_all(context, slot) for slot in _slots(idiom))


def say(context: Context, idiom: Idiom) -> Runs:
    """Say the stages that are at the end of the scale in words, and the others in numbers."""
    slots = [one for one in _slots(idiom) if of_figures.exists_at_all(context, one)]
    said: list[Runs] = []
    # By the exact value: 99.996% is printed as 100.00% and is not 全部.
    for words, value in ((idiom.all, _WHOLE), (idiom.none, 0)):
        there = [one for one in slots if words and _is(context, one, value)]
        slots = [one for one in slots if one not in there]
        if there:
            said.append((f"{_stages(there)}{words}",))
    if slots:
        said.append(_numbers(context, idiom, slots, alone=not said))
    return tuple(_joined(said))


def _numbers(context: Context, idiom: Idiom, slots: list[Slot], *, alone: bool) -> Runs:
    if len(slots) == 1 and (not alone or slots[0].stage is None):
        return (f"{_stages(slots)}{idiom.term}", *of_figures.say(context, slots[0], None))
    runs: list[Run] = [idiom.term]
    for position, slot in enumerate(slots):
        runs += ["、" if position else "", _stages([slot])]
        runs += of_figures.say(context, slot, None)
    return tuple(runs)


def _slots(idiom: Idiom) -> list[Slot]:
    return [Slot(idiom.of, stage) for stage in idiom.stages or [None]]


def _is(context: Context, slot: Slot, value: int) -> bool:
    found = of_figures.find(context, slot, None)
    figure: Figure | None = found[1] if found else None
    # What was not counted is refused where the number would be written.
    return figure is not None and figure.standing is Standing.COUNTED and figure.value == value


def _stages(slots: list[Slot]) -> str:
    stages: list[Stage] = [one.stage for one in slots if one.stage is not None]
    return "、".join(stage.term for stage in stages)


def _joined(said: list[Runs]) -> Iterator[Run]:
    for position, runs in enumerate(said):
        if position:
            yield "，"
        yield from runs
