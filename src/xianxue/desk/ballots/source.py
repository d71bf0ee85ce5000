"""Ballots as sources of tables: the county's row of each survey that was counted.

Figures end in counters that were published, never in a person; what is shown to nobody is
withheld here too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from xianxue.bureau.ballots.figured import tallies_of
from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import TableRow, lay_out
from xianxue.bureau.kinds.ballots.tables import table_of
from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.source import OnDemand
from xianxue.bureau.records.trace import TallyRef
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.database import open_database
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models.ballot import Poll


class BallotSource(Record, dict=True):
    """The counted ballots of one county, for one period."""

    workspace: Workspace
    register: Register
    period: Period
    known: Callable[[], Collection[str]]
    """Gives the keys of the ballots that are counted by figures."""

    def tables(self) -> Mapping[str, Any]:
        """Offer a table of each card that makes figures; it is made when somebody counts it."""
        return OnDemand({name: partial(self._table, name) for name in self._names})

    def expected(self) -> Expected:
        """Expect the county's row of what was counted; of what was not, nobody's."""
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for name in self._names:
            poll = self._poll(name)
            if poll is not None:
                fields = frozenset(
                    field.field for field in self.workspace.shelf.tables[name].fields
                )
                found[self.register.county.code, name] = (ExpectedRow(None, fields),)
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[TallyRef]:
        """Give the counters of a number; nothing where it is shown to nobody."""
        del row
        poll = self._poll(table) if table in self._names else None
        if poll is None:
            return ()
        from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - needs Django first
        from xianxue.desk.ballots.results import county_in  # noqa: PLC0415 - as above

        return tuple(tallies_of(opened(poll).card, county_in(poll.results), place, field))

    @property
    def _names(self) -> Sequence[str]:
        return [one.ballot for one in self.workspace.shelf.ballots.values() if table_of(one)]

    def _table(self, name: str) -> Any:  # noqa: ANN401 - a frame of any engine
        table = self.workspace.shelf.tables[name]
        poll = self._poll(name)
        rows: list[TableRow] = []
        if poll is not None:
            from xianxue.desk.ballots.results import county_in  # noqa: PLC0415 - needs Django first

            values = county_in(poll.results).values
            rows.append(TableRow(self.register.county, None, "", values))
        fields = [field.field for field in table.fields]
        columns = lay_out(fields, rows, self.register, self.period)
        return held_table(columns, column_types(table, columns))

    def _poll(self, card: str) -> Poll | None:
        """Give the ballot of a card that figures of the period count: of several the last."""
        keys = [key for key in self.known() if key.startswith(f"{card}/{self.period.code}/")]
        if not keys:
            return None
        open_database(self.workspace.store)
        from xianxue.desk.models.ballot import COUNTED, Poll  # noqa: PLC0415 - needs Django first

        number = max(int(key.rpartition("/")[2]) for key in keys)
        rows = Poll.objects.filter(card=card, period=self.period.code, number=number, state=COUNTED)
        return rows.first()


def counted_until(on: date) -> list[str]:
    """Give the keys of the ballots that were counted up to a day."""
    from xianxue.desk.models.ballot import COUNTED, Poll  # noqa: PLC0415 - needs Django first

    rows = Poll.objects.filter(state=COUNTED).order_by("card", "period", "number")
    return [row.key for row in rows if row.counted_at and day_of(row.counted_at) <= on]
