"""What must stand before the source can be imported for its doctests."""

import shutil
import tempfile
from pathlib import Path

from xianxue.desk.database import open_database

_FOLDER = Path(tempfile.mkdtemp(prefix="xianxue-tests-"))


# Django's models cannot be imported before a database is named, and conftest files that import them
# are read right after this one. This database is thrown away: a test that needs its own opens it in
# its own folder.
open_database(_FOLDER)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
