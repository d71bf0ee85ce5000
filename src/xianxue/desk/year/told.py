"""What a new year takes over, as people read it."""

from __future__ import annotations

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.year.rolling import Limits, Rolling


def days_told(one: Limits) -> str:
    """Say until when a form is taken."""
    if one.due is None or one.lock is None:
        return say("没有设定")
    limits = Deadline(one.due, one.lock).term
    return say("{limits}（原已设定）", limits=limits) if one.there else limits


def targets_told(rolling: Rolling) -> list[tuple[str, Target]]:
    """Give each target that is taken over with its title."""
    from xianxue.desk.actions.set_targets import target_title  # noqa: PLC0415 - needs Django

    shelf, register = rolling.workspace.shelf, rolling.workspace.register
    return [(target_title(one, shelf, register[one.place].name), one) for one in rolling.targets]


def amount_told(target: Target, shelf: Shelf) -> str:
    """Give a target's number with its unit."""
    card = shelf.indicator(target.indicator)
    return plain(target.amount) + (UNITS[card.unit].term if card is not None else "")
