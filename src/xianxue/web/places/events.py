"""What happens to schools: registered on trial first, with what it moves, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.indicators.differences import FigureChange
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.indicators.descent import shown_of
from xianxue.desk.indicators.of_event import Moved, moved_by
from xianxue.desk.places.recording import (
    base_of,
    events_file,
    line_of,
    register_with,
    told_events,
    tried,
)
from xianxue.desk.places.telling import sentence
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.kit.counts import NOW, counts_of
from xianxue.web.kit.pages import anywhere, deed, missing, of_county, page, show, went
from xianxue.web.kit.visit import Asked, Visit

FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.OPENED: ("code", "name", "school_type", "sponsor", "urban_rural", "boarding", "township"),
    Kind.RESTORED: ("code",),
    Kind.RENAMED: ("code", "name"),
    Kind.MOVED: ("code", "township"),
    Kind.RETYPED: (
        "code",
        "school_type",
        "attached",
        "sponsor",
        "urban_rural",
        "boarding",
        "into",
    ),
    Kind.RECODED: ("code", "into"),
    Kind.MERGED: ("code", "into"),
    Kind.SPLIT: ("code", "into"),
    Kind.CLOSED: ("code",),
}
"""What is asked of each kind, beside the day, the document and the reason."""
NAMED: Final[dict[str, str]] = {
    "day": say("日期"),
    "event": say("变动"),
    "code": say("学校"),
    "into": say("归入、分出或换成的代码"),
    "name": say("新名称"),
    "school_type": say("办学类型"),
    "sponsor": say("举办者"),
    "urban_rural": say("城乡分类"),
    "boarding": say("寄宿制"),
    "attached": say("附设班"),
    "township": say("乡镇"),
    "document": say("批文"),
    "reason": say("事由"),
    "by": say("登记人"),
}
"""What the columns are called on the page."""
ABOUT: Final = {
    Kind.OPENED: say("新办一所学校、幼儿园或教学点，有新的代码。"),
    Kind.RESTORED: say("撤销过的学校用原来的代码恢复招生。"),
    Kind.RENAMED: say("校名变了，代码不变。"),
    Kind.MOVED: say("行政区划调整，学校改归另一个乡镇。"),
    Kind.RETYPED: say("办学类型、举办者、城乡分类或寄宿制变了。"),
    Kind.RECODED: say("还是这所学校，上级换发了代码。"),
    Kind.MERGED: say("一所或几所并入另一所，以后按一所算。"),
    Kind.SPLIT: say("一所分成几所，以后各算各的。"),
    Kind.CLOSED: say("不再办学；往年的数保留。"),
}
"""What each kind is, for whoever has to choose."""
_SEVERAL: Final = frozenset({Kind.MERGED})
"""Kinds that happen to several schools at once."""
_RIGHTS: Final = "places.record"


@page("places.view", anywhere)
def overview(request: Asked) -> HttpResponse:
    """List what has happened to schools, newest first."""
    visit = request.visit
    workspace = visit.standing.workspace()
    seen = visit.places("places.view")
    rows = [
        (event, sentence(event, workspace))
        for event in reversed(told_events(workspace))
        if {*event.codes, *event.into} & seen or visit.may("places.record")
    ]
    values = {
        "rows": rows,
        "may_record": visit.may("places.record"),
        "may_undo": visit.may("places.undo"),
    }
    return show(request, "places/events.html", values)


@page("places.record", of_county("places.record"))
def new(request: Asked) -> HttpResponse:
    """Show the form of an event; once it is filled in, what it would move on both bases."""
    asked = request.GET
    workspace = request.visit.standing.workspace()
    kind = next((one for one in Kind if one.value == asked.get("kind", "")), None)
    line = _line(request, asked.getlist("code"), kind) if kind is not None else None
    issues: list[Issue] = []
    moved: Moved | None = None
    if line is not None and asked.get("try"):
        issues = tried(workspace, line, none_attached=bool(asked.get("end")), named=NAMED)
        if not issues:
            counts = counts_of(request, release=NOW)
            after = register_with(workspace, line)
            day = date.fromisoformat(line["day"])
            moved = moved_by(workspace, counts.period, counts.counted.figures, after, day)
    values = {
        "kinds": list(Kind),
        "about": ABOUT,
        "kind": kind,
        "fields": FIELDS[kind] if kind is not None else (),
        "named": NAMED,
        "line": line,
        "codes": asked.getlist("code") or [asked.get("place", "")],
        "several": kind in _SEVERAL,
        "schools": [one for one in workspace.register if one.level != "county"],
        "townships": [one for one in workspace.register if one.level != "school"],
        "lists": {
            name: workspace.shelf.codes[of].entries
            for name, of in (
                ("school_type", "school_types"),
                ("attached", "school_types"),
                ("sponsor", "sponsors"),
                ("urban_rural", "urban_rural"),
            )
        },
        "issues": issues,
        "moved": moved,
        "end": asked.get("end", ""),
        "tried": bool(asked.get("try")),
        "names": {one.code: one.name for one in workspace.register},
        "terms": {card.indicator: card.term for card in workspace.shelf.indicators.values()},
        "shown_of": shown_of,
        **(_moves(moved, workspace.register.county.code) if moved else {}),
        "period": request.visit.standing.period(),
    }
    return show(request, "places/new.html", values)


@deed("places.record", of_county("places.record"))
def record(request: Asked) -> HttpResponse:
    """Register an event."""
    visit, said = request.visit, request.POST
    kind = next((one for one in Kind if one.value == said.get("kind", "")), None)
    if kind is None:
        raise MisusedError(say("没有“{said}”这种变动", said=said.get("kind", "")))
    recorded(visit, _line(request, said.getlist("code"), kind), none_attached=bool(said.get("end")))
    return went(
        request, "places:events", said=say("已登记：{kind}。登记错了可以撤销。", kind=kind.term)
    )


def recorded(
    visit: Visit, line: Mapping[str, str], *, none_attached: bool = False, only_try: bool = False
) -> None:
    """Register an event, or only try it; ComplaintsError where something is wrong with it."""
    from xianxue.desk.actions.register.record_event import RecordEvent  # noqa: PLC0415 - needs Django set up

    workspace = visit.standing.workspace()
    issues = tried(workspace, line, none_attached=none_attached, named=NAMED)
    if issues:
        raise ComplaintsError(issues)
    if only_try:
        return
    doing = RecordEvent(
        events_file(workspace),
        base_of(workspace),
        workspace.shelf.codes,
        visit.standing.ground().authority,
        visit.actor,
        visit.at,
    )
    issues = doing(line)
    if issues:
        raise ComplaintsError(issues)


@page("places.undo", of_county("places.undo"))
def undo_page(request: Asked, line: int) -> HttpResponse:
    """Ask once more before an event is taken back, and say what stands in its way."""
    event = _event(request, line)
    if event is None:
        return missing(request, _GONE)
    workspace = request.visit.standing.workspace()
    issues = undone(request.visit, event, say("试算"), trial=True)
    values = {"event": event, "said": sentence(event, workspace), "issues": issues}
    return show(request, "places/undo.html", values)


@deed("places.undo", of_county("places.undo"))
def undo(request: Asked, line: int) -> HttpResponse:
    """Take an event back."""
    event = _event(request, line)
    reason = " ".join(request.POST.get("reason", "").split())
    # The line's number alone would take back another one, were the file changed meanwhile.
    if event is None or _named(event) != request.POST.get("event", ""):
        raise MisusedError(_GONE)
    if not reason:
        raise MisusedError(say("请写明为什么撤销"))
    issues = undone(request.visit, event, reason, trial=False)
    if issues:
        raise ComplaintsError(issues)
    return went(request, "places:events", said=say("已撤销：{kind}", kind=event.kind.term))


_GONE: Final[Sentence] = say("这件变动刚刚被别人改动或撤销，请回到变动列表再看一看。")


def _event(request: Asked, line: int) -> Event | None:
    told = told_events(request.visit.standing.workspace())
    return next((one for one in told if one.line == line), None)


def _named(event: Event) -> str:
    return f"{event.day.isoformat()} {event.kind.value} {';'.join(event.codes)}"


def undone(visit: Visit, event: Event, reason: str, *, trial: bool) -> list[Issue]:
    """Take an event back, or only try to; say what stands in its way."""
    from xianxue.desk.actions.register.undo_event import UndoEvent  # noqa: PLC0415 - needs Django set up

    workspace = visit.standing.workspace()
    doing = UndoEvent(
        events_file(workspace),
        base_of(workspace),
        workspace.shelf.codes,
        visit.standing.ground(),
        visit.actor,
        visit.at,
        trial,
    )
    return doing(event, reason)


def _line(request: Asked, codes: list[str], kind: Kind) -> Mapping[str, str]:
    said = request.POST if request.method == "POST" else request.GET
    return line_said(request.visit, kind, codes, {name: said.get(name, "") for name in said})


def line_said(
    visit: Visit, kind: Kind, codes: list[str], said: Mapping[str, str]
) -> Mapping[str, str]:
    """Write an event as its file keeps it; what its kind does not ask for is left out."""
    wanted = ("day", "document", "reason", *FIELDS[kind])
    found = {name: said.get(name, "") for name in wanted if name != "code"}
    found["code"] = ";".join(dict.fromkeys(one.strip() for one in codes if one.strip()))
    found["into"] = ";".join(_split(found.get("into", "")))
    return line_of(**found, event=kind.value, by=visit.actor.name)


def _split(said: str) -> list[str]:
    for mark in "；，,、":
        said = said.replace(mark, ";")
    return [one.strip() for one in said.split(";") if one.strip()]


def _moves(moved: Moved, county: str) -> dict[str, object]:
    merged, was = _printed(moved.merged), _printed(moved.as_was)
    return {
        "by_place": _by_place(merged, county),
        "was_by_place": _by_place(was, county),
        "differ": len(merged),
        "was_differ": len(was),
        "quiet": len(moved.merged) - len(merged),
    }


def _printed(changes: Iterable[FigureChange]) -> list[FigureChange]:
    """Give what reads otherwise afterwards: not what merely has one school fewer behind it."""
    return [
        one
        for one in changes
        if one.before is None or one.after is None or shown_of(one.before) != shown_of(one.after)
    ]


def _by_place(changes: Iterable[FigureChange], county: str) -> list[tuple[str, list[FigureChange]]]:
    """Gather what moves by whose it is, the county first."""
    found: dict[str, list[FigureChange]] = {}
    for one in changes:
        figure = one.after or one.before
        if figure is not None:
            found.setdefault(figure.place, []).append(one)
    return sorted(found.items(), key=lambda item: item[0] != county)
