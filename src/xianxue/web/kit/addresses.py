"""Addresses: the rooms' own words, gathered from the rooms; and where static files lie."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver

from xianxue.web.kit.declared import Declared

STATIC: Final = Path(__file__).parents[1] / "static"


@cache
def static_address() -> str:
    """Give the address of the static files: another one whenever any of them changes."""
    digest = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(STATIC).as_posix().encode() + file.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}/"


def room(name: str, *pages: tuple[str, Declared, str], at: str | None = None) -> URLResolver:
    """Give a room's addresses: route, view, name. Raises TypeError for an undeclared view."""
    patterns: list[URLPattern] = []
    for route, view, called in pages:
        if not hasattr(view, "deed"):
            message = f"{name}:{called} does not say who may see it"
            raise TypeError(message)
        patterns.append(path(route, view, name=called))
    return path(f"{name}/" if at is None else at, include((patterns, name)))
