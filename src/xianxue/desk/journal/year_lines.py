"""Lines of the journal about a year's turn, as people read them."""

from __future__ import annotations

from typing import Any, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.year.open_year import OPEN, TAKE_BACK, YEARS

DEEDS: Final = f"{YEARS}."
"""How the names of these deeds begin."""
TELLING: Final = (OPEN, TAKE_BACK)


def term(deed: str) -> Sentence | str:
    """Name a deed on a year."""
    return {OPEN: say("开新学年"), TAKE_BACK: say("撤回新学年")}.get(deed, deed)


def title(subject: str) -> Sentence:
    """Name a year."""
    return Period.parse(subject).term


def told(detail: dict[str, Any]) -> Sentence:
    """Say how much was taken over, or taken back."""
    return say("报送期限 {n} 项，目标 {m} 项", n=len(detail["windows"]), m=len(detail["targets"]))
