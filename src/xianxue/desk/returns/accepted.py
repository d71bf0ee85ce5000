"""What is accepted for a period, cell by cell, without the engine where it was read before.

Two hundred people are compared with the same returns. So what was read stays in the process, under
the name of the very revisions it was read from: another set is another name.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Final

from xianxue.bureau.places.basis import basis
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.rebase import rebase
from xianxue.bureau.returns.checking.unusual_peers import PeerValues, gather_peers
from xianxue.bureau.values.periods import Period
from xianxue.desk.database import has_database, open_database
from xianxue.desk.stores.memory import Memory
from xianxue.desk.stores.recalled import decoded, encoded, name_of
from xianxue.desk.workspace import Workspace

Revision = tuple[str, str, int, str, str, str, str]
"""How the database refers to what the cabinet holds: see ``ACCEPTED``."""


def revisions(workspace: Workspace, period: Period) -> list[Revision]:
    """Give the accepted revision of each form and place.

    HarmedError where they are not those that the journal tells of.
    """
    open_database(workspace.store)
    from xianxue.desk.actions.as_told import hold_accepted  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models.filing import ACCEPTED, Filing  # noqa: PLC0415 - needs Django set up

    accepted = Filing.objects.filter(period=period.code, accepted__isnull=False)
    rows = list(accepted.order_by("form", "place").values_list(*ACCEPTED))
    hold_accepted(period.code, {f"{row[0]}/{row[4]}/{row[1]}": (row[2], row[5]) for row in rows})
    return rows


def accepted_returns(workspace: Workspace, period: Period) -> list[Return]:
    """Give the accepted returns of a period as they were filed."""
    rows = revisions(workspace, period)
    if not rows:
        return []
    # Named by the revisions themselves: another set is another name, so it is never out of date.
    memory = Memory(workspace.store / "cabinet" / "recalled")
    found = decoded(memory.recall(name_of(rows)))
    if found is None:
        from xianxue.desk.stores.cabinet import Cabinet, Kept  # noqa: PLC0415 - needs Polars

        cabinet = Cabinet(workspace.store / "cabinet")
        found = cabinet.read_returns(Kept(*row) for row in rows)
        said = encoded(found)
        if said is not None:
            memory.keep(name_of(rows), said)
    return found


Accepted = Mapping[tuple[str, str], Return]
"""Form and place to a return."""
_MOST: Final = 6
"""Periods that stay read; those of 300 schools are some 20 MB."""


@dataclass(eq=False)
class _Reported:
    """What was read of one period, and what follows from it."""

    workspace: Workspace
    name: str
    accepted: Accepted
    joined: dict[date, Accepted] = field(default_factory=dict[date, Accepted])
    """On the register of a later day."""
    peers: dict[tuple[str, date], PeerValues] = field(
        default_factory=dict[tuple[str, date], PeerValues]
    )


_KEPT: Final[OrderedDict[tuple[Path, str], _Reported]] = OrderedDict()
_READING: Final = RLock()
"""Held by who reads: two who ask at once would read the same twice."""


def _reported(workspace: Workspace, period: Period) -> _Reported | None:
    """Give what is accepted for a period; None where nothing is."""
    rows = revisions(workspace, period)
    if not rows:
        return None
    key, name = (workspace.store, period.code), name_of(rows)
    with _READING:
        found = _KEPT.get(key)
        if found is None or found.name != name:
            accepted = {
                (each.form, each.place): each for each in accepted_returns(workspace, period)
            }
            found = _KEPT[key] = _Reported(workspace, name, accepted)
        elif found.workspace is not workspace:
            # Its files have changed: schools may have merged, cards say something else.
            found = _KEPT[key] = _Reported(workspace, name, found.accepted)
        _KEPT.move_to_end(key)
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found


@dataclass
class Records:
    """What a bureau accepted and what schools reported, each period asked for once."""

    workspace: Workspace
    _periods: dict[str, _Reported | None] = field(default_factory=dict[str, _Reported | None])

    @property
    def any(self) -> bool:
        """Whether anything was ever filed: else neither database nor engine is opened."""
        return has_database(self.workspace.store)

    def accepted(self, period: Period) -> Accepted:
        """Give what is accepted for a period."""
        found = self._of(period)
        return {} if found is None else found.accepted

    def _of(self, period: Period) -> _Reported | None:
        # Asked of every return of a batch: only the first time has anything to be opened.
        if period.code not in self._periods:
            if not self.any:
                return None
            self._periods[period.code] = _reported(self.workspace, period)
        return self._periods[period.code]

    def of_last_year(self, period: Period) -> Accepted:
        """Give what is accepted for 上年同期; nothing for an examination, which has none.

        What schools filed that have been merged since counts under the school they went into.
        """
        if not period.recurs:
            return {}
        before = period.same_last_year()
        found = self._of(before)
        if found is None:
            return {}
        # Somebody may prepare a period whose day lies before the other's.
        day = max(period.reference_day, before.reference_day)
        with _READING:
            if day not in found.joined:
                found.joined[day] = self._joined(found.accepted, before, day)
            return found.joined[day]

    def _joined(self, filed: Accepted, before: Period, day: date) -> Accepted:
        shelf = self.workspace.shelf
        counted = basis(self.workspace.register, before.reference_day, day)
        if not counted.changed:
            return filed
        joined = rebase(filed.values(), counted, shelf.forms, shelf.codes).returns
        return {(each.form, each.place): each for each in joined}

    def last_peers(self, form: str, period: Period) -> PeerValues | None:
        """Give what all schools reported the year before; None where none did."""
        if not period.recurs:
            return None
        return self._gathered(form, period, period.same_last_year())

    def peers(self, form: str, period: Period) -> PeerValues | None:
        """Give what schools are compared with: last year's, or this year's in the first one."""
        return self.last_peers(form, period) or self._gathered(form, period, period)

    def _gathered(self, form: str, period: Period, of: Period) -> PeerValues | None:
        found = self._of(of)
        if found is None:
            return None
        returns = [each for (name, _), each in found.accepted.items() if name == form]
        if not returns:
            return None
        day = period.reference_day
        with _READING:
            if (form, day) not in found.peers:
                shelf, register = self.workspace.shelf, self.workspace.register
                found.peers[form, day] = gather_peers(returns, shelf, register, of, day)
            return found.peers[form, day]
