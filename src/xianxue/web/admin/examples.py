"""用例子验证规则: a card's examples as a workbook that is filled in, put back and judged."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import TooLargeError
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.cards.example_book import empty_book, runnable
from xianxue.desk.cards.example_reading import read_book
from xianxue.desk.cards.example_run import Ran, run
from xianxue.desk.cards.library import Held, library_of
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.admin.catalogue import VIEW
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show
from xianxue.web.kit.visit import Asked


@page(VIEW, of_county(VIEW))
def examples(request: Asked, kind: str, name: str) -> HttpResponse:
    """Show where the workbook is got and put back."""
    return show(request, "admin/examples.html", _values(_card(request, kind, name)))


@page(VIEW, of_county(VIEW))
def book(request: Asked, kind: str, name: str) -> HttpResponse:
    """Give the empty workbook."""
    card = _card(request, kind, name)
    data = empty_book(request.visit.standing.workspace().shelf, kind, name)
    return download(data, str(say("{term}例子.xlsx", term=card.term)))


@deed(VIEW, of_county(VIEW))
def judge(request: Asked, kind: str, name: str) -> HttpResponse:
    """Judge a workbook line by line; nothing is kept."""
    card = _card(request, kind, name)
    values = _values(card)
    try:
        found = _run(request, kind, name)
    except ComplaintsError as error:
        values["issues"] = error.issues
        return show(request, "admin/examples.html", values, status=COMPLAINED)
    return show(request, "admin/examples.html", values | {"found": found})


def _run(request: Asked, kind: str, name: str) -> Ran:
    workspace = request.visit.standing.workspace()
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        issue = refuse("F-EXAMPLE", say("没有放入文件"), say("填好的例子工作簿"))
        raise ComplaintsError([issue])
    try:
        read = read_book(workspace.shelf, kind, name, (sent.name or "")[-120:], sent.read())
        return run(workspace, kind, name, read)
    except (MisusedError, TooLargeError) as error:
        issue = refuse("F-EXAMPLE", str(error), say("填好的例子工作簿"))
        raise ComplaintsError([issue]) from error


def _card(request: Asked, kind: str, name: str) -> Held:
    workspace = request.visit.standing.workspace()
    found = library_of(workspace).cards.get((kind, name))
    if found is None or not runnable(workspace.shelf, kind, name):
        raise MissingError(
            say("这张卡片数的是名册、目标或别的时期的数，不能用例子验证：{name}。", name=name)
        )
    return found


def _values(card: Held) -> dict[str, Any]:
    issues: list[Issue] = []
    nothing: Ran | None = None
    return {"card": card, "issues": issues, "found": nothing, "tab": "catalogue"}
