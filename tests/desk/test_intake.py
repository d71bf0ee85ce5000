"""Many files, checked in several processes: the same complaints in the same order."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.returned import Return
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.returns import intake
from xianxue.desk.returns.intake import check_files, read_and_check
from xianxue.desk.stores.cores import spread
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

DEMO = "demo_county"


def spoil(path: Path, number: int) -> None:
    """Put something wrong into a file, another thing into each."""
    if number % 5 == 0:
        path.write_bytes(path.read_bytes()[: 1000 * (number + 1)])
        return
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[1]]
    sheet[f"D{2 + number % 11}"] = ("不清楚", None, -1)[number % 3]
    book.save(path)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, list[Path]]:
    """The demo county's workbooks: many spoiled, some that rival each other, a stranger's."""
    folder = tmp_path_factory.mktemp(DEMO)
    example = Example.open(DEMO)
    lay_out_example(folder, example)
    opened = Workspace.open(folder)
    files = sorted(fill_in(opened, example, folder / "workbooks"))
    for number, path in enumerate(files[::4]):
        spoil(path, number)
    copy, rival = folder / "同一份.xlsx", folder / "另一份.xlsx"
    copy.write_bytes(files[1].read_bytes())
    openpyxl.load_workbook(files[2]).save(rival)
    elsewhere = folder / files[3].name
    elsewhere.write_bytes(files[5].read_bytes())
    return opened, [*files, copy, rival, elsewhere]


class Asks:
    """What is asked beside the checks; goes into other processes."""

    def __call__(self, filed: Return, place: Place | None, found: list[Issue]) -> list[Issue]:
        saw = f"{place.name if place else ''} {len(filed.tables)} {len(found)}"
        return [*found, Issue(code="TEST", severity=Severity.EXPLAIN, saw=saw, file=filed.file)]


def in_way(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin processes in this way, whatever is quickest here."""

    def begin(work: Callable[[Any], Any], jobs: Any, workers: int) -> Any:
        return spread(work, jobs, workers, way)

    monkeypatch.setattr(intake, "spread", begin)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("register", [True, False])
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_in_several_processes_the_same_is_said(
    county: tuple[Workspace, list[Path]],
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
    register: bool,
) -> None:
    opened, files = county
    in_way("fork", monkeypatch)
    known = opened.register if register else None
    expected = read_and_check(files, opened.shelf, known, None, Asks()).issues
    assert {"R-BROKEN", "R-TWICE", "R-REQUIRED", "TEST"} <= {issue.code for issue in expected}
    told: list[int] = []
    found = check_files(files, opened.shelf, known, None, Asks(), workers=workers, done=told.append)
    assert found == expected
    assert sum(told) == len(files)
    assert len(told) > 3


def test_rivals_are_heard_in_full_and_copies_once(
    county: tuple[Workspace, list[Path]], tmp_path: Path
) -> None:
    opened, files = county
    one, other, copy = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx", tmp_path / "丙.xlsx"
    for path, value in ((one, -1), (other, "二十")):
        book = openpyxl.load_workbook(files[1])
        book["班级"]["C4"] = value
        book.save(path)
    copy.write_bytes(one.read_bytes())

    def said(*paths: Path) -> list[tuple[str, str, str]]:
        found = read_and_check(list(paths), opened.shelf, opened.register).issues
        return [(issue.file, issue.code, issue.cell) for issue in found]

    assert ("甲.xlsx", "R-RANGE", "C4") in said(one, other)
    assert ("乙.xlsx", "R-TYPE", "C4") in said(one, other)
    assert ("丙.xlsx", "R-TWICE", "") in said(one, copy)
    assert [each for each in said(one, copy) if each[1] == "R-RANGE"] == [
        ("甲.xlsx", "R-RANGE", "C4")
    ]


def test_processes_that_know_nothing_are_told_everything(
    county: tuple[Workspace, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a process cannot be copied it is begun anew, with the cards handed over."""
    opened, files = county
    in_way("spawn", monkeypatch)
    found = check_files(files[:30], opened.shelf, opened.register, workers=2)
    assert found == read_and_check(files[:30], opened.shelf, opened.register).issues


def test_a_few_files_need_no_second_process(
    county: tuple[Workspace, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, files = county

    def never(*_: object) -> Any:
        raise AssertionError

    monkeypatch.setattr(intake, "spread", never)
    monkeypatch.setattr(intake, "cores", lambda: 4)
    assert check_files(files[:3], opened.shelf, opened.register)
    monkeypatch.setattr(intake, "FEW", 2)
    with pytest.raises(AssertionError):
        check_files(files[:3], opened.shelf, opened.register)


def test_what_fails_in_a_worker_fails_here(county: tuple[Workspace, list[Path]]) -> None:
    """A file that is gone by the time it is read: an error, and no process is left waiting."""
    opened, files = county
    gone = [*files[:30], files[0].with_name("没有.xlsx")]
    with pytest.raises(FileNotFoundError):
        check_files(gone, opened.shelf, opened.register, workers=2)


INTERRUPTED = """
    import os, signal, sys, time
    from xianxue.desk.stores.cores import spread

    def wait(job):
        print(job, flush=True)
        time.sleep(0.2)
        return job

    if __name__ == "__main__":
        try:
            for number in spread(wait, range(1000), 2, sys.argv[1]):
                if number == 3:
                    os.killpg(0, signal.SIGINT)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
"""


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_an_interruption_ends_all_processes(tmp_path: Path, way: str) -> None:
    """As from a terminal: every process gets the signal, none goes on and none complains."""
    script = tmp_path / "interrupted.py"
    script.write_text(textwrap.dedent(INTERRUPTED), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), way],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    lines = done.stdout.split()
    assert lines[-1] == "interrupted"
    assert len(lines) < 30
    assert done.stderr == ""
    assert done.returncode == 0
