"""One section: its text with live numbers, what the auditor says beside it, its versions."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.audit.showing.marked import Marked
from xianxue.bureau.report.compose import Writer
from xianxue.bureau.report.deeds.points import style_of
from xianxue.bureau.report.editing import OPEN, SHOWS, shown, unfolded, value, written
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.values.record import Record
from xianxue.desk.report.changes import changes
from xianxue.desk.report.fixing import left_open, offers
from xianxue.desk.report.live import Flat, put_together
from xianxue.desk.report.standing_text import Kept, texts_of, versions_of
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.report.drafts import draft_of
from xianxue.web.report.opened import (
    Opened,
    county_figures,
    marked_of,
    named,
    open_report,
    speaker_of,
)
from xianxue.web.report.pages import frame

_MOST: Final = 60
"""Numbers that are offered at once: more are found by typing on."""


class Offered(Record):
    """A number that may be put into the text."""

    name: str
    shown: str
    key: str

    @property
    def token(self) -> str:
        """As it stands in the text."""
        return f"{{{self.name}{SHOWS}{self.shown}}}"


@page("report.view")
def part(request: Asked, outline: str, section: str) -> HttpResponse:
    """Show a section to be read or, for who may, to be written."""
    visit = request.visit
    opened = open_report(visit, outline, request.GET.get("figures", ""))
    return show(request, "report/part.html", part_values(visit, opened, opened.part(section)))


def part_values(visit: Visit, opened: Opened, kept: Kept) -> dict[str, Any]:
    """Give what the page of a section is written from."""
    section = kept.section
    text = text_of(visit, opened, kept)
    may_write = visit.may("report.write") and section.prose
    draft = draft_of(opened, section.key, visit) if may_write else None
    flat = opened.put.flat(section.key)
    told = marked_of(visit, flat, opened)
    stored_wrong = told.wrong
    if draft is not None and draft.text != text:
        flat, told = typed_of(visit, opened, section.key, draft.text)
    prose = draft.text if draft is not None else text
    return {
        **frame(opened, section.key),
        **offered_of(visit, opened, flat, told, prose if may_write else ""),
        "steps": draft.steps if draft is not None else [],
        "kept": kept,
        "section": section,
        "prose": prose,
        "base": draft.base if draft is not None else kept.version,
        "draft": draft if draft is not None and draft.text != text else None,
        "told": told,
        "kinds": flat.kinds,
        "stored_wrong": stored_wrong,
        "may_write": may_write,
        "may_take": kept.state == "handed_in"
        and (visit.may("report.write") or visit.may("report.release"))
        and kept.by != visit.actor.name,
        "may_assign": visit.may("report.write") or visit.may("report.release"),
        "offices": _offices(opened),
        "versions": versions_of(opened.outline.outline, opened.period.code, section.key),
        "faults": (),
        "altered": (),
        "issues": (),
        "theirs": "",
        "release": opened.release_name,
        "across": [one for one in opened.across if section.key in one.sections],
        "threads": opened.threads.get(section.key, ()),
        "may_ask": visit.may("report.write") or visit.may("report.release"),
    }


def text_of(visit: Visit, opened: Opened, kept: Kept) -> str:
    """Give a section's text as it is edited: each number by its name and what it shows."""
    context, names = named(visit, opened)
    own = kept.text if kept.text is not None else _as_outlined(opened, kept, context)
    return shown(context, names, own)


def offered_of(
    visit: Visit, opened: Opened, flat: Flat, told: Marked, typed_text: str
) -> dict[str, Any]:
    """Give what may be done at once about what the auditor says of a typed text."""
    found = offers(typed_text, flat, told.cards, speaker_of(visit, opened)) if typed_text else {}
    return {
        "offers": found,
        "ready": [
            one for one in found.values() if told.cards[one.card].look == "same" and one.token
        ],
        "left_open": left_open(flat.text),
        "plain_of": _plain,
    }


def _plain(token: str) -> str:
    """Give what a step has put there as it is read: of a live number what it shows."""
    return token[1:-1].partition(SHOWS)[2] if SHOWS in token else token


