"""Taking back an event that was registered by mistake (撤销变动登记)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.events import Event
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.undoing import concerned, later_events
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalLine
from xianxue.desk.models.target import last_lines
from xianxue.desk.stores import events
from xianxue.desk.stores.event_lines import Codes, Line
from xianxue.desk.stores.events import EventsFile

RECORD: Final = "places.record"
UNDO: Final = "places.undo"
_RESTING: Final = (
    *("returns.submit", "returns.accept", "returns.extend", "returns.release"),
    "targets.set",
)
"""Deeds that take a place, or the register as it is, for their ground."""


class UndoEvent(Record):
    """Take a line out of the events of a workspace, while nothing rests on it.

    The journal keeps the whole line and what the file comes to without it.
    """

    file: EventsFile
    before: Register
    """The places as ``places.csv`` has them, before the first event."""
    codes: Codes
    ground: Ground
    actor: Actor
    at: datetime
    trial: bool = False
    """Whether nothing is written."""

    def __call__(self, event: Event, reason: str) -> list[Issue]:
        """Take an event back; give the complaints, with which nothing is written."""
        county = self.ground.register.county
        title = say("{name}名册", name=county.name)
        subject = Subject("places", ";".join(event.codes), county.code, title=title)
        refused = self.ground.authority.may(self.actor, UNDO, subject)
        if isinstance(refused, Issue):
            return [refused]
        with self.file.alone(), writing():
            told, faults = events.read_events(self.file.path, self.codes)
            # It was shown to a person before; under the lock the file may be another.
            if event not in told:
                return [_gone(event)]
            issues = [*faults, *self._rests(event, told)]
            text, line, left = self.file.without_line(event.line, self.before, self.codes)
            # Whatever would make no sense without it rests on it too, however it is connected.
            issues = issues or left
            if not issues and not self.trial:
                self._write(text, line, reason)
        return issues

    def _write(self, text: str, line: Line, reason: str) -> None:
        tell_of(
            self,
            UNDO,
            f"{line['day']} {events.term_of(line)}/{line['code']}",
            {
                "event": {name: cell for name, cell in line.items() if cell},
                "file": hashlib.sha256(text.encode("utf-8-sig")).hexdigest(),
            },
            reason,
        )
        self.file.write(text)

    def _rests(self, event: Event, told: Iterable[Event]) -> Iterator[Issue]:
        """Name whatever rests on an event: later events, and what was done since on its ground."""
        for other in later_events(event, told):
            what = say("{day} 登记了{kind}", day=other.day, kind=other.kind.term)
            yield _resting(other.codes[0], what, say("请先撤销后面的这一件"))
        places = concerned(event, self.ground.register)
        more = say("已有数据以它为据的，请按实际再登记一件变动来更正")
        target = say("请先用 xianxue targets withdraw 撤销目标")
        for place, what, of_target in dict.fromkeys(self._done(event, places)):
            yield _resting(place, what, target if of_target else more)

    def _done(self, event: Event, places: set[str]) -> Iterator[tuple[str, Sentence, bool]]:
        """Tell what was handed in, extended, set and published after an event was registered.

        The third part says whether it is a target, which can be withdrawn.
        """
        since = JournalLine.objects.filter(deed__in=_RESTING, number__gt=_recorded(event))
        # A target withdrawn since no longer rests on anything.
        in_force = {target.target.key for target in last_lines()}
        for line in since.order_by("number"):
            released = line.deed == "returns.release"
            if not _counts(line.period, event) or not (released or line.place in places):
                continue
            if released:
                yield event.codes[0], say("已经发布了 {name} 号", name=line.subject), False
            elif line.deed == "targets.set":
                if line.subject in in_force:
                    name = self.ground.name(line.place)
                    yield line.place, say("已经为{name}设定了目标", name=name), True
            else:
                title = self.ground.title(Key(line.ident, line.period, line.place))
                extended = line.deed == "returns.extend"
                yield (
                    line.place,
                    say("已经准予{title}延期", title=title)
                    if extended
                    else say("已经报送了{title}", title=title),
                    False,
                )


def _counts(period: str, event: Event) -> bool:
    """Whether the numbers of a period are those of a day on which the event had happened."""
    return Period.parse(period).reference_day >= event.day


def _recorded(event: Event) -> int:
    """Give the journal's line in which an event was registered; 0 where none tells of it."""
    named = f"{event.day.isoformat()} {event.kind.term}/{';'.join(event.codes)}"
    line = JournalLine.objects.filter(deed=RECORD, subject=named).order_by("number").last()
    return line.number if line is not None else 0


def _resting(place: str, what: Sentence, do: Sentence) -> Issue:
    return Issue(
        code="W-RESTS",
        severity=Severity.MUST_FIX,
        place=place,
        saw=say("这件变动撤销不了：{what}", what=what),
        required=say("登记以后没有变动、报表、目标、发布以它为据"),
        do=do,
    )


def _gone(event: Event) -> Issue:
    return Issue(
        code="W-EVENTS",
        severity=Severity.MUST_FIX,
        file=events.NAME,
        place=event.codes[0],
        saw=say("这件变动刚刚被别人改动或撤销"),
        required=say("登记着的变动"),
        do=say("请用 xianxue places events 看一看再办"),
    )
