"""What went wrong, told in words: no page ever shows a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import Resolver404
from django.utils.crypto import get_random_string

from xianxue.bureau.returns.files.bounds import MOST_FILES
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.database.system_faults import machine_words
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.kit import pages
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)
MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes that may be sent at once: a county's workbooks together are some 20 MB."""
PROGRAMS: Final = "/api/v1/"
"""Where programs ask: they are answered in their own shape."""
_TOO_MUCH: Final = 413
_TOO_MANY: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_PLAIN: Final = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>没有打开</title>
<p>系统现在打不开这一页，多半是磁盘满了或数据库写不进去。已存的数据没有动。请告诉系统管理员。</p>
<p lang="en">The page cannot be opened now. What was stored is untouched.
Tell the administrator.</p>
"""
"""Where not even a page of ours can be written: its frame asks the database too."""


class MissingError(Exception):
    """There is nothing at an address."""

    def __init__(self, what: Sentence | None = None) -> None:
        """Take what is missing, in words."""
        super().__init__(what)
        self.what = what


class TellingFaults:
    """Turns what was raised while a page was asked into a page."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is too much to be held at once is not even read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > len(str(MOST_BYTES)) + 1:
            return too_much()
        return too_much() if int(length) > MOST_BYTES else self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell what can be told; anything else is a fault of ours, with a number to ask by."""
        if isinstance(error, (MissingError, Resolver404)):
            what = error.what if isinstance(error, MissingError) else None
            return pages.missing(asked(), what)
        if isinstance(error, ComplaintsError):
            return pages.complain(asked(), error.issues)
        if isinstance(error, MisusedError):
            return pages.missing(asked(), error.args[0])
        if isinstance(error, (UnreadablePostError, SuspiciousOperation, MultiPartParserError)):
            return not_taken(request, error)
        words = machine_words(error)
        if words is not None:
            _log.error("refused by the machine: %s", error)
            return _shown(words, 503)
        number = get_random_string(8)
        _log.exception("fault %s", number)
        return broken(number)


def broken(number: str) -> HttpResponse:
    """Say that something broke here, what became of the work, and by which number to ask."""
    words = say(
        "这一页没有打开，是程序的问题。已存的数据没有动，请把编号 {n} 告诉系统管理员。", n=number
    )
    return _shown(words, 500)


def _shown(words: Sentence, status: int) -> HttpResponse:
    try:
        return pages.show(asked(), "kit/broken.html", {"words": words}, status=status)
    except Exception:  # noqa: BLE001 - what has failed may well be what every page asks for
        _log.exception("nor could it be told")
        return fallen()


def fallen(request: HttpRequest | None = None) -> HttpResponse:
    """Say that nothing can be shown, without asking for anything that may be what has failed."""
    del request
    return HttpResponse(_PLAIN, status=500)


def not_taken(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request is not one that any page of ours sends."""
    del request
    if isinstance(exception, _TOO_MANY):
        return too_much()
    words = say("浏览器送来的内容读不懂，什么也没有办。请重新打开这一页再办。")
    return pages.show(asked(), "kit/broken.html", {"words": words}, status=400)


def too_much() -> HttpResponse:
    """Say how much may be sent at once."""
    words = say(
        "一次送来的内容太多，没有收。一次最多 {n} MB、{files} 个文件，请分几次。",
        n=MOST_BYTES >> 20,
        files=MOST_FILES,
    )
    return pages.show(asked(), "kit/broken.html", {"words": words}, status=_TOO_MUCH)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that no page has this address; to a program, in its own shape."""
    del exception
    if request.path.startswith(PROGRAMS):
        told = {"code": "W-MISSING", "severity": "must_fix", "message": tell(say("没有这个地址。"))}
        return JsonResponse({"issues": [told]}, status=404)
    return pages.missing(asked())


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of ours that is still open."""
    del request, reason
    issue = say("这一页开得太久或者在别处退出过，没有办。请重新打开这一页再办。")
    return pages.show(asked(), "kit/broken.html", {"words": issue}, status=403)
