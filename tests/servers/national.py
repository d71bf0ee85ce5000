"""The national cards as they stand on disk, read once in a process for all tests that look at them.

Sixty test files read them while tests are collected, a second each; a test that lays something over
them, or reads them after it has changed what reads them, goes through the door itself.
"""

from __future__ import annotations

from functools import cache

from xianxue.catalogue.load import Loaded, load


@cache
def national() -> Loaded:
    """Read the cards; nobody may change what is given."""
    return load()
