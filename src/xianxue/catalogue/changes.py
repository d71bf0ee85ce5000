"""Overlays: changes laid over the national cards before anything is judged by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.change import Change
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.catalogue.origin import Origin


def lay_over(
    cards: dict[str, dict[str, Any]],
    origins: dict[tuple[str, str], Origin],
    issues: list[Issue],
) -> None:
    """Put each change's values before those of the criterion or line it names."""
    change: Change
    for name, change in cards["change"].items():
        done = (
            _change_criterion(cards["standard"], change)
            if change.standard
            else _change_line(cards["indicator"], change)
        )
        if not done:
            target = f"{change.standard or change.indicator}.{change.criterion or change.line}"
            issues.append(
                origins["change", name].issue(
                    "C-CHANGE",
                    f"要改动的“{target}”不存在",
                    "写明已有的 standard 和 criterion，或 indicator 和 line",
                    path=".change",
                )
            )


def _change_criterion(standards: dict[str, Standard], change: Change) -> bool:
    standard = standards.get(change.standard)
    if standard is None:
        return False
    changed = {
        part: [_with_values(item, change) for item in items]
        for part, items in (("criteria", standard.criteria), ("spread", standard.spread))
    }
    standards[change.standard] = msgspec.structs.replace(standard, **changed)
    return any(item.criterion == change.criterion for item in standard.criteria + standard.spread)


def _with_values(criterion: Criterion, change: Change) -> Criterion:
    if criterion.criterion != change.criterion:
        return criterion
    return msgspec.structs.replace(criterion, values=[*change.values, *criterion.values])


def _change_line(indicators: dict[str, Indicator], change: Change) -> bool:
    indicator = indicators.get(change.indicator)
    if indicator is None or change.line not in indicator.lines:
        return False
    values: Sequence[DatedValue] = [*change.values, *indicator.lines[change.line]]
    lines = {**indicator.lines, change.line: list(values)}
    indicators[change.indicator] = msgspec.structs.replace(indicator, lines=lines)
    return True
