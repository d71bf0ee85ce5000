"""The national wordlists, read once."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.catalogue.load import load


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    loaded = load()
    assert loaded.issues == []
    return Lexicon.of(loaded.shelf.wordlists.values())
