"""The addresses of the interface: its operations, and a page that lists them."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.http import HttpResponse
from django.urls import path

from xianxue.web.api import (
    accounts,
    audit,
    backups,
    deeds,
    drafts,
    events,
    figures,
    forms,
    journal,
    ledgers,
    office,
    people,
    places,
    releases,
    report,
    returns,
    scans,
    standards,
    targets,
    works,
)
from xianxue.web.api.entry import API
from xianxue.web.kit.addresses import room
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked

OPERATIONS: Final = (
    places,
    events,
    returns,
    deeds,
    drafts,
    scans,
    forms,
    office,
    figures,
    targets,
    ledgers,
    standards,
    releases,
    report,
    audit,
    people,
    works,
    accounts,
    journal,
    backups,
)
"""Importing them adds their operations to the interface."""


@page(SIGNED)
def listed(request: Asked) -> HttpResponse:
    """List the operations as the schema tells them."""
    return show(request, "api/listed.html", {"rows": _rows()})


@cache
def _rows() -> list[dict[str, str]]:
    # The schema takes seconds to draw, and stays what it is as long as the program runs.
    return [
        {"method": method.upper(), "path": where, "words": told.get("description", "")}
        for where, methods in API.get_openapi_schema()["paths"].items()
        for method, told in methods.items()
    ]


PAGES: Final = room("interface", ("", listed, "listed"), at="api/")
ROOM: Final = path("api/v1/", API.urls)
