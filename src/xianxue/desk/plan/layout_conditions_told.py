"""What a layout has to mind beside its cost, told: closings, long ways of the little ones, beds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianxue.bureau.plan.layout.layout import Laid
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.layout_file import Asked
from xianxue.desk.plan.layout_minded import minded


def conditions_told(asked: Asked, laid: Laid) -> dict[str, Any]:
    """Give it for programs; of a plan that is not there all of it is empty."""
    found = minded(asked, laid)
    return {
        "closing": [
            {"school": one.school, "lacking": list(one.lacking)}
            for one in found.closings
            if not one.kept
        ],
        "long_ways": [
            {"village": one.village, "pupils": one.pupils, "minutes": one.minutes}
            for one in found.long_ways
        ],
        "boarders": [
            {"school": one.school, "pupils": one.pupils, "beds": one.beds, "lacking": one.lacking}
            for one in found.boarders
        ],
    }


def conditions_said(asked: Asked, laid: Laid) -> Iterator[Sentence]:
    """Say it in sentences."""
    found = minded(asked, laid)
    for closing in found.closings:
        if closing.lacking and not closing.kept:
            steps = joined("、", closing.lacking)
            yield say("撤并{school}前还缺：{steps}。", school=closing.school, steps=steps)
    for one in found.long_ways:
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
    for one in found.boarders:
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
