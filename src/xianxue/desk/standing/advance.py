"""Figures gone on with: a few returns were accepted since, and the rest is taken as it was.

What is accepted is read anew and held against the journal; only what rests on the new returns is
figured again. It comes to the same as figuring everything (``tests/desk/standing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from xianxue.bureau.cycle import Year
from xianxue.bureau.records.returned import Return
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.accepted import revisions
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.forward import attained_in
from xianxue.desk.standing.held import CountedFrom
from xianxue.desk.standing.suppose import suppose
from xianxue.desk.standing.supposed import Base, SupposedHoldings
from xianxue.desk.stores.cabinet import Cabinet, Kept
from xianxue.desk.workspace import Workspace

_MOST: Final = 8
"""Returns: with more of them at once everything is figured anew, which is then no slower."""

_Key = tuple[str, str]
"""Form and place."""


@dataclass(frozen=True)
class AdvancedRiver(River):
    """A river whose figures and tables were made from those of an earlier state."""

    made: Year | None = None
    base: Base | None = None

    @cached_property
    def holdings(self) -> Holdings:
        """What is held: the tables lie in memory already."""
        return SupposedHoldings(self.counted_by, self.period, self.kept, self.as_of, self.base)

    @cached_property
    def year(self) -> Year:
        """The figures that were made."""
        return self.made if self.made is not None else super().year


def advanced(
    counted: Counted, before: CountedFrom, now: CountedFrom, workspace: Workspace
) -> Counted | None:
    """Go on from earlier figures to what is accepted now; None where they must be made anew."""
    river = counted.river
    if river.workspace is workspace and _untouched(river, before, now):
        return counted
    keys = _came(before, now, river.period.code)
    if keys is None or river.release is not None or river.workspace is not workspace:
        return None
    kept = tuple(Kept(*row) for row in revisions(workspace, river.period))
    if {(one.form, one.place, one.content) for one in kept} != _contents(now, river.period.code):
        # Somebody has accepted another one meanwhile: whoever asks, asks again.
        return None
    changed = [one for one in kept if (one.form, one.place) in keys]
    returns = Cabinet(workspace.store / "cabinet").read_returns(changed)
    return gone_on(counted, workspace, kept, returns)


def gone_on(
    counted: Counted, workspace: Workspace, kept: tuple[Kept, ...], returns: Sequence[Return]
) -> Counted | None:
    """Figure a period as it is with some returns beside or in place of those that were counted.

    ``kept``: all that is accepted then.
    """
    river = counted.river
    supposed = suppose(counted, *returns)
    if supposed.river is None:
        return None
    known = {**counted.base.returns, **{(one.form, one.place): one for one in returns}}
    base = Base(
        None,
        dict(supposed.river.holdings.tables().by_sheet),
        {(one.form, one.place): known[one.form, one.place] for one in kept},
    )
    later = AdvancedRiver(
        workspace,
        river.period,
        kept=kept,
        others=river.others,
        asked=river.asked,
        engine=river.engine,
        made=supposed.year,
        base=base,
    )
    found = Counted(later, attained_in(counted, supposed), counted.judged())
    found.carry(counted.carried(supposed.again), supposed.again, counted)
    return found


def _untouched(river: River, before: CountedFrom, now: CountedFrom) -> bool:
    """Whether what has changed since is of periods of which the river has asked nothing.

    Last year's figures do not follow from what schools report this year. Which periods a river has
    asked for it knows itself: whatever has been made of it since is among them.
    """
    if before.targets != now.targets:
        return False
    moved = {str(row[4]) for row in {*before.accepted} ^ {*now.accepted}}
    moved |= {one.period for one in before.releases if one not in now.releases}
    moved |= {one.period for one in now.releases if one not in before.releases}
    return river.period.code not in moved and not moved & river.asked


def _came(before: CountedFrom, now: CountedFrom, period: str) -> set[_Key] | None:
    """Give the returns that are others than before; None where more than returns is another."""
    if (before.releases, before.targets) != (now.releases, now.targets):
        return None
    old = {(row[0], row[1], row[4]): row for row in before.accepted}
    new = {(row[0], row[1], row[4]): row for row in now.accepted}
    changed = {key for key, row in new.items() if old.get(key) != row}
    if old.keys() - new.keys() or len(changed) > _MOST:
        return None
    if any(when != period for _, _, when in changed):
        return None
    return {(str(form), str(place)) for form, place, _ in changed}


def _contents(now: CountedFrom, period: str) -> set[tuple[str, str, str]]:
    return {(str(r[0]), str(r[1]), str(r[5])) for r in now.accepted if r[4] == period}
