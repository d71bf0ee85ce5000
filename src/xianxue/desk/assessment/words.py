"""What findings lack, in few words."""

from __future__ import annotations

from xianxue.bureau.records.finding import Shortfall
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS


def unit_word(unit: str) -> str:
    """Give a unit's word behind a number."""
    return UNITS[unit].term


def unit_short(unit: str) -> str:
    """Give a unit as it is written in a narrow cell."""
    return "㎡" if UNITS[unit].term == "平方米" else UNITS[unit].term


def lack_short(lacking: Shortfall) -> Sentence:
    """Say the same in a cell: 缺 2 间."""
    unit = unit_short(lacking.unit)
    if lacking.surplus:
        return say("超{n}{unit}", n=lacking.quantity, unit=unit)
    return say("缺{n}{unit}", n=lacking.quantity, unit=unit)
