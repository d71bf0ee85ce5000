"""What the checks of ballots share: their code, and names that have to be known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from xianxue.bureau.values.sentence import say
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

BAD: Final = "C-BALLOT"


def known(at: Spot, name: str, names: Collection[str], noun: str) -> None:
    """Complain of a name that is none of some of the same card."""
    if name not in names:
        saw = say("没有{noun}“{name}”", noun=noun, name=name)
        at.complain(BAD, saw, say("本卡片里写了的{noun}", noun=noun), instead(name, names))
