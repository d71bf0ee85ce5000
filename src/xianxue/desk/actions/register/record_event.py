"""Registering what happened to a school or township (登记事件)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.permission import Authority
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.stores import events
from xianxue.desk.stores.event_lines import Codes, Line
from xianxue.desk.stores.events import EventsFile


class RecordEvent(Record):
    """Add a line to the events of a workspace, if all of them still make sense together.

    The journal says what the file comes to. It is written in one transaction, in the middle of
    which the new file takes the old one's place: what is in the file stands in the journal, or
    the process died between two steps and the journal's digest shows it.
    """

    file: EventsFile
    register: Register
    """The places as ``places.csv`` has them, before the first event."""
    codes: Codes
    authority: Authority
    actor: Actor
    at: datetime

    def __call__(self, line: Line) -> list[Issue]:
        """Register an event; give the complaints, with which nothing is written."""
        title = say("{name}名册", name=self.register.county.name)
        subject = Subject("places", line["code"], self.register.county.code, title=title)
        issue = self.authority.may(self.actor, "places.record", subject)
        if isinstance(issue, Issue):
            return [issue]
        with self.file.alone(), writing():
            text, faults = self.file.with_line(line, self.register, self.codes)
            if faults:
                return faults
            tell_of(
                self,
                "places.record",
                f"{line['day']} {events.term_of(line)}/{line['code']}",
                {
                    "event": {name: cell for name, cell in line.items() if cell},
                    # Of the bytes as they are written, with their mark: it is held against the
                    # file itself.
                    "file": hashlib.sha256(text.encode("utf-8-sig")).hexdigest(),
                },
                line["reason"],
            )
            self.file.write(text)
        return []
