"""One card: its source, values and days, doubts, who uses it, what it uses, and its own text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cards.example_book import runnable
from xianxue.desk.cards.library import Held, Key, Library, library_of
from xianxue.desk.cards.values import dated_values
from xianxue.desk.stores import clock
from xianxue.web.admin.catalogue import KINDS, VIEW, cited, place_of
from xianxue.web.admin.change import OVERLAY, changeable
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

_FAR: Final = 60
"""Cards that rest on one by way of others, as many as a page tells; how many there are is told."""

Groups = list[tuple[Sentence | str, list[Held]]]


@page(VIEW, of_county(VIEW))
def card(request: Asked, kind: str, name: str) -> HttpResponse:
    """Show one card."""
    visit = request.visit
    library = library_of(visit.standing.workspace())
    found = library.cards.get((kind, name))
    if found is None:
        raise MissingError(say("没有这张规则卡片：{kind} {name}。", kind=kind, name=name))
    near = library.used_by.get(found.key, frozenset())
    far = library.far_users(found.key)
    said = cited(found)
    source = dict.fromkeys(("document", "article", "note", "seen"), "") | said if said else {}
    values = {
        "card": found,
        "kind_term": KINDS.get(kind, kind),
        "source": source,
        "document": library.cards.get(("document", source.get("document", ""))),
        "documents": {one.name: one for key, one in library.cards.items() if key[0] == "document"},
        "values": list(dated_values(found.data, request.visit.standing.workspace().shelf)),
        "today": clock.day_of(visit.at),
        "seen": {one.value: one.term for one in Seen},
        "uses": _grouped(library, library.uses.get(found.key, ())),
        "used_by": _grouped(library, near),
        "far": _grouped(library, far[:_FAR]),
        "far_many": len(far),
        "changes": [one for one in _cards(library, near) if one.kind in {"change", "tightening"}],
        "fields": _fields(found),
        "wanted": request.GET.get("field", ""),
        "entries": _parts(found.data, "entries") if kind == "codes" else [],
        "has_page": kind == "indicator" and visit.can("indicators.view"),
        "changeable": changeable(request, found),
        "runnable": runnable(visit.standing.workspace().shelf, kind, name),
        "undoes": kind == "change" and found.own and visit.may(OVERLAY),
        "tab": "catalogue",
    }
    return show(request, "admin/card.html", values)


def _cards(library: Library, keys: Iterable[Key]) -> list[Held]:
    found = [library.cards[key] for key in keys if key in library.cards]
    return sorted(found, key=lambda one: (place_of(one.kind), one.name))


def _grouped(library: Library, keys: Iterable[Key]) -> Groups:
    groups: dict[str, list[Held]] = {}
    for one in _cards(library, keys):
        groups.setdefault(one.kind, []).append(one)
    return [(KINDS.get(kind, kind), cards) for kind, cards in groups.items()]


def _fields(card: Held) -> list[tuple[str, list[dict[str, Any]]]]:
    """Give the fields of a form, sheet by sheet."""
    if card.kind != "form":
        return []
    return [
        (str(sheet.get("term", sheet.get("sheet", ""))), _parts(sheet, "fields"))
        for sheet in _parts(card.data, "sheets")
    ]


def _parts(data: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401 - what a card holds
    """Give the parts of a card that are a list of named things, each with the same keys."""
    keys = ("field", "term", "unit", "note", "code")
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, list):
        return []
    return [dict.fromkeys(keys, "") | one for one in found if isinstance(one, dict)]
