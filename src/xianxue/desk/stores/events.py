"""What happened to the county's places, on disk: ``events.csv`` beside ``places.csv``.

One line an event, read in full before anything is said of it. ``places.csv`` holds the places as
they stood before the first event; registering an event adds a line here and leaves that file
alone. A workspace without the file is one to whose places nothing has happened.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.stores.event_lines import COLUMNS, OPTION, Codes, Line, event_of, faults_of
from xianxue.desk.stores.whole_files import lock_file, whole

NAME: Final = "events.csv"
_LOCK: Final = "recording.sqlite3"
_PATIENCE: Final = 20
"""Seconds to wait for somebody else who is recording an event."""


def read_events(path: Path, codes: Codes) -> tuple[list[Event], list[Issue]]:
    """Read all events; complaints are complete, and lines with faults are left out.

    A file that is not there holds none.
    """
    if not path.is_file():
        return [], []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [_issue(0, say("文件不是 UTF-8 编码"), "UTF-8", say("请另存为 CSV UTF-8"))]
    return parse_events(text, codes)


def parse_events(text: str, codes: Codes) -> tuple[list[Event], list[Issue]]:
    """Read events from the text of the file."""
    try:
        rows = _rows(text)
    except csv.Error as error:
        return [], [
            _issue(
                0,
                say("文件读不出来（{error}）", error=error),
                say("CSV 格式"),
                say("请用表格软件打开另存"),
            )
        ]
    head = rows[0][1] if rows else []
    issues = list(_head_faults(head))
    if issues:
        return [], issues
    events: list[Event] = []
    for number, cells in rows[1:]:
        if len(cells) != len(head):
            saw = say("这一行有 {n} 格，表头有 {expected} 格", n=len(cells), expected=len(head))
            issues.append(
                _issue(number, saw, say("每行格数与表头相同"), say("文字里有逗号的请加引号"))
            )
            continue
        line = {name: cell.strip() for name, cell in zip(head, cells, strict=True)}
        faults = [_issue(number, *said, line["code"]) for said in faults_of(line, codes)]
        issues += faults
        if not faults:
            events.append(event_of(line, number, codes))
    return events, issues


def replayed(path: Path, register: Register, codes: Codes) -> tuple[Register, list[Issue]]:
    """Let the events of a file happen to a register; every fault of the file comes back."""
    events, issues = read_events(path, codes)
    return _happened(register, events, issues)


class EventsFile(Record):
    """The events file of a workspace, as it is added to."""

    path: Path
    lock: Path
    """The folder in which the lock lies."""

    @contextmanager
    def alone(self) -> Generator[None]:
        """Hold a lock that no dead process can keep: an open transaction on a file of its own.

        TimeoutError where somebody else is recording all the while.
        """
        lock = sqlite3.connect(
            lock_file(self.lock / _LOCK), timeout=_PATIENCE, isolation_level=None
        )
        with closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                message = say("另有人正在登记 {file}，请稍后再试；这一次没有写入", file=NAME)
                raise TimeoutError(message) from error
            yield

    def with_line(
        self,
        line: Line,
        register: Register,
        codes: Codes,
        named: Mapping[str, str] = OPTION,
    ) -> tuple[str, list[Issue]]:
        """Give the file's text with one more line, and what is wrong with it then.

        ``register`` is that of ``places.csv`` alone. The line was typed as options of a command, or
        on a page that has other names for them: complaints name these, and no line of a file that
        has not been written.
        """
        # A line cannot be judged beside others that are wrong already: those are to be mended
        # first.
        _, faults = replayed(self.path, register, codes)
        if faults:
            return "", faults
        typed = [_typed(*said, line["code"]) for said in faults_of(line, codes, named)]
        if typed:
            return "", typed
        before = self.path.read_text(encoding="utf-8-sig") if self.path.is_file() else ""
        text = _appended(before, line)
        told, faults = parse_events(text, codes)
        after = replay(register, told)
        # The new event can make an earlier line impossible; then that line of the file is named.
        newest = max((event.line for event in told), default=0)
        faults += [
            _typed(fault.saw, fault.required, fault.do, fault.code)
            if fault.line == newest
            else _issue(fault.line, fault.saw, fault.required, fault.do, fault.code)
            for fault in after.faults
        ]
        return text, faults

    def without_line(
        self, number: int, register: Register, codes: Codes
    ) -> tuple[str, Line, list[Issue]]:
        """Give the file's text without one line, that line, and what is wrong with the rest then.

        ``number`` is the one that events carry; ``register`` that of ``places.csv`` alone.
        """
        before = self.path.read_text(encoding="utf-8-sig")
        rows = _rows(before)
        head = rows[0][1]
        at = next(index for index, (line, _) in enumerate(rows) if line == number)
        # A cell may hold a line break: the row begins where the one before it has ended.
        kept = before.splitlines(keepends=True)
        text = "".join([*kept[: rows[at - 1][0]], *kept[number:]])
        line = {name: cell.strip() for name, cell in zip(head, rows[at][1], strict=True)}
        _, faults = _happened(register, *parse_events(text, codes))
        return text, line, faults

    def write(self, text: str) -> None:
        """Let a new file take the old one's place in one step.

        A process that dies in between leaves the old one.
        """
        with whole(self.path) as scratch:
            # The mark at the beginning tells spreadsheet programs that the file is UTF-8.
            with scratch.open("w", encoding="utf-8-sig", newline="") as file:
                file.write(text)
            if self.path.exists():
                shutil.copymode(self.path, scratch)


def lines_of(path: Path) -> list[Line]:
    """Give the lines as they stand in the file, without judging them; none where it has none."""
    if not path.is_file():
        return []
    head, *rows = _rows(path.read_text(encoding="utf-8-sig")) or [(0, [])]
    return [
        {name: cell.strip() for name, cell in zip(head[1], cells, strict=False)}
        for _, cells in rows
    ]


def term_of(line: Line) -> str:
    """Name the kind of a line's event in Chinese."""
    return Kind(line["event"]).term


