"""Changing the register itself: a list taken in, or a slip mended by hand (导入、更正名册)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.listed import Key, Line, by_key, step, stepped
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import JournalLine
from xianxue.desk.stores.events import EventsFile
from xianxue.desk.stores.roster import NAME
from xianxue.desk.stores.whole_files import digest_if_there, whole

IMPORT: Final = "places.import"
AMEND: Final = "places.amend"
_LISTED: Final = "名册"
"""What these lines are filed under beside the county's code; a key of the journal, never shown."""


class ChangeRegister(Record):
    """Write the register, with a journal line from which its lines can be told again.

    The first of these lines in a journal keeps the whole register as it was before.
    """

    path: Path
    lock: EventsFile
    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def take(
        self,
        before: Sequence[Line],
        after: Sequence[Line],
        text: str,
        seen: str,
        given: Mapping[str, str],
    ) -> list[Issue]:
        """Put a new text in the place of the register; give the complaints, with which nothing is.

        ``seen``: what the file's bytes came to when ``before`` was read from it. ``given``: which
        list was taken in.
        """
        refused = self._refused(IMPORT)
        if refused:
            return refused
        with self.lock.alone(), writing():
            # Between reading the list and this lock a person may have saved the register from a
            # spreadsheet.
            if digest_if_there(self.path) != seen:
                return [_changed_meanwhile()]
            # The line first: if the process dies between the two, nothing has been committed; the
            # other way round the file would be one that the journal does not know.
            self._write(IMPORT, before, after, given)
            with whole(self.path) as scratch:
                scratch.write_text(text, encoding="utf-8-sig")
        return []

    def amend(self, there: Sequence[Line]) -> list[Issue]:
        """Note what was mended in the file by hand; give the complaints, as ``take`` does."""
        refused = self._refused(AMEND)
        if refused:
            return refused
        with self.lock.alone(), writing():
            told = told_lines()
            before = there if told is None else list(told.values())
            self._write(AMEND, before, there, {})
        return []

    def _refused(self, deed: str) -> list[Issue]:
        county = self.ground.register.county
        subject = Subject("places", "", county.code, title=say("{name}名册", name=county.name))
        issue = self.ground.authority.may(self.actor, deed, subject)
        return [issue] if isinstance(issue, Issue) else []

    def _write(
        self, deed: str, before: Sequence[Line], after: Sequence[Line], said: Mapping[str, str]
    ) -> None:
        # Lines say what changed, so the first one needs what it changed.
        first = told_lines() is None
        base = {"base": list(by_key(before).values())} if first else {}
        tell_of(
            self,
            deed,
            f"{_LISTED}/{self.ground.register.county.code}",
            {**step(before, after), **base, **said},
            self.why,
        )


def told_lines() -> dict[Key, dict[str, str]] | None:
    """Give the register's lines as the journal tells them; None where it never spoke of them."""
    return _told(JournalLine.objects.filter(deed__in=(IMPORT, AMEND)).order_by("number"))


def _told(lines: Iterable[JournalLine]) -> dict[Key, dict[str, str]] | None:
    state: dict[Key, dict[str, str]] | None = None
    for line in lines:
        if state is None:
            state = by_key(line.detail["base"])
        state = stepped(state, line.detail)
    return state


def _changed_meanwhile() -> Issue:
    return Issue(
        code="W-PLACES",
        severity=Severity.MUST_FIX,
        file=NAME,
        saw=say("读名册以后，别人改动了它"),
        required=say("写入时的名册与读到的相同"),
        do=say("请再导入一次"),
    )
