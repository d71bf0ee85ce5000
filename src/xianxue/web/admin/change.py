"""改动本县规则: a value of a card is changed for this county; what moves is shown before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.returns.contents.strict import day_of
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.cards.change_rule import ChangeRule, RuleCard
from xianxue.desk.cards.library import Held, library_of
from xianxue.desk.cards.overlay import KINDS, Item, Wanted, card_of, items_of
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.indicators.preview import Preview
from xianxue.desk.standing.overlaid import overlaid
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

OVERLAY: Final = "catalogue.overlay"
_SHOWN: Final = 200
"""Rows of what moves that a page tells; how many there are is told."""
_LONGEST: Final = 300
_SIGNS: Final = {"at_least": say("不低于"), "at_most": say("不高于"), "less_than": say("低于")}
_TEXTS: Final = ("value", "title", "number", "issuer", "article", "loosens")


@page(OVERLAY, of_county(OVERLAY))
def change(request: Asked, kind: str, name: str) -> HttpResponse:
    """Show the values of a card, one of which is to be changed."""
    card = _card(request, kind, name)
    wanted = Wanted(item=request.GET.get("item", ""))
    return show(request, "admin/change.html", _values(request, card, wanted))


@deed(OVERLAY, of_county(OVERLAY))
def preview(request: Asked, kind: str, name: str) -> HttpResponse:
    """Show what a change would move; nothing is kept."""
    card, wanted = _card(request, kind, name), _wanted(request)
    values = _values(request, card, wanted)
    try:
        own = _checked(request, card, wanted)
    except ComplaintsError as error:
        values["issues"] = error.issues
        return show(request, "admin/change.html", values, status=COMPLAINED)
    found = overlaid(request.visit.standing, kind, name, own)
    if found.issues:
        values["issues"] = found.issues
        return show(request, "admin/change.html", values, status=COMPLAINED)
    return show(request, "admin/change.html", values | {"own": own, **_moved(request, found)})


@deed(OVERLAY, of_county(OVERLAY))
def save(request: Asked, kind: str, name: str) -> HttpResponse:
    """Put a change in force."""
    card, wanted = _card(request, kind, name), _wanted(request)
    own = _checked(request, card, wanted)
    place = _deed(request)(own)
    said = say("{term}，已启用，卡片在 {file}", term=own.term, file=place)
    return went(request, "admin:card", "change", own.ident, said=said)


@deed(OVERLAY, of_county(OVERLAY))
def undo(request: Asked, name: str) -> HttpResponse:
    """Take a change out of force."""
    held = library_of(request.visit.standing.workspace()).cards.get(("change", name))
    if held is None:
        raise MissingError(say("没有这项改动：{name}。", name=name))
    _deed(request).undo(name, str(held.term))
    return went(request, "admin:catalogue", said=say("“{term}”已撤销", term=held.term))


def changeable(request: Asked, card: Held) -> bool:
    """Whether somebody may change a value of a card here."""
    shelf = request.visit.standing.workspace().shelf
    return (
        card.kind in KINDS
        and request.visit.may(OVERLAY)
        and bool(items_of(shelf, card.kind, card.name))
    )


def _deed(request: Asked) -> ChangeRule:
    visit = request.visit
    why = " ".join(request.POST.get("why", "").split())
    return ChangeRule(
        visit.standing.workspace(), visit.standing.ground(), visit.actor, visit.at, why
    )


def _card(request: Asked, kind: str, name: str) -> Held:
    found = library_of(request.visit.standing.workspace()).cards.get((kind, name))
    if found is None or kind not in KINDS or not _items(request, kind, name):
        raise MissingError(say("这张卡片没有可以改的值：{kind} {name}。", kind=kind, name=name))
    return found


def _items(request: Asked, kind: str, name: str) -> tuple[Item, ...]:
    return items_of(request.visit.standing.workspace().shelf, kind, name)


def _wanted(request: Asked) -> Wanted:
    said = request.POST
    item, _, at = said.get("which", "").rpartition("/")
    texts = {name: " ".join(said.get(name, "").split())[:_LONGEST] for name in _TEXTS}
    return Wanted(
        item=item,
        at=int(at) if at.isdecimal() and len(at) < len("100") else 0,
        first=said.get("first", "").strip(),
        last=said.get("last", "").strip(),
        document=said.get("document", ""),
        seen=said.get("seen", "unverified"),
        **texts,
    )


def _checked(request: Asked, card: Held, wanted: Wanted) -> RuleCard:
    """Write the card of a change; ComplaintsError, complete, where something is not typed right."""
    items = {one.name: one for one in _items(request, card.kind, card.name)}
    library = library_of(request.visit.standing.workspace())
    issues: list[Issue] = []
    item = items.get(wanted.item)
    if item is None or wanted.at >= len(item.values):
        issues.append(_wrong(say("没有选改哪一个值"), say("选一个")))
    if not _is_number(wanted.value):
        saw = say("“改成”填的是“{value}”", value=wanted.value)
        issues.append(_wrong(saw, say("一个数，如 12 或 4.2")))
    for label, typed, needed in (
        (say("从哪天起"), wanted.first, True),
        (say("到哪天止"), wanted.last, False),
    ):
        day = day_of(typed)
        if (typed or needed) and (day is None or day.isoformat() != typed):
            saw = say("“{label}”填的是“{value}”", label=label, value=typed)
            issues.append(_wrong(saw, say("写作 2026-03-01")))
    if wanted.document and ("document", wanted.document) not in library.cards:
        issues.append(_wrong(say("没有选依据的文件"), say("选一份，或者写明新的文件")))
    if not wanted.document and not wanted.title:
        issues.append(_wrong(say("没有写依据的文件"), say("选一份，或者写明新的文件")))
    if not wanted.document and not wanted.issuer:
        issues.append(_wrong(say("没有写发文机关"), say("新的文件写明由谁发")))
    if wanted.seen not in set(Seen):
        issues.append(_wrong(say("没有选原文看到什么程度"), say("选一项")))
    if issues:
        raise ComplaintsError(issues)
    return card_of(request.visit.standing.workspace(), card.kind, card.name, wanted)


def _is_number(text: str) -> bool:
    whole, _, rest = text.partition(".")
    digits = whole.removeprefix("-")
    plain = digits.isdecimal() and (rest.isdecimal() or "." not in text)
    return plain and text.isascii() and Decimal(text).is_finite()


def _wrong(saw: Sentence, required: Sentence) -> Issue:
    return refuse("F-OVERLAY", saw, required)


def _values(request: Asked, card: Held, wanted: Wanted) -> dict[str, Any]:
    workspace = request.visit.standing.workspace()
    library = library_of(workspace)
    issues: list[Issue] = []
    nothing: Preview | None = None
    documents = [(one.name, one.term) for key, one in library.cards.items() if key[0] == "document"]
    return {
        "card": card,
        "items": _items(request, card.kind, card.name),
        "wanted": wanted,
        "signs": _SIGNS,
        "documents": [("", say("不在下面：写明新的文件")), *documents],
        "seens": [(one.value, one.term) for one in Seen],
        "issues": issues,
        "found": nothing,
        "own": None,
        "tab": "catalogue",
    }


def _moved(request: Asked, found: Preview) -> dict[str, Any]:
    """Give what moves, the rows bounded."""
    register = request.visit.standing.workspace().register
    names = {place.code: place.name for place in register}
    verdicts = [(judged, one) for judged in found.standards for one in judged.changes]

    def term_of(figure: Figure) -> Sentence | str:
        indicator = found.shelf.indicators.get(figure.indicator)
        return figure.named(indicator.term) if indicator is not None else figure.indicator

    return {
        "found": found,
        "verdicts": verdicts[:_SHOWN],
        "figures": found.figures[:_SHOWN],
        "many": len(verdicts),
        "figures_many": len(found.figures),
        "schools": len({some.place for _, one in verdicts if (some := one.after or one.before)}),
        "names": names,
        "term_of": term_of,
        "lacking": lambda finding: lacking_text(finding, names),
    }
