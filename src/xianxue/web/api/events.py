"""What happens to schools: what is registered, registering, taking back."""

from __future__ import annotations

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.desk.places.recording import told_events
from xianxue.desk.places.telling import sentence
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import deeds as shapes
from xianxue.web.api.shapes import Count
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell
from xianxue.web.places import events


@reads("/events", list[shapes.EventOut], "places.view")
def registered(request: HttpRequest) -> list[Told]:
    """List what has happened to schools within reach, in the order in which it was registered."""
    del request
    return _told(asked().visit)


@does("/events", list[shapes.EventOut], "places.record", "county")
def record(request: HttpRequest, wanted: shapes.EventIn) -> list[Told]:
    """Register an event; with ``try_only`` it is checked alone, and nothing is written."""
    del request
    visit = asked().visit
    said = {name: str(text or "") for name, text in wanted.model_dump().items()}
    line = events.line_said(visit, wanted.kind, wanted.codes, said)
    events.recorded(visit, line, none_attached=wanted.none_attached, only_try=wanted.try_only)
    return _told(visit)


@does("/events/{line}/undo", list[shapes.EventOut], "places.undo", "county")
def undo(request: HttpRequest, line: Count, wanted: shapes.UndoIn) -> list[Told]:
    """Take an event back; its day, kind and codes say that it is the one that was meant."""
    del request
    visit = asked().visit
    told = told_events(visit.standing.workspace())
    event = next((one for one in told if one.line == line), None)
    meant = (wanted.day, wanted.kind, sorted(wanted.codes))
    if event is None or (event.day, event.kind.value, sorted(event.codes)) != meant:
        raise MissingError(say("没有登记过这件变动，或者刚刚被人改动、撤销。"))
    issues = events.undone(visit, event, wanted.why, trial=wanted.try_only)
    if issues:
        raise ComplaintsError(issues)
    return _told(visit)


def _told(visit: Visit) -> list[Told]:
    workspace = visit.standing.workspace()
    seen, all_of_it = visit.places("places.view"), visit.may("places.record")
    return [
        {
            "line": one.line,
            "day": one.day,
            "kind": one.kind.value,
            "codes": list(one.codes),
            "into": list(one.into),
            "told": str(tell(sentence(one, workspace))),
        }
        for one in told_events(workspace)
        if all_of_it or {*one.codes, *one.into} & seen
    ]
