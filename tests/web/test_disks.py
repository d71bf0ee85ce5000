"""A disk of its own that fills up, or takes nothing any more: told in words, nothing half done."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.server import Server
from kit.surroundings import COMMAND, surroundings
from kit.workspaces import copied

SIZE = "48m"
BLOCK = 1 << 16


def mounted(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk in memory, where this machine lets a test have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))
    if os.geteuid() != 0 or not mounted(*words):
        pytest.skip("only an administrator mounts a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.fixture
def server(county: Path, disk: Path, tmp_path: Path) -> Iterator[Server]:
    made = Server(copied(county, disk), tmp_path, begin=subprocess.Popen)
    yield made
    made.stop()


def filled(disk: Path) -> Path:
    """Fill a disk to its last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        size = BLOCK
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return filler


def lines(server: Server, scratch: Path) -> int:
    words = ("journal", "show", "--json", "--workspace", str(server.workspace))
    done = subprocess.run(
        [*COMMAND, *words], env=surroundings(scratch), capture_output=True, text=True, check=False
    )
    return len(json.loads(done.stdout))


def whole(server: Server, scratch: Path) -> None:
    words = ("journal", "verify", "--workspace", str(server.workspace))
    done = subprocess.run(
        [*COMMAND, *words], env=surroundings(scratch), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def wishes(server: Server) -> list[Callable[[], int]]:
    """What people ask for: an upload, a window, a release; each gives how it was answered."""
    school, office = server.visitor("school_clerk"), server.visitor("office_clerk")
    leader = server.visitor("leader")
    code = server.account("school_clerk")["place"]
    (own,) = (server.workspace / "workbooks").glob(f"{code}_*.xlsx")
    files = {"files": (own.name, own.read_bytes())}
    window = {"due": "2027-10-10", "lock": "2027-10-20", "why": "试定（虚构）"}
    asked = (
        lambda: school.send("/returns/upload/", "/returns/upload/take", files=files),
        lambda: office.post("/returns/school_annual/2026-2027/window", window, of="/own"),
        lambda: leader.post("/releases/freeze/done", {"why": "试发（虚构）"}, of="/own"),
    )

    def told(ask: Callable[[], object]) -> int:
        answer = ask()
        assert "Traceback" not in answer.text
        assert "程序的问题" not in answer.text
        if answer.status != 303:
            assert any(word in answer.text for word in ("满", "写不", "只读")), answer.text
        return answer.status

    return [lambda ask=ask: told(ask) for ask in asked]


def test_a_disk_that_is_full_takes_nothing_by_halves(server, disk, tmp_path):
    asked, before = wishes(server), lines(server, tmp_path)
    filler = filled(disk)
    assert {ask() for ask in asked} <= {500, 503}
    filler.unlink()
    assert lines(server, tmp_path) == before
    assert [ask() for ask in asked] == [303, 303, 303]
    whole(server, tmp_path)


def test_on_a_disk_that_takes_nothing_it_does_not_begin_and_says_why(county, disk, tmp_path):
    workspace = copied(county, disk)
    assert mounted("-o", "remount,ro", str(disk))
    words = ("serve", "--workspace", str(workspace), "--port", "0")
    done = subprocess.run(
        [*COMMAND, *words],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode != 0
    assert done.stdout == ""
    assert "写不进去" in done.stderr
    assert "Traceback" not in done.stderr
