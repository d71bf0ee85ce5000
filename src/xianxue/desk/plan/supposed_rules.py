"""Schools and lines as they are supposed: over the register and the standards in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.card import DatedValue, LocalValue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.suppose.changes import Change, Close, Line, Merge
from xianxue.bureau.plan.suppose.spots import numbered
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say

_OWN: Final = "xianxue-own"
"""The source of what nobody has decided."""


def supposed_places(
    register: Register, changes: Sequence[Change], day: date, called: Sequence[Sentence] = ()
) -> tuple[Register | None, list[Issue]]:
    """Let schools be merged and closed by a reference day; None where none is.

    ``called``: what complaints call each change; else they are numbered.
    """
    names = called or numbered(len(changes))
    told = [_event(one, number, day) for number, one in enumerate(changes, 1)]
    events = [one for one in told if one is not None]
    if not events:
        return None, []
    after = replay(register.on(day), events)
    wrong = [
        Issue(
            code="P-SUPPOSE",
            severity=Severity.MUST_FIX,
            place=fault.code,
            saw=say("{which}：", which=names[fault.line - 1]) + fault.saw,
            required=fault.required,
            do=fault.do,
        )
        for fault in after.faults
    ]
    return after.register, wrong


def counted_on(changes: Sequence[Change], day: date) -> date | None:
    """Give the day by whose places merged schools are counted; None where none are merged."""
    merged = any(isinstance(one, Merge) for one in changes)
    return day + timedelta(days=1) if merged else None


def _event(change: Change, number: int, day: date) -> Event | None:
    if isinstance(change, Merge):
        # The day after: what was counted on the day is added up for who goes on.
        codes = tuple(code for code in change.schools if code != change.into)
        later = day + timedelta(days=1)
        return Event(day=later, kind=Kind.MERGED, codes=codes, into=(change.into,), line=number)
    if isinstance(change, Close):
        # On the day itself: it is not there to be counted.
        return Event(day=day, kind=Kind.CLOSED, codes=(change.school,), line=number)
    return None


def supposed_lines(
    shelf: Shelf, changes: Sequence[Change], day: date, called: Sequence[Sentence] = ()
) -> tuple[Shelf, list[Issue]]:
    """Lay supposed lines over those of the standards, from a day on; ``called`` as above."""
    standards = dict(shelf.standards)
    issues: list[Issue] = []
    for one, which in zip(changes, called or numbered(len(changes)), strict=True):
        if not isinstance(one, Line):
            continue
        card = standards.get(one.standard)
        if card is None or one.criterion not in (each.criterion for each in _lines(card)):
            issues.append(_no_line(which, one))
        else:
            standards[one.standard] = _with_line(card, one, day)
    return replace(shelf, standards=standards), issues


def _lines(card: Standard) -> Iterator[Criterion]:
    yield from card.criteria
    yield from card.spread


def _no_line(which: Sentence, line: Line) -> Issue:
    what = f"{line.standard}.{line.criterion}"
    return Issue(
        code="P-SUPPOSE",
        severity=Severity.MUST_FIX,
        saw=say("{which}：标准里没有“{what}”", which=which, what=what),
        required=say("已有标准里的一项"),
        do=say("用 xianxue assess 查看有哪些标准"),
    )


def _with_line(card: Standard, line: Line, day: date) -> Standard:
    return replace(
        card,
        criteria=[_lying(one, line, day) for one in card.criteria],
        spread=[_lying(one, line, day) for one in card.spread],
    )


def _lying(criterion: Criterion, line: Line, day: date) -> Criterion:
    if criterion.criterion != line.criterion:
        return criterion
    value = LocalValue(
        valid_from=day,
        value=Decimal(plain(line.value)),
        stage=Stage(line.stage) if line.stage else None,
        source=_OWN,
        seen=Seen.OWN,
        local=say("设想，不是现行规定"),
    )
    # The first that fits is in force, so it lies over the special clauses too.
    values: list[DatedValue] = [value, *criterion.values]
    return replace(criterion, values=values)
