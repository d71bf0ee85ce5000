"""SQLite for tests: a store that is new gets a copy of what was migrated once, and nothing waits.

A program of its own that a test starts does neither: it opens its store as at a county's desk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from xianxue.desk.database import FILE, open_database, opening, settings


def settings_of(folder: Path) -> dict[str, Any]:
    """Stand in for ``settings.database_of``: no test has to outlast a power failure."""
    found = settings.database_of(folder)
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    return found


def copy_what_is_migrated(folder: Path) -> None:
    """Migrate a database in a folder; from now on stores without a file begin with a copy of it."""
    opening.database_of = settings_of
    open_database(folder)
    with closing(sqlite3.connect(folder / FILE)) as database:
        empty = database.serialize()

    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    from xianxue.desk.database import migrating  # noqa: PLC0415 - as above

    bring_up_to_date = migrating.bring_up_to_date

    def copied(*refuse_new: Callable[[], None]) -> None:
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite" and not Path(name).exists():
            Path(name).write_bytes(empty)
        bring_up_to_date(*refuse_new)

    migrating.bring_up_to_date = copied
