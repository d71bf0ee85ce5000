"""The small county as fixtures."""

from __future__ import annotations

import pytest
from small_county import DAYS, SHELF, Walked


@pytest.fixture(scope="session")
def walked():
    """The class that walks a ledger."""
    return Walked


@pytest.fixture(scope="session")
def days():
    return DAYS


@pytest.fixture(scope="session")
def shelf():
    return SHELF
