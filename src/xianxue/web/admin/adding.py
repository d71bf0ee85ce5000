"""Adding people: one by a form, many from a list; their passwords are told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.contents.strict import day_of
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.list_template import list_template
from xianxue.desk.accounts.listed import Listed, Read, read_sent
from xianxue.desk.accounts.people import login_of, people
from xianxue.desk.actions.accounts.create import CreateAccounts, Made
from xianxue.desk.returns.exporting import Sheet, workbook_of
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.admin import parts
from xianxue.web.admin.people import role_term
from xianxue.web.admin.person_deeds import MANAGE, managing
from xianxue.web.kit import told_once
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_FIELDS: Final = ("login", "name", "role", "place", "from", "until")
_LARGEST: Final = 4 << 20
"""Bytes: a list of ten thousand people is half of it."""


@page(MANAGE, of_county(MANAGE))
def new(request: Asked) -> HttpResponse:
    """Show the form for one person."""
    return _form(request, dict.fromkeys(_FIELDS, ""), [])


def _form(request: Asked, typed: Mapping[str, str], issues: Sequence[Issue]) -> HttpResponse:
    visit = request.visit
    values = {
        "typed": typed,
        "issues": issues,
        "roles": parts.roles(visit),
        "places": parts.places(visit),
        "today": clock.day_of(visit.at),
        "tab": "people",
    }
    return show(request, "admin/new.html", values, status=COMPLAINED if issues else 200)


@deed(MANAGE, of_county(MANAGE))
def add(request: Asked) -> HttpResponse:
    """Make one account with its appointment."""
    typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    try:
        line = Listed(
            login=login_of(typed["login"]),
            name=" ".join(typed["name"].split()),
            role=typed["role"],
            place=typed["place"],
            from_day=parts.day_said(request, "from", say("起")),
            until_day=parts.day_said(request, "until", say("止")),
        )
        made = CreateAccounts(*managing(request))([line])
    except ComplaintsError as error:
        return _form(request, typed, error.issues)
    if not made:
        return went(request, "admin:person", line.login, said=say("已有这个账号，加了一项任职。"))
    return _told(request, made)


def _told(request: Asked, made: Sequence[Made]) -> HttpResponse:
    visit = request.visit
    rows = [
        {
            "login": one.login,
            "name": one.name,
            "password": one.password,
            "role": role_term(visit, one.role),
            "place": visit.place_name(one.place),
        }
        for one in made
    ]
    told = {"kind": "new", "rows": rows}
    return went(request, "admin:told", told_once.keep(visit.signed.session, visit.at, told))


@page(MANAGE, of_county(MANAGE))
def told(request: Asked, key: str) -> HttpResponse:
    """Tell passwords, once; the list can be taken along or printed."""
    visit = request.visit
    found = told_once.tell_once(key, visit.signed.session, visit.at)
    if found and request.GET.get("as") == "xlsx":
        heads = ["登录名", "姓名", "临时密码"]
        rows = [[one["login"], one["name"], one["password"]] for one in found["rows"]]
        return download(workbook_of(Sheet("临时密码", heads, rows)), "临时密码.xlsx")
    return show(request, "admin/told.html", {"told": found, "tab": "people"})


# ── many, from a list ───────────────────────────────────────────────────────


@page(MANAGE, of_county(MANAGE))
def importing(request: Asked) -> HttpResponse:
    """Show where a list is put down."""
    return show(request, "admin/import.html", {"tab": "people"})


@page(MANAGE, of_county(MANAGE))
def template(request: Asked) -> HttpResponse:
    """Give the empty list, with this county's roles and codes beside it."""
    visit = request.visit
    data = list_template(visit.authority, clock.day_of(visit.at))
    return download(data, "账号名单.xlsx")


@deed(MANAGE, of_county(MANAGE))
def check(request: Asked) -> HttpResponse:
    """Read a list and say what would come of it, or all that is wrong; nothing is written."""
    sent = request.FILES.get("file")
    if sent is None or not sent.size or sent.size > _LARGEST:
        saw = say("没有选文件，或者文件是空的、太大")
        raise ComplaintsError([refuse("A-LIST", saw, say("一份填好的账号名单（.xlsx、.xls）"))])
    read = read_sent(sent.read(), sent.name or "", request.visit.authority.policy)
    return _checked(request, read)


def _checked(request: Asked, read: Read) -> HttpResponse:
    visit = request.visit
    issues = CreateAccounts(*managing(request)).faults(read.lines, read.issues)
    known = {one.login for one in people()}
    values = {
        "lines": read.lines,
        "issues": issues,
        "fresh": len({one.login for one in read.lines} - known),
        "known": known,
        # The first line of somebody new makes the account, those after it add parts.
        "first": {one.login: at for at, one in reversed(list(enumerate(read.lines)))},
        "packed": "\n".join(_packed(one) for one in read.lines),
        "role_term": lambda name: role_term(visit, name),
        "tab": "people",
    }
    return show(request, "admin/checked.html", values, status=COMPLAINED if issues else 200)


def _packed(one: Listed) -> str:
    """Write a line as the form carries it to the deed, which reads and judges it anew."""
    days = [day.isoformat() if day else "" for day in (one.from_day, one.until_day)]
    return "\t".join([one.login, one.name, one.role, one.place, *days])


@deed(MANAGE, of_county(MANAGE))
def take(request: Asked) -> HttpResponse:
    """Make all accounts of a list that was looked at, or none."""
    lines: list[Listed] = []
    for row in request.POST.get("lines", "").splitlines():
        said = [*row.split("\t"), *[""] * len(_FIELDS)][: len(_FIELDS)]
        first, last = (day_of(text) if text else None for text in said[4:])
        lines.append(
            Listed(
                login=said[0],
                name=said[1],
                role=said[2],
                place=said[3],
                from_day=first,
                until_day=last,
            )
        )
    if not lines:
        raise ComplaintsError([refuse("A-LIST", say("名单里一行也没有"), say("表头下面每人一行"))])
    made = CreateAccounts(*managing(request))(lines)
    if not made:
        words = say("没有新账号，加了 {n} 项任职。", n=len(lines))
        return went(request, "admin:admin", said=words)
    return _told(request, made)
