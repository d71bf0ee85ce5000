"""The four schools' county at work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from working_county import County


@pytest.fixture
def county(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> County:
    """The four schools, all accepted, opened by nobody yet."""
    copy_workspace(four_schools, tmp_path / "county")
    return County(tmp_path / "county")
