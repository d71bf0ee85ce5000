"""What must stand before the source can be imported for its doctests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import quick_sqlite
import warmed
from _pytest.doctest import DoctestModule

from xianxue.desk.database import open_database, opening

if TYPE_CHECKING:
    from collections.abc import Generator

    from private_postgresql import Server

_TESTS = Path(__file__).parent / "tests"
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


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path,
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for doctests in the source alone: in the tests are none, and looking took a minute."""
    found = yield
    if not file_path.is_relative_to(_TESTS):
        return found
    return [each for each in found if not isinstance(each, DoctestModule)]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    warmed.end()
    shutil.rmtree(_FOLDER, ignore_errors=True)
    if SERVER is not None:
        SERVER.stop()
