"""A ballot box for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ballot_box import Box
from django.db import connection

from xianxue.desk.database import open_database


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    """A fresh store."""
    open_database(tmp_path / "store")
    yield Box(tmp_path / "store")
    connection.close()
