"""The page on which the kit shows itself; only there where the server was told so."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpResponse

from xianxue.web.kit.addresses import room
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import missing, page, show
from xianxue.web.kit.visit import Asked


@page(SIGNED)
def kit(request: Asked) -> HttpResponse:
    """Show every part with its states."""
    if not settings.XIANXUE_DEBUG:
        return missing(request)
    return show(request, "kit/kit.html", {})


ROOM: Final = room("kit", ("kit", kit, "kit"), at="")
