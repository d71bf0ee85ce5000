"""An entry of a ledger that was kept elsewhere: what it says, and how it came where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerStep
from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record, field


class Turn(Record, kw_only=True):
    """One step on its way, as far as the old ledger says."""

    step: LedgerStep
    on: date
    given: Mapping[str, Value]


class Old(Record, kw_only=True):
    """One entry as the old ledger has it."""

    line: Line
    """What is registered."""
    state: str
    turns: tuple[Turn, ...]
    why: str
    """From where it comes, and what was written beside it that no field holds."""


class Laid(Record, kw_only=True):
    """Values laid out over registration and steps, and those that no step takes."""

    first: dict[str, Value] = field(default_factory=dict[str, Value])
    way: tuple[LedgerStep, ...] = ()
    """The steps; behind those that lead to the state perhaps one that stays there and takes what
    no other does: 反馈进展."""
    steps: tuple[dict[str, Value], ...] = ()
    left: tuple[str, ...] = ()


def laid_out(
    ledger: Ledger, way: tuple[LedgerStep, ...], state: str, values: Mapping[str, Value]
) -> Laid:
    """Lay out what an entry says: each field where the card fills it in first."""
    later = {one.field for one in ledger.fields if one.history} & set(values)
    first = {name: value for name, value in values.items() if name not in later}
    untaken = later - {name for step in way for name in _takes(step)}
    stays = max(
        (one for one in ledger.steps if state in one.origins and one.to == state),
        key=lambda one: (one.act != "amend", len(untaken & _takes(one))),
        default=None,
    )
    whole = way
    if stays is not None and stays.act != "amend" and untaken & _takes(stays):
        whole = (*way, stays)
    steps: list[dict[str, Value]] = [{} for _ in whole]
    left: list[str] = []
    for name in sorted(later):
        at = next((at for at, step in enumerate(whole) if name in _takes(step)), None)
        if at is None:
            left.append(name)
        else:
            steps[at][name] = values[name]
    return Laid(first=first, way=whole, steps=tuple(steps), left=tuple(left))


def _takes(step: LedgerStep) -> set[str]:
    return {*step.asks, *step.may}


def days_of(
    way: tuple[LedgerStep, ...], recorded: date, last: date, said: Mapping[str, date]
) -> tuple[date, ...] | None:
    """Give the day of each step; None where a step would come before the one before it.

    Where nobody says otherwise the first follows at once, and the others are known to have been
    taken by the day of the next that has one: what is not known to be in time does not count so.
    """
    days: list[date] = []
    after = last
    for at in range(len(way) - 1, -1, -1):
        own = recorded if at == 0 and len(way) > 1 else after
        after = said.get(way[at].step, own)
        days.append(after)
    days.reverse()
    rising = all(one <= two for one, two in pairwise([recorded, *days]))
    return tuple(days) if rising else None
