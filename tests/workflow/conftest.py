"""An invented county and an invented policy in which every scope is somebody's."""

from __future__ import annotations

import pytest
from invented_bureau import POLICY, REGISTER

from xianxue.bureau.workflow.permission import Authority


@pytest.fixture
def authority() -> Authority:
    """The invented policy over the invented county."""
    return Authority(POLICY, REGISTER)