def typed_of(visit: Visit, opened: Opened, section: str, typed_text: str) -> tuple[Flat, Marked]:
    """Hold what somebody has typed against itself and the figures, as it would be printed."""
    from xianxue.bureau.report.editing import typed  # noqa: PLC0415 - beside its use

    context, names = named(visit, opened)
    read = typed(context, names, typed_text)
    texts = {**texts_of(opened.kept), section: read.text}
    river = opened.counted.river
    put = put_together(river, opened.outline, texts, opened.counted.attained)
    flat = put.flat(section)
    return flat, marked_of(visit, flat, opened)


def _as_outlined(opened: Opened, kept: Kept, context: Any) -> str:  # noqa: ANN401 - a report's context
    """Give a section's text as the outline writes it, ready to be edited."""
    writer = Writer(context, opened.outline, {}, style_of(opened.outline.styles))
    blocks = [opened.outline.blocks[at] for at in kept.section.blocks]
    prose = [text for one in blocks if writer.holds(one) for text in writer.templates(one)]
    found = [unfolded(context, one) for one in prose]
    return "\n".join(line for line in found if line.strip("。，；"))


def _offices(opened: Opened) -> list[str]:
    return list(dict.fromkeys(one.owner for one in opened.kept if one.owner))


@page("report.view")
def numbers(request: Asked, outline: str) -> HttpResponse:
    """Offer numbers by what they are called; a part of the page of a section."""
    visit = request.visit
    opened = open_report(visit, outline, request.GET.get("figures", ""))
    context, names = named(visit, opened)
    query = request.GET.get("q", "").strip().lstrip("@").casefold().split()
    found: list[Offered] = []
    for figure in county_figures(opened).values():
        slot = Slot(figure.indicator, figure.stage, slice=str(figure.slice or ""))
        name = names.name(slot)
        if all(word in f"{name} {written(slot)}".casefold() for word in query):
            found.append(Offered(name, "", figure.key))
    found.sort(key=lambda one: (len(one.name), one.name))
    offered: list[Offered] = []
    for one in found[:_MOST]:
        slot_of = names.slot(one.name) or ""
        now = _now(context, slot_of)
        if now != OPEN:
            offered.append(Offered(one.name, now, one.key))
    values = {**frame(opened), "offered": offered, "count": len(found), "query": " ".join(query)}
    return show(request, "report/numbers.html", values, part="offered")


def _now(context: Any, key: str) -> str:  # noqa: ANN401 - as above
    from xianxue.bureau.report.grammar import parse  # noqa: PLC0415 - beside its use

    (slot,) = parse(f"{{{key}}}")
    return value(context, slot) if isinstance(slot, Slot) else OPEN


@page("report.view")
def versions(request: Asked, outline: str, section: str) -> HttpResponse:
    """Compare two versions of a section."""
    visit = request.visit
    opened = open_report(visit, outline)
    kept = opened.part(section)
    known = versions_of(outline, opened.period.code, section)
    context, names = named(visit, opened)
    texts = {one.number: shown(context, names, one.text) for one in known}
    texts[0] = shown(context, names, _as_outlined(opened, kept, context))
    newest = known[0].number if known else 0
    after = _number(request.GET.get("after", ""), texts, newest)
    before = _number(request.GET.get("before", ""), texts, max(0, newest - 1))
    values = {
        **frame(opened, section),
        "kept": kept,
        "section": kept.section,
        "versions": known,
        "before": before,
        "after": after,
        "changes": [(one.how, _spans(one.text)) for one in changes(texts[before], texts[after])],
    }
    return show(request, "report/versions.html", values)


def _spans(text: str) -> list[tuple[str, str]]:
    """Part a text into words and live numbers: each number as it is now, with its name."""
    found: list[tuple[str, str]] = []
    for piece in re.split(r"(\{[^{}]*\})", text):
        if piece.startswith("{"):
            name, _, now = piece[1:-1].partition(SHOWS)
            found.append((now, name))
        elif piece:
            found.append((piece, ""))
    return found


def _number(said: str, texts: dict[int, str], otherwise: int) -> int:
    number = int(said) if said.isdecimal() and len(said) < len("10000") else -1
    return number if number in texts else otherwise
