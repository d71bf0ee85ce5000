"""Files in WeChat: its browser opens none and says nothing; a page says how to get them instead."""

from __future__ import annotations

from email.message import Message
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from xianxue.web.kit import pages
from xianxue.web.kit.visit import asked

_WITHIN: Final = "MicroMessenger"
"""How the browser of WeChat calls itself, on a phone as on a desk, and that of 企业微信 too."""
_TAKEN: Final = "in_spite"
"""In the address: somebody has read the page and wants the file all the same."""


def outside(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give the page in place of a file that the browser could not keep; else the answer itself."""
    told = answer.headers.get("Content-Disposition", "")
    if not told.startswith("attachment") or _WITHIN not in request.headers.get("User-Agent", ""):
        return answer
    if request.method != "GET" or request.GET.get(_TAKEN):
        return answer
    asks = request.GET.copy()
    asks[_TAKEN] = "1"
    values = {
        "file": file_name(told),
        "outside": request.build_absolute_uri(),
        "in_spite": f"{request.path}?{urlencode(asks, doseq=True)}",
    }
    answer.close()
    return pages.show(asked(), "kit/outside.html", values)


def file_name(told: str) -> str:
    """Give the name that an answer gives its file, in the letters it was meant in."""
    read = Message()
    read["Content-Disposition"] = told
    return read.get_filename() or ""