def _happened(
    register: Register, events: Sequence[Event], issues: Sequence[Issue]
) -> tuple[Register, list[Issue]]:
    after = replay(register, events)
    faults = [
        _issue(fault.line, fault.saw, fault.required, fault.do, fault.code)
        for fault in after.faults
    ]
    return after.register, [*issues, *faults]


def _appended(before: str, line: Line) -> str:
    """Give the file's text with one more line, in the order of its own columns."""
    out = io.StringIO(newline="")
    rows = _rows(before)
    head = rows[0][1] if rows else [*COLUMNS]
    writer = csv.writer(out, lineterminator="\n")
    if not rows:
        writer.writerow(head)
    else:
        out.write(before if before.endswith("\n") else before + "\n")
    writer.writerow([line.get(name, "") for name in head])
    return out.getvalue()


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Give the rows that are not empty, with the lines they end in."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = [(reader.line_num, cells) for cells in reader]
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _head_faults(head: Sequence[str]) -> Iterator[Issue]:
    required = say("表头为 {columns}", columns=",".join(COLUMNS))
    lacking = [name for name in COLUMNS if name not in head]
    unknown = [name for name in head if name not in COLUMNS]
    twice = sorted({name for name in head if head.count(name) > 1})
    for said, names in ((say("缺少"), lacking), (say("多出"), unknown), (say("重复"), twice)):
        if names:
            yield _issue(
                1,
                say("表头{said} {columns}", said=said, columns=joined("、", names)),
                required,
                say("请照样改正表头"),
            )


def _typed(saw: str, required: str, do: str, place: str) -> Issue:
    """Complain of what was typed: there is no line of a file yet."""
    return replace(_issue(0, saw, required, do, place), file="")


def _issue(line: int, saw: str, required: str, do: str, place: str = "") -> Issue:
    return Issue(
        code="W-EVENTS",
        severity=Severity.MUST_FIX,
        file=NAME,
        cell=say("第 {line} 行", line=line) if line else "",
        place=place,
        saw=saw,
        required=required,
        do=do,
    )
