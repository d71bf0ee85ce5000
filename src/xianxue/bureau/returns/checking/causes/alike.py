"""The same complaint in cell after cell of one column: one mistake, made all the way down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.checking.causes.ground import Ground
from xianxue.bureau.returns.checking.causes.places import of_field
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

CODE: Final = "R-ALIKE"
_MANY: Final = 4
"""Three may be three slips."""


def alike(ground: Ground, issues: Sequence[Issue]) -> Iterator[tuple[Issue, list[Issue]]]:
    """Give each complaint that many cells of a column share, and those it stands for."""
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        if issue.field and issue.cell:
            groups.setdefault((issue.code, issue.field), []).append(issue)
    for (code, name), same in groups.items():
        sheet, _, field = name.partition(".")
        plan = ground.plan.sheets[sheet]
        asked = plan.sheet.field(field)
        if asked is None or len({issue.cell for issue in same}) < _MANY:
            continue
        first = same[0]
        saw = say(
            "{field}有 {n} 格是同样的问题，例如{saw}",
            field=of_field(plan, ground.returned.tables.get(sheet, ()), asked),
            n=len(same),
            saw=first.saw,
        )
        key = f"{CODE}:{code}:{name}"
        yield replace(first, code=CODE, saw=saw, value="", about="", cause_of=key), same
