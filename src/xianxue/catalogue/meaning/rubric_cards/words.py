"""What the checks of rubrics share."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

RUBRIC: Final = "C-RUBRIC"
WEIGHTS: Final = "C-WEIGHTS"
TREE: Final = "C-TREE"
CURVE: Final = "C-CURVE"
GRADE: Final = "C-GRADE"


def known(at: Spot, name: str, names: Collection[str], noun: str) -> bool:
    """Whether a name is one of some of the same card; complain where it is not."""
    if name in names:
        return True
    saw = say("没有{noun}“{name}”", noun=noun, name=name)
    at.complain(RUBRIC, saw, say("本卡片里写了的{noun}", noun=noun), instead(name, names))
    return False


def shown(value: Decimal | Fraction | int) -> str:
    """Write a number."""
    return plain(Fraction(value), 4)
