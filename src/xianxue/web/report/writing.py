"""Writing a section: what is typed is checked as it goes, stored as a version, handed in, taken."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

from xianxue.bureau.report.editing import shown, typed
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.report.accept_section import AcceptSection
from xianxue.desk.actions.report.assign import Assign
from xianxue.desk.actions.report.hand_in import HandIn
from xianxue.desk.actions.report.return_section import ReturnSection
from xianxue.desk.actions.report.write_section import WriteSection, drop_draft, keep_draft
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.pages import COMPLAINED, deed, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.report.drafts import draft_of, key_of
from xianxue.web.report.opened import Opened, marked_of, named, open_report
from xianxue.web.report.parts import offered_of, part_values, typed_of

_LONGEST = 100_000


@deed("report.write")
def check(request: Asked, outline: str, section: str) -> HttpResponse:
    """Keep what is typed as a draft, and say what the auditor finds in it."""
    visit = request.visit
    opened = open_report(visit, outline, request.POST.get("figures", ""))
    kept = opened.part(section)
    text = typed_text(request)
    keep_draft(key_of(opened, section), visit.actor.name, text, base_of(request), visit.at)
    context, names = named(visit, opened)
    read = typed(context, names, text)
    flat, told = typed_of(visit, opened, section, text)
    draft = draft_of(opened, section, visit)
    values = {
        **offered_of(visit, opened, flat, told, text),
        "steps": draft.steps if draft is not None else [],
        "outline": opened.outline,
        "kept": kept,
        "section": kept.section,
        "draft": None,
        "release": opened.release_name,
        "told": told,
        "kinds": flat.kinds,
        "faults": read.faults,
        "altered": read.altered,
        "saved_at": visit.at,
    }
    return show(request, "report/margin.html", values)


@deed("report.write")
def write(request: Asked, outline: str, section: str) -> HttpResponse:
    """Store what was typed as the next version."""
    visit = request.visit
    opened = open_report(visit, outline, request.POST.get("figures", ""))
    kept = opened.part(section)
    text = typed_text(request)
    context, names = named(visit, opened)
    read = typed(context, names, text)
    key = key_of(opened, section)
    if read.faults:
        keep_draft(key, visit.actor.name, text, base_of(request), visit.at)
        values = part_values(visit, opened, kept) | {
            "faults": read.faults,
            "altered": read.altered,
            "prose": text,
        }
        return show(request, "report/part.html", values, status=COMPLAINED)
    act = WriteSection(visit.standing.ground(), visit.actor, visit.at)
    try:
        row = act(key, read.text, base_of(request))
    except ComplaintsError as error:
        keep_draft(key, visit.actor.name, text, base_of(request), visit.at)
        fresh = open_report(visit, outline, request.POST.get("figures", ""))
        now = fresh.part(section)
        values = part_values(visit, fresh, now) | {
            "issues": error.issues,
            "theirs": shown(context, names, now.text or ""),
            "prose": text,
        }
        return show(request, "report/part.html", values, status=COMPLAINED)
    for altered in read.altered:
        visit.flash("doubt", altered)
    return _back(request, opened, section, say("已存为第 {n} 稿。", n=row.version))


@deed("report.write")
def drop(request: Asked, outline: str, section: str) -> HttpResponse:
    """Throw the visitor's draft away: the last version stands."""
    opened = open_report(request.visit, outline)
    drop_draft(key_of(opened, section), request.visit.actor.name)
    return _back(request, opened, section, say("草稿已丢开，回到最新一稿。"))


@deed("report.view")
def assign(request: Asked, outline: str, section: str) -> HttpResponse:
    """Say which office writes a section and until when."""
    visit = request.visit
    opened = open_report(visit, outline)
    opened.part(section)
    act = Assign(visit.standing.ground(), visit.actor, visit.at)
    owner = request.POST.get("owner", "").strip()[:100]
    act(key_of(opened, section), owner, _day(request.POST.get("due", "")))
    return _back(request, opened, section, say("分工已改。"))


@deed("report.write")
def hand_in(request: Asked, outline: str, section: str) -> HttpResponse:
    """Hand a section in; not while something in it does not hold."""
    visit = request.visit
    opened = open_report(visit, outline)
    kept = opened.part(section)
    told = marked_of(visit, opened.put.flat(section), opened)
    act = HandIn(visit.standing.ground(), visit.actor, visit.at)
    empty = bool(kept.section.slot) and not kept.text
    act(key_of(opened, section), told.wrong, empty=empty)
    return _back(request, opened, section, say("已交稿，等办公室收稿。"))


@deed("report.view")
def accept(request: Asked, outline: str, section: str) -> HttpResponse:
    """Take a section over."""
    visit = request.visit
    opened = open_report(visit, outline)
    opened.part(section)
    act = AcceptSection(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section))
    return _back(request, opened, section, say("已收稿。"))


@deed("report.view")
def send_back(request: Asked, outline: str, section: str) -> HttpResponse:
    """Send a section back with a reason."""
    visit = request.visit
    opened = open_report(visit, outline)
    opened.part(section)
    why = request.POST.get("why", "")[:2000]
    act = ReturnSection(visit.standing.ground(), visit.actor, visit.at, why)
    act(key_of(opened, section))
    return _back(request, opened, section, say("已退稿，理由已写明。"))


def _back(request: Asked, opened: Opened, section: str, said: Sentence) -> HttpResponse:
    return went(request, "report:part", opened.outline.outline, section, said=said)


def typed_text(request: Asked) -> str:
    """Give what was typed: a browser sends its lines with a return at the end of each."""
    return request.POST.get("text", "").replace("\r\n", "\n")[:_LONGEST]


def base_of(request: Asked) -> int:
    """Give the version that the text was begun from."""
    said = request.POST.get("base", "")
    return int(said) if said.isdecimal() and len(said) < len("100000") else 0


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None
