"""What is accepted for a period, cell by cell, without the engine where it was read before."""

from __future__ import annotations

from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.desk.database import open_database
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
