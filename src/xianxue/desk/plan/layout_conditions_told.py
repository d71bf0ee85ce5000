"""What a layout has to mind beside its cost, told: closings, long ways of the little ones, beds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianxue.bureau.plan.layout.layout import Laid
from xianxue.bureau.plan.layout.walks import walks
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.layout_answer import turns
from xianxue.desk.plan.layout_file import Asked


def conditions_told(asked: Asked, laid: Laid) -> dict[str, Any]:
    """Give it for programs; of a plan that is not there all of it is empty."""
    last = len(laid.opened) - 1
    ways = walks(asked.question, laid, last) if laid.opened else []
    return {
        "closing": [
            {"school": school, "lacking": list(steps)} for school, steps in _closing(asked, laid)
        ],
        "long_ways": [
            {"village": one.village, "pupils": one.pupils, "minutes": one.minutes}
            for one in asked.conditions.long_ways(ways)
        ],
        "boarders": [
            {"school": one.school, "pupils": one.pupils, "beds": one.beds, "lacking": one.lacking}
            for one in asked.conditions.boarders(ways)
        ],
    }


def _closing(asked: Asked, laid: Laid) -> list[tuple[str, tuple[Sentence, ...]]]:
    closed = [school for one in turns(asked.question, laid) for school in one.closed]
    return [(school, asked.conditions.lacking(school)) for school in dict.fromkeys(closed)]


def conditions_said(asked: Asked, laid: Laid) -> Iterator[Sentence]:
    """Say it in sentences."""
    for school, steps in _closing(asked, laid):
        if steps:
            yield say("撤并{school}前还缺：{steps}。", school=school, steps=joined("、", steps))
    ways = walks(asked.question, laid, len(laid.opened) - 1)
    for one in asked.conditions.long_ways(ways):
        if one.pupils is None:
            text = say(
                "{village}低年级学生要走约 {minutes} 分钟（人数少，不列）。",
                village=one.village,
                minutes=one.minutes,
            )
        else:
            text = say(
                "{village}低年级学生 {n} 人要走约 {minutes} 分钟。",
                village=one.village,
                n=one.pupils,
                minutes=one.minutes,
            )
        yield text
    for one in asked.conditions.boarders(ways):
        if one.lacking is None:
            yield say(
                "{school}有 {n} 名高年级学生路远要寄宿，没有写床位数。",
                school=one.school,
                n=one.pupils,
            )
        elif one.lacking:
            yield say(
                "{school}有 {n} 名高年级学生路远要寄宿，床位 {beds} 张，缺 {lacking} 张。",
                school=one.school,
                n=one.pupils,
                beds=one.beds or 0,
                lacking=one.lacking,
            )
