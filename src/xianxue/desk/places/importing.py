"""A list of schools from Excel or WPS taken into the register: all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.listed import by_key, unlike
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.roster.joining import Joined, Kept, join
from xianxue.bureau.returns.roster.reading import Roster, read_roster_book
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.stores import clock, events, roster
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.stores.whole_files import digest_if_there, digest_of_file
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.context import Ground
    from xianxue.desk.actions.register.change_register import ChangeRegister

    Opening = Callable[[Workspace], Ground]


_AHEAD: Final = 3
"""Years: a school is planned no longer than that before it opens its doors."""


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
    by: str | Actor = "本机操作员"
    """Who takes it."""
    why: str = ""


def take(opened: Workspace, file: Path, wanted: Wanted, opening: Opening) -> Taken:
    """Take a list into the register of a workspace, where nothing has to be mended first.

    ``opening`` gives the ground of deeds; it is asked only where something is written.
    """
    if wanted.replace:
        _refuse_in_use(opened)
    # Before it is read: what is written later has to take the place of just these bytes.
    seen = digest_if_there(opened.root / roster.NAME)
    read = _read(file, opened.shelf)
    if not read.lines and read.in_order:
        read.complain(None, "", say("名册里一行也没有"), say("表头下面每校一行"))
    kept = [line for _, line in _kept(opened)]
    # The county itself stays: settings and journal name it by its code.
    base = [line for line in kept if line["level"] == "county"] if wanted.replace else kept
    _say_far_ahead(read)
    joined = join(read, base, opened.shelf.codes, wanted.since)
    after = _after(base, joined)
    if read.in_order:
        read.issues += _proof(opened, after)
    if read.in_order and not wanted.trial and after != kept:
        deed = _deed(opened, opening, wanted.by, wanted.why)
        given = {"list": file.name, "digest": digest_of_file(file)}
        read.issues += deed.take(kept, after, _text(after), seen, given)
    return Taken(
        schools=sum(line["level"] == "school" for line in joined.added),
        townships=sum(line["level"] == "township" for line in joined.added),
        unchanged=joined.unchanged,
        written=read.in_order and not wanted.trial,
        issues=read.issues,
    )


def amend(
    opened: Workspace, opening: Opening, by: str | Actor, why: str
) -> tuple[list[str], list[Issue]]:
    """Note in the journal what was mended in the register by hand; name the places concerned.

    Where the journal never told of the register, it is taken down as it is.
    """
    deed = _deed(opened, opening, by, why)
    from xianxue.desk.actions.register.change_register import told_lines  # noqa: PLC0415 - needs Django

    there = [line for _, line in _kept(opened)]
    told = told_lines()
    changed = [code for code, _ in unlike(told, by_key(there))] if told is not None else []
    if told is not None and not changed:
        return [], []
    return changed, deed.amend(there)


def _deed(opened: Workspace, opening: Opening, by: str | Actor, why: str) -> ChangeRegister:
    ground = opening(opened)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.register.change_register import ChangeRegister  # noqa: PLC0415 - as above

    path = opened.root / roster.NAME
    lock = events.EventsFile(opened.root / events.NAME, opened.store)
    # Who sits at the machine acts for the office: the command has no role of its own.
    return ChangeRegister(path, lock, ground, acting(ground.gate, by), clock.now(), why)


def _read(file: Path, shelf: Shelf) -> Roster:
    try:
        return read_roster_book(open_book(read_file(file), file.name), file.name, shelf.codes)
    except RefusedError as refused:
        return Roster(file.name, issues=[refused.issue(file.name)])


def _say_far_ahead(read: Roster) -> None:
    """Complain of schools said to open years from now: none of their returns would be missed."""
    last = date(clock.day_of(clock.now()).year + _AHEAD, 12, 31)
    for line in read.lines:
        said = line.values.get("opened", "")
        if said > last.isoformat():
            saw = say(
                "{name}的建校日期是 {day}，在好几年以后",
                name=line.values.get("name", ""),
                day=said,
            )
            read.complain(line, "opened", saw, say("不晚于 {day}", day=last), say("请核对日期"))


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
    # Lines are numbered as in the file that would be written, below its head.
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
