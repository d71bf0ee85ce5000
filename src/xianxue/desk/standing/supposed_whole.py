"""The river as it would be over another register: all tables are laid out anew, in memory.

Where schools are merged or closed, whose rows there are changes everywhere: nothing that stands
can be gone on with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.records.returned import Return
from xianxue.desk.indicators.counted_by import CountedBy
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.table_files import held_table


class GivenHoldings(Holdings, dict=True):
    """What would be held: just these returns."""

    given: tuple[Return, ...] = ()

    @cached_property
    def returns(self) -> list[Return]:
        """The returns given."""
        return list(self.given)

    def tables(self) -> Tables:
        """Lay all tables out in memory: nothing supposed is written to the cabinet."""
        return Tables(self._laid, POLARS)

    @cached_property
    def _laid(self) -> Mapping[str, Any]:
        return {name: held_table(*columns) for name, columns in self.columns().items()}


@dataclass(frozen=True)
class GivenRiver(River):
    """One period as it would be, over returns that are given."""

    given: tuple[Return, ...] = ()

    @cached_property
    def holdings(self) -> Holdings:
        """What would be held."""
        return GivenHoldings(self.counted_by, self.period, self.kept, self.as_of, self.given)


def whole_river(
    river: River, rules: CountedBy, as_of: date | None, returns: tuple[Return, ...]
) -> GivenRiver:
    """Suppose a register and returns over a river of what is accepted now.

    With ``as_of``, returns of schools that have been merged by that day are added up.
    """
    return GivenRiver(
        river.workspace,
        river.period,
        as_of=as_of,
        kept=tuple(river.holdings.kept),
        earlier=river.earlier,
        targets=river.targets,
        entries=river.entries,
        rules=rules,
        engine=river.engine,
        given=returns,
    )
