"""A server of these tests' own, and the people at work on its ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.ledgers import Office
from kit.server import Server
from kit.workspaces import copied


@pytest.fixture(scope="package")
def bureau(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    scratch = tmp_path_factory.mktemp("ledgers")
    server = Server(copied(county, scratch), scratch)
    yield Office(server)
    server.stop()
