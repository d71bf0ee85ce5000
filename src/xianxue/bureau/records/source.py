"""Sources: what offers tables for a period, with their traces and who is expected in them.

Returns are the first source; a list of targets, a ledger, an examination are others. A source
says three things and computes no figure: which tables it has, which rows it expects of whom (so
that coverage can be told), and in what a row of a table ends (so that a figure can be followed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from operator import getitem
from typing import Any, Protocol

from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.records.trace import Trace
from xianxue.bureau.values.record import Record


class OnDemand(Mapping[str, Any]):
    """Tables by name, each made when it is first asked for and then kept."""

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        """Take a way to make each table."""
        self._makers = makers
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a frame of any engine
        """Give a table, making it if need be; KeyError where there is none of the name."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a table; nothing is made to answer."""
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._makers)


class TableSource(Protocol):
    """What figures of one period are counted from, as far as one source offers it."""

    def tables(self) -> Mapping[str, Any]:
        """Give lazy frames of any engine by table, with the columns of ``indicators/columns.py``.

        They may hold several periods; figures are made of the period asked for alone. A source
        whose tables take work gives an ``OnDemand``, so that nobody pays for what is not counted.
        """
        ...

    def expected(self) -> Expected:
        """Give the rows expected of each place in these tables."""
        ...

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[Trace]:
        """Give what one field of one row ends in; nothing where nobody wrote anything.

        ``row`` is the row's code in a grid, its line in a list, empty in a record.
        """
        ...


class Sources(Record, dict=True):
    """Several sources as one. It is itself a source.

    Two sources never offer the same table: a number that two people keep is no number
    (``ValueError``).
    """

    parts: Sequence[TableSource]

    def tables(self) -> Mapping[str, Any]:
        """Give the tables of all sources."""
        # By name only: copied into one mapping, every table that takes work would be made.
        return OnDemand(
            {name: partial(getitem, tables, name) for name, (_, tables) in self._offered.items()}
        )

    def expected(self) -> Expected:
        """Give what all sources expect."""
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for part in self.parts:
            found.update(part.expected())
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[Trace]:
        """Ask the source that has the table."""
        offered = self._offered.get(table)
        return () if offered is None else offered[0].traces(place, table, field, row)

    @cached_property
    def _offered(self) -> dict[str, tuple[TableSource, Mapping[str, Any]]]:
        """Table to its source and all that it offers; each source is asked once."""
        found: dict[str, tuple[TableSource, Mapping[str, Any]]] = {}
        for part in self.parts:
            tables = part.tables()
            for name in tables:
                # Refused here, where all sources meet; taken in turn, the last one would win
                # unseen.
                if name in found:
                    message = f"table {name} is offered by two sources"
                    raise ValueError(message)
                found[name] = part, tables
        return found
