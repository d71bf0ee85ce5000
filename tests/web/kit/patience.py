"""What a test reads after a press is the page that the press leads to, wholly read.

A press waits until the next page has begun, not until it is there: a `count()` that follows at once
may still count nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

PRESSES = ((Page, "click"), (Page, "press"), (Locator, "click"), (Locator, "press"))


def patient(patch: pytest.MonkeyPatch) -> None:
    """Let every press wait for the page it leads to, as long as the patch stands."""
    for owner, name in PRESSES:
        patch.setattr(owner, name, _waiting(getattr(owner, name)))


def _waiting(press: Callable[..., None]) -> Callable[..., None]:
    @wraps(press)
    def pressed(at: Any, *words: Any, **how: Any) -> None:
        press(at, *words, **how)
        page = at if isinstance(at, Page) else at.page
        if not page.is_closed():
            page.wait_for_load_state()

    return pressed
