"""What a view says of itself: who may see it, about what, and whether it writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from django.http import HttpRequest, HttpResponse

from xianxue.bureau.workflow.subject import Subject

View = Callable[..., HttpResponse]
About = Callable[..., Subject | None]
"""Gives what a page is about from the visit and the address; None for anywhere the role reaches."""

OPEN: Final = ""
"""The permission of pages that are shown to everybody, signed in or not."""
SIGNED: Final = "-"
"""The permission of pages that everybody sees who has signed in: their own."""


class Declared(Protocol):
    """A view that says what it takes to be shown."""

    deed: str
    about: About
    writes: bool

    def __call__(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Answer."""
        ...
