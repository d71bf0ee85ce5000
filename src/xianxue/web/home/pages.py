"""首页: what must be done, and what is waited for."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked


@page(SIGNED)
def home(request: Asked) -> HttpResponse:
    """Show the first page."""
    return show(request, "home/home.html", {})
