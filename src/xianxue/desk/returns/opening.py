"""Opening what deeds on returns stand on, without workbooks and without the engine."""

from __future__ import annotations

from xianxue.desk.actions.context import Ground
from xianxue.desk.database import FILE, open_database
from xianxue.desk.stores.whole_files import opened_file
from xianxue.desk.workspace import Workspace


def open_ground(workspace: Workspace, *, to_verify: bool = False) -> Ground:
    """Open the database and give what deeds on returns stand on.

    ``to_verify`` opens an emptied one too, so that it can be said what is wrong with it.
    """
    open_database(workspace.store, to_verify=to_verify)
    # After each opening: SQLite makes the files beside its own anew, for one writer alone.
    for end in ("", "-wal", "-shm"):
        opened_file(workspace.store / (FILE + end), workspace.settings.umask)
    settings = workspace.settings
    return Ground(
        workspace.shelf,
        workspace.register,
        settings.lifecycle,
        settings.policy,
        settings.demo,
        tuple(settings.switches),
    )
