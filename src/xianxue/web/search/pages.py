"""What was found: under the box while one types, or on a page of its own."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.search.entries import KINDS, Kind, kind_term
from xianxue.desk.search.search import Found, Hit, search
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit

FEW: Final = 4
"""Hits of a kind under the box: what is taken in while typing."""
MANY: Final = 50
"""Hits of a kind on the page; more words find fewer."""


class Part(Record):
    """The hits of one kind."""

    kind: Kind
    term: Sentence
    hits: tuple[tuple[Hit, str], ...]
    """Each with the address of its page; empty where it has none here."""
    count: int


@page(SIGNED)
def search_page(request: Asked) -> HttpResponse:
    """Show what some words mean, among all that the visitor may see."""
    visit = request.visit
    query = request.GET.get("q", "").strip()
    under = request.headers.get("HX-Target") == "hits"
    found = search(visit.standing, visit.actor, query, FEW if under else MANY)
    values = {
        "query": query,
        "parts": _parts(found, visit),
        "total": sum(found.counts.values()),
        "title": _title(query, sum(found.counts.values())),
    }
    return show(request, "search/search.html", values, part="hits")


def _title(query: str, total: int) -> Sentence:
    if not query:
        return say("找什么")
    if not total:
        return say("没有找到“{query}”", query=query)
    return say("“{query}”找到 {n} 处", query=query, n=total)


def _parts(found: Found, visit: Visit) -> list[Part]:
    parts: list[Part] = []
    for kind in sorted(found.counts, key=lambda one: _rank(found, one)):
        hits = tuple((hit, where(hit, visit)) for hit in found.hits if hit.kind == kind)
        parts.append(Part(kind, kind_term(kind), hits, found.counts[kind]))
    return parts


def _rank(found: Found, kind: Kind) -> tuple[int, int]:
    """Give the order of a kind: that of its best hit, then the usual one."""
    best = max((hit.score for hit in found.hits if hit.kind == kind), default=0)
    return -best, KINDS.index(kind)


def where(hit: Hit, visit: Visit) -> str:
    """Give the address of a hit's page; empty where it has none."""
    ids = hit.ids
    form, period, place = ids.get("form", ""), ids.get("period", ""), ids.get("place", "")
    ways: dict[Kind, tuple[str, tuple[str, ...], dict[str, str]]] = {
        "school": ("places:one", (place,), {}),
        "figure": (
            "indicators:one",
            (ids.get("indicator", ""),),
            {"stage": ids.get("stage", ""), "place": place},
        ),
        "return": ("returns:one", (form, period, place), {}),
        "ledger": ("ledgers:ledger", (ids.get("ledger", ""),), {}),
        "entry": ("ledgers:entry", (ids.get("ledger", ""), ids.get("entry", "")), {}),
        "form": ("admin:card", ("form", form), {}),
        "field": ("admin:card", ("form", form), {"field": ids.get("field", "")}),
        "document": ("report:one", (ids.get("outline", ""),), {}),
        "release": ("releases:one", (period, ids.get("number", "")), {}),
        "person": ("admin:person", (ids.get("login", ""),), {}),
        "card": ("admin:card", (ids.get("kind", ""), ids.get("card", "")), {}),
    }
    if hit.kind in {"form", "field"} and not visit.can("catalogue.view"):
        # Who fills a form in meets it among their returns, not as a card.
        return address("returns:list")
    if hit.kind == "document" and "standard" in ids:
        return _address("assessment:one", (ids["standard"],), {})
    return _address(*ways[hit.kind])


def _address(name: str, args: tuple[str, ...], query: dict[str, str]) -> str:
    return address(name, *args, **query) if all(args) else ""
