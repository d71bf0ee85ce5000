"""What went wrong, told in words: no page ever shows a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import Resolver404
from django.utils.crypto import get_random_string

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.kit import pages
from xianxue.web.kit.visit import asked

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)


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
        """Answer."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell what can be told; anything else is a fault of ours, with a number to ask by."""
        del request
        if isinstance(error, (MissingError, Resolver404)):
            what = error.what if isinstance(error, MissingError) else None
            return pages.missing(asked(), what)
        if isinstance(error, ComplaintsError):
            return pages.complain(asked(), error.issues)
        if isinstance(error, MisusedError):
            return pages.missing(asked(), error.args[0])
        if isinstance(error, UnreadablePostError):
            return HttpResponse(status=400)
        number = get_random_string(8)
        _log.exception("fault %s", number)
        return broken(number)


def broken(number: str) -> HttpResponse:
    """Say that something broke here, what became of the work, and by which number to ask."""
    words = say(
        "这一页没有打开，是程序的问题。已存的数据没有动，请把编号 {n} 告诉系统管理员。", n=number
    )
    return pages.show(asked(), "kit/broken.html", {"words": words}, status=500)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that no page has this address."""
    del request, exception
    return pages.missing(asked())


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of ours that is still open."""
    del request, reason
    issue = say("这一页开得太久或者在别处退出过，没有办。请重新打开这一页再办。")
    return pages.show(asked(), "kit/broken.html", {"words": issue}, status=403)
