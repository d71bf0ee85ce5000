"""What a finding lacks, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.records.finding import Finding, Improvement, Shortfall
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS


def lacking_text(finding: Finding, names: Mapping[str, str]) -> Sentence | str:
    """Say what is lacking, too much, or unknown, in a few Chinese words."""
    if finding.missing:
        named = joined("、", (names.get(code, code) for code in finding.missing))
        coverage = finding.figure.coverage if finding.figure is not None else None
        said = coverage is not None and finding.missing == coverage.not_applicable
        return (say("填“不适用”：") if said else say("缺数据：")) + named
    if finding.way:
        return say("最省的办法：{steps}", steps=joined("；", map(step_words, finding.way)))
    return amount(finding.lacking) if finding.lacking is not None else ""


def amount(lacking: Shortfall) -> Sentence:
    """Say what is lacking or too much, with what it is."""
    # People are counted with 名 before a noun; 人 would stand alone.
    unit = say("名") if lacking.unit == "person" else UNITS[lacking.unit].term
    if lacking.surplus:
        return say("超出{n}{unit}{noun}", n=lacking.quantity, unit=unit, noun=lacking.noun)
    return say("还缺{n}{unit}{noun}", n=lacking.quantity, unit=unit, noun=lacking.noun)


def counted(lacking: Shortfall) -> Sentence:
    """Say how many of what: 2名体育艺术教师."""
    unit = say("名") if lacking.unit == "person" else UNITS[lacking.unit].term
    return say("{n}{unit}{noun}", n=lacking.quantity, unit=unit, noun=lacking.noun)


def step_words(step: Improvement) -> Sentence:
    """Say one step: what is lacking to its line, or only to come near enough."""
    lacking = amount(step.lacking)
    if not step.left_below:
        return lacking
    return say("{amount}（补到 {line} 即可）", amount=lacking, line=plain(step.line))
