"""Overlays: changes laid over the national cards before anything is judged by them."""

from __future__ import annotations

from typing import Any

import msgspec

from xianxue.bureau.kinds.change import Change
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.form_head import FormHead
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.policy import Tightening, tightened
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.values.sentence import Phrase


def lay_over(cards: dict[str, dict[str, Any]]) -> None:
    """Put each change's values before those of the criterion or line it names.

    A change that names nothing changes nothing; the check of its meaning has complained.
    """
    change: Change
    # In the order of the overlays, each laid in front of what is there: the last is looked at
    # first.
    for change in cards["change"].values():
        if change.standard in cards["standard"]:
            standard = cards["standard"][change.standard]
            cards["standard"][change.standard] = _changed_standard(standard, change)
        if change.indicator in cards["indicator"]:
            indicator = cards["indicator"][change.indicator]
            cards["indicator"][change.indicator] = _changed_indicator(indicator, change)
    tightening: Tightening
    for tightening in cards["tightening"].values():
        if tightening.policy in cards["policy"]:
            policy = cards["policy"][tightening.policy]
            cards["policy"][tightening.policy] = tightened(policy, tightening)
    head: FormHead
    for head in cards["form_head"].values():
        if head.form in cards["form"]:
            cards["form"][head.form] = _headed(cards["form"][head.form], head)


def _headed(form: Form, head: FormHead) -> Form:
    lines = [
        msgspec.structs.replace(line, value=Phrase(head.values[line.line]))
        if line.line in head.values
        else line
        for line in form.head
    ]
    return msgspec.structs.replace(form, head=lines)


def _changed_standard(standard: Standard, change: Change) -> Standard:
    return msgspec.structs.replace(
        standard,
        criteria=[_changed_criterion(item, change) for item in standard.criteria],
        spread=[_changed_criterion(item, change) for item in standard.spread],
    )


def _changed_criterion(criterion: Criterion, change: Change) -> Criterion:
    if criterion.criterion != change.criterion:
        return criterion
    return msgspec.structs.replace(criterion, values=[*change.values, *criterion.values])


def _changed_indicator(indicator: Indicator, change: Change) -> Indicator:
    if change.line not in indicator.lines:
        return indicator
    lines = {
        **indicator.lines,
        change.line: [*change.values, *indicator.lines[change.line]],
    }
    return msgspec.structs.replace(indicator, lines=lines)
