"""Trying an event before it is registered: what is wrong with it, what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.afterthoughts import questions_of
from xianxue.bureau.places.events import Event
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.desk.stores import events, roster
from xianxue.desk.stores.event_lines import COLUMNS, OPTION, Line
from xianxue.desk.workspace import Workspace


def line_of(**said: str) -> Line:
    """Make a line of the events file; what is not said is empty.

    A line break in a reason would make the event two lines of the file.
    """
    return {column: " ".join(said.get(column, "").split()) for column in COLUMNS}


def events_file(opened: Workspace) -> events.EventsFile:
    """Give the events file of a workspace."""
    return events.EventsFile(opened.root / events.NAME, opened.store)


def base_of(opened: Workspace) -> Register:
    """Give the places as ``places.csv`` has them, before the first event."""
    base, _ = roster.read_roster(opened.root / roster.NAME, opened.shelf.codes)
    return base


def tried(
    opened: Workspace,
    line: Line,
    *,
    none_attached: bool = False,
    named: Mapping[str, str] = OPTION,
) -> list[Issue]:
    """Say what is wrong with an event, and else what it leaves unsaid; nothing is written.

    ``named`` says what each column is called where it was typed.

    What is wrong comes first: what an event leaves unsaid can only be asked of one that makes
    sense.
    """
    codes, base = opened.shelf.codes, base_of(opened)
    text, issues = events_file(opened).with_line(line, base, codes, named)
    if issues:
        return issues
    told, _ = events.parse_events(text, codes)
    newest = max(told, key=lambda event: event.line)
    before = replay(base, [event for event in told if event is not newest]).register
    after = replay(base, told).register
    return [
        Issue(
            code="W-EVENTS",
            severity=Severity.MUST_FIX,
            place=fault.code,
            saw=fault.saw,
            required=fault.required,
            do=fault.do,
        )
        for fault in questions_of(newest, before, after, none_attached=none_attached)
    ]


def register_with(opened: Workspace, line: Line) -> Register:
    """Give the register as it would be with one more event, which has no faults."""
    base = base_of(opened)
    text, _ = events_file(opened).with_line(line, base, opened.shelf.codes)
    told, _ = events.parse_events(text, opened.shelf.codes)
    return replay(base, told).register


def told_events(opened: Workspace) -> list[Event]:
    """Give the events that are registered, in the order in which they were entered."""
    told, _ = events.read_events(opened.root / events.NAME, opened.shelf.codes)
    return sorted(told, key=lambda event: event.line)
