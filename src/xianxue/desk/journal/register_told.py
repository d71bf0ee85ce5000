"""Whether the register and its events are what the journal's lines come to.

Both are files that people may open. Lines are told again one by one, so that what differs is named;
the digest that the last deed left tells of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.places.listed import by_key, unlike
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.register.change_register import told_lines
from xianxue.desk.actions.register.undo_event import RECORD, UNDO
from xianxue.desk.models import JournalLine
from xianxue.desk.stores import events, roster
from xianxue.desk.stores.harm import harm
from xianxue.desk.stores.whole_files import digest_if_there
from xianxue.desk.workspace import Workspace


def register_unlike_told(workspace: Workspace) -> Iterator[Issue]:
    """Complain of each place whose line in ``places.csv`` no deed has left as it is."""
    try:
        told = told_lines()
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # a line that was altered: the chain complains of it
    if told is None:
        return
    lines = roster.lines_of(workspace.root / roster.NAME, workspace.shelf.codes)
    there = [] if isinstance(lines, Issue) else [line for _, line in lines]
    for code, columns in unlike(told, by_key(there)):
        known = workspace.register.places.get(code)
        saw = say(
            "{name}（{code}）的 {columns} 与日志记的不同，没有哪一行说过",
            name=known.name if known else "",
            code=code,
            columns=joined("、", columns),
        )
        do = say("改得对的，用 xianxue places amend 写明理由；改错的，从备份取回")
        yield harm(roster.NAME, saw, place=code, do=do)


def events_unlike_told(workspace: Workspace) -> Iterator[Issue]:
    """Complain of events that are gone or altered since they were registered."""
    lines = list(JournalLine.objects.filter(deed__in=(RECORD, UNDO)).order_by("number"))
    seal = lines[-1].detail.get("file") if lines else None
    path = workspace.root / events.NAME
    # One digest settles it for nearly every workspace; line by line only where it differs.
    if not isinstance(seal, str) or digest_if_there(path) == seal:
        return
    gone = [dict(event) for event in (_told(lines) - _there(workspace)).elements()]
    do = say("请与备份核对，用 xianxue places record 办理的变动以日志为准")
    for event in gone:
        saw = say(
            "登记的变动被删去或改动：{day} {code}",
            day=event.get("day", ""),
            code=event.get("code", ""),
        )
        yield harm(events.NAME, saw, place=event.get("code", ""), do=do)
    # Added lines, or a file that was only saved in another way: the digest shows these too.
    if not gone:
        yield harm(events.NAME, say("登记的变动被删去或改动，与日志最后一次登记不符"), do=do)


def _told(lines: list[JournalLine]) -> Counter[tuple[tuple[str, str], ...]]:
    """Count the events that were registered and not taken back."""
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    for line in lines:
        found[_row(line.detail.get("event", {}))] += 1 if line.deed == RECORD else -1
    return +found


def _there(workspace: Workspace) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(map(_row, events.lines_of(workspace.root / events.NAME)))


def _row(line: events.Line) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, cell) for name, cell in line.items() if cell))
