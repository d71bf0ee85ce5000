"""What was spent against what was planned: 决算数大于预算数 must agree with the numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import is_amount
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_BACK: Final = 5
"""Numbers looked at before the words that compare: the two, and a rate between."""
_FAR: Final = 160
"""Characters that may stand between; further back the words are of something else."""


class Against:
    """The words that set a plan against what came of it."""

    def __init__(self, lexicon: Lexicon) -> None:
        done, plan = lexicon.any_of("spent"), lexicon.any_of("budgeted")
        more, less = lexicon.any_of("more_than"), lexicon.any_of("less_than")
        self.said = re.compile(
            rf"{done}(?:(?P<more>{more})|{less})(?P<kind>{lexicon.any_of('plan_kind')}?){plan}"
        )
        self.done, self.plan = re.compile(done), re.compile(plan)


def bind_against(reading: Reading) -> Iterator[Candidate]:
    """Give every comparison of what was spent with what was planned."""
    words = reading.lexicon.made(Against)
    starts: list[int] = []
    for found in words.said.finditer(reading.norm):
        starts = starts or [one.start for one in reading.quantities]
        at = bisect_left(starts, found.start())
        near = [
            one
            for one in reading.quantities[max(0, at - _BACK) : at][::-1]
            if one.form != "name" and found.start() - one.end < _FAR and is_amount(one)
        ]
        done = next((one for one in near if words.done.search(one.lead)), None)
        plan = next((one for one in near if _planned(words, one, found["kind"])), None)
        if done and plan and done.dim == plan.dim and done.index != plan.index:
            relation = "above" if found["more"] else "below"
            yield Candidate(relation, done, (plan,), ("against_plan",))


def _planned(words: Against, one: Quantity, kind: str) -> bool:
    return (
        bool(words.plan.search(one.lead)) and kind in one.lead and not words.done.search(one.lead)
    )
