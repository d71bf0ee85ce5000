"""A list of schools from Excel or WPS taken into the register: all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.roster.joining import Joined, Kept, join
from xianxue.bureau.returns.roster.reading import Roster, read_roster_book
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores import events, roster
from xianxue.desk.stores.given_workbooks import read_file
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import MisusedError, Workspace


class Taken(Record):
    """What came of a file."""

    schools: int = 0
    townships: int = 0
    unchanged: int = 0
    written: bool = False
    issues: list[Issue] = field(default_factory=list[Issue])


class Wanted(Record):
    """How a list is taken."""

    since: str = ""
    """From which day a school holds of which the list tells no day."""
    replace: bool = False
    """Whether the register is put in the place of the one that is there."""
    trial: bool = False
    """Whether nothing is written."""


def take(opened: Workspace, file: Path, wanted: Wanted) -> Taken:
    """Take a list into the register of a workspace, where nothing has to be mended first."""
    if wanted.replace:
        _refuse_in_use(opened)
    read = _read(file, opened.shelf)
    if not read.lines and read.in_order:
        read.complain(None, "", say("名册里一行也没有"), say("表头下面每校一行"))
    kept = [line for _, line in _kept(opened)]
    base = [line for line in kept if line["level"] == "county"] if wanted.replace else kept
    joined = join(read, base, opened.shelf.codes, wanted.since)
    after = _after(base, joined)
    if read.in_order:
        read.issues += _proof(opened, after)
    done = Taken(
        schools=sum(line["level"] == "school" for line in joined.added),
        townships=sum(line["level"] == "township" for line in joined.added),
        unchanged=joined.unchanged,
        written=read.in_order and not wanted.trial,
        issues=read.issues,
    )
    if done.written and after != kept:
        with whole(opened.root / roster.NAME) as scratch:
            scratch.write_text(_text(after), encoding="utf-8-sig")
    return done


def _read(file: Path, shelf: Shelf) -> Roster:
    try:
        return read_roster_book(open_book(read_file(file), file.name), file.name, shelf.codes)
    except RefusedError as refused:
        return Roster(file.name, issues=[refused.issue(file.name)])


def _kept(opened: Workspace) -> list[tuple[int, Kept]]:
    lines = roster.lines_of(opened.root / roster.NAME, opened.shelf.codes)
    return [] if isinstance(lines, Issue) else lines


def _after(base: Sequence[Kept], joined: Joined) -> list[Kept]:
    name = joined.renamed_county
    named = [line | {"name": name} if name and line["level"] == "county" else line for line in base]
    return [*named, *joined.added]


def _proof(opened: Workspace, lines: Sequence[Kept]) -> list[Issue]:
    """Read what would be written as every command reads it: nothing that breaks them is written."""
    path = opened.root / roster.NAME
    register, issues = roster.register_of(enumerate(lines, 2), path, opened.shelf.codes)
    if not issues:
        _, issues = events.replayed(opened.root / events.NAME, register, opened.shelf.codes)
    return issues


def _text(lines: Sequence[Kept]) -> str:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, roster.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: line[name] for name in roster.COLUMNS} for line in lines)
    return target.getvalue()


def _refuse_in_use(opened: Workspace) -> None:
    """Refuse to put another register in the place of one that returns or events rest on."""
    if (opened.root / events.NAME).exists() or (opened.store / "cabinet").exists():
        message = say(
            "名册已经在用：登记过变动，或者收过报表，不能整个换掉；"
            "改名、改类型、撤并请用 xianxue places record"
        )
        raise MisusedError(message)
