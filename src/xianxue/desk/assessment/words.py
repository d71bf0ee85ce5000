"""What findings lack, in few words."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.records.finding import Finding, Improvement, Shortfall
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS


def unit_word(unit: str) -> str:
    """Give a unit's word behind a number."""
    return UNITS[unit].term


def unit_short(unit: str) -> str:
    """Give a unit as it is written in a narrow cell."""
    return "㎡" if UNITS[unit].term == "平方米" else UNITS[unit].term


def amount(lacking: Shortfall) -> Sentence:
    """Say what is lacking or too much, with what it is."""
    unit = say("名") if lacking.unit == "person" else UNITS[lacking.unit].term
    if lacking.surplus:
        return say("超出{n}{unit}{noun}", n=lacking.quantity, unit=unit, noun=lacking.noun)
    return say("还缺{n}{unit}{noun}", n=lacking.quantity, unit=unit, noun=lacking.noun)


def lack_short(lacking: Shortfall) -> Sentence:
    """Say the same in a cell: 缺 2 间."""
    unit = unit_short(lacking.unit)
    if lacking.surplus:
        return say("超{n}{unit}", n=lacking.quantity, unit=unit)
    return say("缺{n}{unit}", n=lacking.quantity, unit=unit)


def step_words(step: Improvement) -> Sentence:
    """Say one step of the cheapest way."""
    if not step.left_below:
        return amount(step.lacking)
    return say("{amount}（补到 {line} 即可）", amount=amount(step.lacking), line=plain(step.line))


def lack_words(finding: Finding, names: Mapping[str, str]) -> Sentence | str:
    """Say what a finding lacks, waits for, or would pass by."""
    if finding.missing:
        named = joined("、", (names.get(code, code) for code in finding.missing))
        coverage = finding.figure.coverage if finding.figure is not None else None
        said = coverage is not None and finding.missing == coverage.not_applicable
        return (say("填“不适用”：") if said else say("缺数据：")) + named
    if finding.way:
        return say("最省的办法：{steps}", steps=joined("；", map(step_words, finding.way)))
    return amount(finding.lacking) if finding.lacking is not None else ""
