"""What an event would move: the figures of a period by places as they were, and as they become."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.basis import Undivided
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.indicators.river import River
from xianxue.desk.workspace import Workspace


class Moved(Record, kw_only=True):
    """What an event would move in the figures of one period."""

    as_of: date
    """The day by whose places the merged basis counts."""
    past: bool
    """Whether it happened by the reference day: then the figures themselves are counted anew."""
    as_was: tuple[FigureChange, ...]
    """原口径: provisional figures before and after; none where the event came later."""
    merged: tuple[FigureChange, ...]
    """合并口径: the figures as they are, beside those by the places of the day."""
    undivided: tuple[Undivided, ...]
    """What can no longer be told apart."""
    issues: tuple[Issue, ...]
    """What keeps numbers from being joined."""


def moved_by(
    workspace: Workspace,
    period: Period,
    figures: Mapping[str, Figure],
    after: Register,
    day: date,
) -> Moved:
    """Count a period by the register as it would be, on both bases, and compare.

    ``figures`` are the provisional ones as they stand; nothing that is published moves.
    """
    supposed = replace(workspace, register=after)
    start = period.reference_day
    past = day <= start
    anew = River(supposed, period).figures if past else figures
    as_of = max(day, start)
    later = River(supposed, period, as_of=as_of)
    return Moved(
        as_of=as_of,
        past=past,
        as_was=tuple(changed_figures(figures, anew)) if past else (),
        # Compared with what the figures then are: what the event changes of the past stands above.
        merged=tuple(changed_figures(anew, later.figures)) if as_of > start else (),
        undivided=later.holdings.basis.undivided,
        issues=tuple(later.holdings.rebased.issues),
    )
