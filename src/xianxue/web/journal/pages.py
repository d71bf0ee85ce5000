"""Lines of the journal by day, person, school and deed; and one line whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.returns.contents.strict import day_of
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.journal.lines import Asked as Lines
from xianxue.desk.journal.telling import Line, Wanted, detail_of, terms_of
from xianxue.desk.journal.telling import Lines as Found
from xianxue.desk.journal.verification import head
from xianxue.desk.stores import clock
from xianxue.web.gate.faults import MissingError
from xianxue.web.journal.verifying import last_verified
from xianxue.web.kit.helpers import moment
from xianxue.web.kit.lists import PAGE, Chip, Column, Listing, exported
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.kit.words import tell

VIEW: Final = "journal.view"
_MOST: Final = 60
"""Options a filter offers: those with the most lines."""


@page(VIEW, of_county(VIEW))
def lines(request: Asked) -> HttpResponse:
    """Show the journal, the newest line first."""
    visit = request.visit
    listing = _listed(request)
    answer = exported(request, listing, say("日志"))
    if answer is not None:
        return answer
    many, digest = head()
    today = clock.day_of(visit.at)
    values = {
        "list": listing,
        "many": many,
        "digest": digest,
        "today": len(Found(visit.standing.ground(), Wanted(asked=Lines(since=today)))),
        "since": request.GET.get("since", ""),
        "until": request.GET.get("until", ""),
        "verified": last_verified(visit.actor.name),
    }
    return show(request, "journal/list.html", values, part="rows")


def _listed(request: Asked) -> Listing[Line]:
    """Ask the journal itself for a page of it: it is longer than any other list."""
    visit, said = request.visit, request.GET
    ground = visit.standing.ground()
    words = tuple(said.get("q", "").split())
    wanted = Wanted(
        asked=Lines(
            actor=said.get("by", ""),
            place=said.get("place", ""),
            subject=said.get("subject", ""),
            since=_day(said.get("since", "")),
            until=_day(said.get("until", "")),
        ),
        deed=said.get("deed", ""),
        words=words,
        meant=tuple(_places(visit, word) for word in words),
        terms=tuple(_deeds(visit, word) for word in words),
    )
    found = Found(ground, wanted)
    last = max(1, -(-len(found) // PAGE))
    at = min(max(1, whole(said.get("page", "")) or 1), last)
    printing = said.get("as") == "print"
    shown = list(found) if printing else found[(at - 1) * PAGE : at * PAGE]
    own = {"q", "page", "as", "by", "place", "deed", "since", "until"}
    return Listing(
        request.path,
        _COLUMNS,
        found,
        shown,
        head()[0],
        said.get("q", ""),
        "",
        down=False,
        page=at,
        last=last,
        choices=_chips(visit, found, said.get),
        kept=[(key, value) for key, value in said.items() if key not in own],
        printing=printing,
    )


def _day(typed: str) -> date | None:
    return day_of(typed.strip()) if typed.strip() else None


def _places(visit: Visit, word: str) -> tuple[str, ...]:
    register = visit.standing.workspace().register
    return tuple(one.code for one in register if word in one.name)


def _deeds(visit: Visit, word: str) -> tuple[str, ...]:
    terms = terms_of(visit.standing.ground())
    return tuple(deed for deed, term in terms.items() if word in str(tell(term)))


def _chips(visit: Visit, found: Found, said: Callable[[str, str], str]) -> list[Chip]:
    terms = terms_of(visit.standing.ground())
    register = visit.standing.workspace().register

    def place(code: str) -> str:
        known = register.places.get(code)
        return known.name if known is not None else code

    def chip(name: str, term: Sentence, column: str, words: Callable[[str], object]) -> Chip:
        counts = [(code, words(code), many) for code, many in found.counts(column) if code]
        return Chip(name, term, said(name, ""), counts[:_MOST])

    return [
        chip("by", say("谁"), "actor", str),
        chip("place", say("学校"), "place", place),
        chip("deed", say("事项"), "deed", lambda code: terms.get(code, code)),
    ]


def _who(row: Line) -> Sentence:
    stead = say("代理{name}", name=row.stead) if row.stead else ""
    return joined("，", [part for part in (row.by, stead, row.role) if part])


_COLUMNS: Final[Sequence[Column[Line]]] = (
    Column("number", say("行"), lambda row: row.number, number=True, sorts=False),
    Column("at", say("时间"), lambda row: moment(row.at), sorts=False),
    Column("by", say("谁"), _who, sorts=False),
    Column("deed", say("事项"), lambda row: row.term, sorts=False),
    Column("subject", say("对什么"), lambda row: row.subject, sorts=False),
    Column("changed", say("改了什么"), lambda row: row.changed, sorts=False),
    Column("why", say("理由"), lambda row: row.why, sorts=False),
)


@page(VIEW, of_county(VIEW))
def one(request: Asked, number: str) -> HttpResponse:
    """Show one line whole, in words, with its seal."""
    visit = request.visit
    wanted = int(number) if number.isdecimal() and len(number) < len(str(10**12)) else 0
    found = detail_of(visit.standing.ground(), wanted)
    if found is None:
        raise MissingError(say("日志里没有第 {n} 行。", n=number))
    register = visit.standing.workspace().register
    return show(
        request,
        "journal/line.html",
        {
            "line": found.line,
            "detail": found,
            "place": register.places.get(found.line.place),
            "may_return": visit.can("returns.view") and found.line.kind == "returns",
            "may_account": visit.can("accounts.view") and found.line.kind == "accounts",
        },
    )
