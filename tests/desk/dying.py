"""Dies on purpose while a deed is being done, and looks at what is left.

Started by ``test_killed.py`` as a program of its own. It has everything imported and no thread, so
that each try is a fork: the child is killed by SIGKILL before some line of the deed, and the
parent looks at the store with nothing but the database's driver and ``hashlib``.

One JSON object a try is printed: ``{"deed", "at", "end", "left"}``, and ``again`` where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import django.db
import django.db.migrations.recorder
import django.db.transaction
from outside_look import look

from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Signatures
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import State
from xianxue.desk.releases.publication import state_of as to_publish
from xianxue.desk.releases.published import folder_of
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.submission import accept_files, submit_files
from xianxue.desk.stores.examples import Example
from xianxue.desk.stores.released_rules import CARDS, PLACES
from xianxue.desk.stores.releases import FIGURES, MANIFEST
from xianxue.desk.workspace import Workspace

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
EVERY = 5
"""After each such try the deed is done again, as a person would."""
LATER = datetime(2025, 9, 22, 8, 30, tzinfo=UTC)
WATCHED = ("/xianxue/desk/", "/django/db/transaction.py", "/django/db/backends/")
"""The files whose lines a deed may die at."""
LAST = 4
"""Lines that are always died at: all is written, and nobody has been told."""
WRITING = (
    *("handing_in.py", "step.py", "cabinet.py", "journal.py", "transaction.py"),
    *("make_release.py", "releases.py"),
)
SIGNED = Signatures("张三（虚构）", "李四（虚构）")


def state_of(store: Path) -> dict[str, Any]:
    """What the database says, and whether all it refers to is there, byte for byte."""
    there = look(store)
    with there.ask() as ask:
        rows = {
            table: ask(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - names of our own tables
            for table in there.tables(ask)
        }
        batches = [
            row["batch"] for row in ask("SELECT DISTINCT batch FROM desk_revision ORDER BY 1")
        ]
        books = [
            row["digest"] for row in ask("SELECT DISTINCT digest FROM desk_revision ORDER BY 1")
        ]
        made = [row["digest"] for row in ask("SELECT DISTINCT digest FROM desk_release ORDER BY 1")]
        marks = ask("SELECT marks, pupils FROM desk_exammarks ORDER BY id")
        sound = there.sound(ask)
    cabinet = store / "cabinet"
    return {
        "rows": rows,
        "sound": sound,
        "cells": {name: digest(cabinet / "batches" / f"{name}.parquet") for name in batches},
        "books": {name: digest(cabinet / "workbooks" / f"{name}.xlsx") for name in books},
        "exams": {
            f"{part}/{row[part]}": digest(cabinet / "exams" / part / f"{row[part]}.parquet")
            for row in marks
            for part in ("marks", "pupils")
        },
        "releases": {
            f"{name}/{part}": digest(store / "releases" / name / part)
            for name in made
            for part in (MANIFEST, FIGURES, CARDS, PLACES)
        },
    }


def without_numbers(state: dict[str, Any]) -> dict[str, Any]:
    """Leave out the numbers that the database itself gives: PostgreSQL never gives one twice."""
    rows = {
        table: [
            {name: value for name, value in row.items() if name != "id" and name[-3:] != "_id"}
            for row in found
        ]
        for table, found in state["rows"].items()
    }
    return state | {"rows": rows}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "不见了"


@dataclass
class Trial:
    """A deed on a workspace whose store is put back before each try."""

    root: Path
    deed: str
    run: Callable[[], object]
    """Does it; gives something true where it was done."""
    tries: int = 0

    def __post_init__(self) -> None:
        self.spare = self.root / f"spare-{self.deed}"
        shutil.copytree(self.store, self.spare)
        look(self.store).keep(self.deed)
        self.before = state_of(self.store)
        self.lines = self.watched_lines()
        self.after = state_of(self.store)

    @property
    def store(self) -> Path:
        return self.root / "store"

    def put_back(self) -> None:
        shutil.rmtree(self.store)
        shutil.copytree(self.spare, self.store)
        look(self.store).put_back(self.deed)

    def child(self, tracing: Callable[[], None] | None = None, delay: float = 0) -> int:
        """Do the deed in a child of its own; give how it ended."""
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                if tracing is not None:
                    tracing()
                done = self.run()
                sys.settrace(None)
                code = 0 if done else 2
            finally:
                os._exit(code)
        if delay:
            time.sleep(delay)
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def watched_lines(self) -> list[str]:
        """The lines a whole run goes through, in order."""
        told = self.root / "lines.txt"

        def begin() -> None:
            file = told.open("w", encoding="utf-8")
            sys.settrace(on_each_line(lambda where: print(where, file=file, flush=True)))

        assert self.child(begin) == 0
        return told.read_text(encoding="utf-8").split("\n")[:-1]

    def die_at(self, number: int) -> dict[str, Any]:
        """Die before the line of a number."""

        def begin() -> None:
            left = number

            def count(_: str) -> None:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            sys.settrace(on_each_line(count))

        self.put_back()
        end = self.child(begin)
        return self.told(end, self.lines[number])

    def die_after(self, seconds: float) -> dict[str, Any]:
        """Die after a time, wherever that is: in the middle of a write too."""
        self.put_back()
        return self.told(self.child(delay=seconds), f"{seconds * 1000:.1f} ms")

    def told(self, end: int, at: str) -> dict[str, Any]:
        found = state_of(self.store)
        left = "before" if found == self.before else "after" if found == self.after else "neither"
        self.tries += 1
        told: dict[str, Any] = {"deed": self.deed, "at": at, "end": end, "left": left}
        if self.tries % EVERY == 0:
            told["again"] = self.child() == 0 and (
                without_numbers(state_of(self.store)) == without_numbers(self.after)
            )
        return told


def on_each_line(tell: Callable[[str], None]) -> Any:
    """A trace function that tells of each line of the files that are watched."""

    def local(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            tell(f"{frame.f_code.co_filename.rpartition('/')[2]}:{frame.f_lineno}")
        return local

    def trace(frame: FrameType, event: str, _: object) -> Any:
        del event
        name = frame.f_code.co_filename
        return local if any(part in name for part in WATCHED) else None

    return trace


def chosen(lines: list[str], how_many: int, dice: random.Random) -> list[int]:
    """Lines to die at: half of them where things are written, the last ones, others anywhere."""
    distinct = {line: number for number, line in enumerate(lines)}
    writing = [number for line, number in distinct.items() if line.startswith(WRITING)]
    numbers = set(dice.sample(writing, min(len(writing), how_many // 2)))
    numbers |= set(range(len(lines) - LAST, len(lines)))
    rest = [number for number in range(len(lines)) if number not in numbers]
    return sorted(numbers | set(dice.sample(rest, how_many - len(numbers))))


def prepare(root: Path) -> tuple[Workspace, list[Path], list[Path]]:
    """Four schools: what each filed first, and what each files next."""
    workspace = Workspace.open(root)
    first, second = root / "first", root / "second"
    files: dict[Path, list[Path]] = {first: [], second: []}
    for folder, more in ((first, 0), (second, 100)):
        folder.mkdir()
        for form, place, filed in Example.open("four_schools").returns(
            workspace.shelf, workspace.register
        ):
            if form.filed_by != "school":
                continue
            cells = filed.tables["basic"][0].cells
            funds = cells["training_funds"]
            cells["training_funds"] = type(funds)(funds.value + more)
            book = write_workbook(form, place, workspace.period(None), workspace.shelf.codes, filed)
            path = folder / f"{place.code}.xlsx"
            path.write_bytes(book)
            files[folder].append(path)
    return workspace, files[first], files[second]


def tell(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main(root: Path, points: int, delays: int) -> None:
    """Try one deed after the other."""
    dice = random.Random(20250920)  # noqa: S311  # the same points each time
    workspace, first, second = prepare(root)
    clerk = Actor(SIGNED.clerk, "school_clerk")

    def submit(files: list[Path], at: datetime) -> object:
        done = submit_files(workspace, files, actor=clerk, signed=SIGNED, why="更正", at=at)
        return done.accepted

    def accept(files: list[Path], at: datetime) -> object:
        return accept_files(workspace, files, actor="赵六（虚构）", why="代收", at=at).accepted

    def freeze() -> object:
        return frozen.write_bytes(pickle.dumps(state_of_release(workspace)))

    def release() -> object:
        state = pickle.loads(frozen.read_bytes())  # noqa: S301 - our own, of a moment ago
        who = Actor("赵六（虚构）", "office_clerk")
        deed = MakeRelease(folder_of(workspace), open_ground(workspace), who, LATER, "公布")
        return deed(state.manifest, state.figures, state.targets, state.rules)

    # The first school has been accepted before: what follows is a correction.
    apart(lambda: accept(first[:1], AT))
    open_ground(workspace)
    from xianxue.desk.actions.make_release import (  # noqa: PLC0415 - needs Django set up first
        MakeRelease,
    )

    django.db.connection.close()
    try_out(Trial(root, "submit", lambda: submit(second[:1], LATER)), points, delays, dice)
    accepting = Trial(root, "accept", lambda: accept(second, LATER))
    try_out(accepting, points, delays, dice)
    accepting.put_back()
    apart(lambda: accept(second, LATER))
    frozen = root / "frozen"
    apart(freeze)
    try_out(Trial(root, "release", release), points, delays, dice)


def state_of_release(workspace: Workspace) -> State:
    """What would be published; figured once, for it is the writing that is died in."""
    return to_publish(River(workspace, workspace.period(None)))


def apart(run: Callable[[], object]) -> None:
    """Do something in a child, so that no engine and no thread is left here."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if run() else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def try_out(trial: Trial, points: int, delays: int, dice: random.Random) -> None:
    """Die at points and after delays, and tell of each."""
    for number in chosen(trial.lines, points, dice):
        tell(trial.die_at(number))
    started = time.perf_counter()
    trial.put_back()
    trial.child()
    whole = time.perf_counter() - started
    for _ in range(delays):
        tell(trial.die_after(dice.uniform(0.1, 1.0) * whole))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
