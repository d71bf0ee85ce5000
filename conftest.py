"""What must stand before the source can be imported for its doctests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import quick_sqlite

from xianxue.desk.database import open_database, opening

if TYPE_CHECKING:
    from private_postgresql import Server

_FOLDER = Path(tempfile.mkdtemp(prefix="xianxue-tests-"))


def _server() -> Server | None:
    """Start a PostgreSQL server where tests are to run on one."""
    wanted = os.environ.get("XIANXUE_TEST_DATABASE", "sqlite")
    if wanted == "sqlite":
        return None
    if wanted != "postgresql":
        message = f"XIANXUE_TEST_DATABASE is sqlite or postgresql, not {wanted}"
        raise RuntimeError(message)
    from private_postgresql import Server  # noqa: PLC0415 - its driver is loaded only for it

    server = Server()
    opening.database_of = server.settings_of
    return server


SERVER = _server()

# Django's models cannot be imported before a database is named, and conftest files that import them
# are read right after this one. This database is thrown away: a test that needs its own opens it in
# its own folder.
if SERVER is None:
    quick_sqlite.copy_what_is_migrated(_FOLDER)
else:
    open_database(_FOLDER)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    if SERVER is not None:
        SERVER.stop()
