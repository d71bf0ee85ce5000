"""A backup put back among people at work: nobody writes meanwhile, and it is done whole or not."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest
from django.db import connection

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.backup import putting_back
from xianxue.desk.backup.kept import backup_now, backups_of
from xianxue.desk.backup.losing import last_restored, losing
from xianxue.desk.backup.putting_back import Wanted, cannot, put_back
from xianxue.desk.backup.taking_place import settle_broken
from xianxue.desk.database import barrier
from xianxue.desk.database.snapshots import noted_head
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.verification import head, verify
from xianxue.desk.models import JournalLine
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.works.running import Going
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

ADMINISTRATOR = Actor("钱七（虚构）", "administrator")
OFFICE = Actor("赵六（虚构）", "office_clerk")
DYING = Path(__file__).with_name("dying_restoring.py")


class Disk(NamedTuple):
    """What a disk says of itself."""

    total: int
    used: int
    free: int


class County:
    """A workspace with one backup, and one deed since."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done = 0
        self.open()
        self.before = head()
        backup_now(self.workspace, clock.now())
        (self.kept,) = backups_of(self.workspace)
        self.deed()
        self.after = head()

    def open(self) -> None:
        connection.close()
        self.workspace = Workspace.open(self.root)
        self.ground = open_ground(self.workspace)

    def deed(self) -> None:
        self.done += 1
        due = date(2030, 9, self.done)
        SetWindow(self.ground, OFFICE, clock.now(), "")("school_annual", "2025-2026", due, due)

    def back(self, name: str = "", actor: Actor = ADMINISTRATOR) -> putting_back.Back:
        name = name or self.kept.name
        wanted = Wanted(name=name, actor=actor, at=clock.now(), why="演练（虚构）")
        return put_back(self.workspace, self.ground, wanted, Going(""))

    def beside(self) -> set[str]:
        """What lies beside it, apart from the folder of backups."""
        return {path.name for path in self.root.parent.iterdir()} - {"county", "county-backups"}


@pytest.fixture
def county(four_schools, tmp_path, copy_workspace, server):
    if server:
        pytest.skip("what PostgreSQL needs is told, not done from the page")
    copy_workspace(four_schools, tmp_path / "county")
    return County(tmp_path / "county")


def test_what_was_done_since_is_gone_and_the_journal_goes_on_telling_of_it(county):
    assert noted_head(county.root / "store") == f"{county.after[0]}:{county.after[1]}"
    found = county.back()
    county.open()
    line = JournalLine.objects.get(number=found.lines)
    assert (line.deed, line.actor, line.subject) == (
        "backup.restore",
        ADMINISTRATOR.name,
        county.kept.name,
    )
    assert (line.number, line.previous) == (county.before[0] + 1, county.before[1])
    assert line.detail["left"] == found.left == f"{county.after[0]}:{county.after[1]}"
    assert line.detail["safety"] == found.safety
    assert verify(f"{found.lines}:{found.digest}").issues == []
    told = last_restored()
    assert told is not None
    assert (told.by, told.name) == (ADMINISTRATOR.name, county.kept.name)
    # What stood there is kept whole, under a name that says when.
    assert county.beside() == {found.aside.name}
    assert (found.aside / "xianxue.toml").is_file()


def test_it_is_undone_by_putting_back_what_was_kept_of_itself(county):
    found = county.back()
    county.open()
    safety = next(one for one in backups_of(county.workspace) if one.before)
    assert safety.name == found.safety
    would = losing(county.ground, safety)
    assert (would.same, would.back, would.lines) == (True, True, 1)
    county.back(safety.name)
    county.open()
    assert JournalLine.objects.filter(deed="backup.restore").count() == 1
    assert JournalLine.objects.get(number=county.after[0]).digest == county.after[1]
    assert verify("").issues == []
    # The first backup is the beginning of this journal again.
    assert losing(county.ground, county.kept).same


def test_nobody_writes_behind_the_barrier_and_all_may_read(county):
    up, down = Event(), Event()
    refused: list[str] = []

    def restoring() -> None:
        with barrier.raised(county.root, 1):
            with writing():
                pass
            up.set()
            down.wait(30)
        connection.close()

    thread = Thread(target=restoring)
    thread.start()
    assert up.wait(30)
    try:
        for begins in (county.deed, lambda: barrier.passing(county.root).__enter__()):
            with pytest.raises(ComplaintsError) as caught:
                begins()
            refused.append(caught.value.issues[0].code)
        with pytest.raises(MisusedError, match="已经有人在恢复备份"):
            county.back()
        assert head() == county.after
    finally:
        down.set()
        thread.join()
    assert refused == ["J-RESTORING"] * 2
    county.deed()
    assert head()[0] == county.after[0] + 1


def test_another_process_is_refused_too(county):
    """By the lock on the file beside, which no flag of this process tells it."""
    words = ("returns", "release", "--workspace", str(county.root))
    command = [sys.executable, "-c", "from xianxue.desk.cli import main; main()", *words]
    with barrier.raised(county.root, 1):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "正在恢复备份" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert head() == county.after


def test_what_began_before_is_waited_for_and_not_for_ever(county):
    with (
        barrier.passing(county.root),
        pytest.raises(MisusedError, match="有人正在提交"),
        barrier.raised(county.root, 0.1),
    ):
        pass
    # It is down again: a deed is done.
    county.deed()


def test_a_deed_that_had_the_old_file_open_is_refused(county):
    assert connection.connection is not None
    opened = connection.opened_file
    thread = Thread(target=county.back)
    thread.start()
    thread.join()
    assert barrier.inode_of(Path(connection.settings_dict["NAME"])) != opened
    with pytest.raises(ComplaintsError) as caught:
        county.deed()
    assert caught.value.issues[0].code == "J-RESTORED"
    # A request that was let in by what stood there before is refused too.
    with pytest.raises(ComplaintsError) as caught, barrier.passing(county.root):
        pass
    assert caught.value.issues[0].code == "J-RESTORED"
    county.open()
    county.deed()
    assert verify("").issues == []


@pytest.mark.parametrize("full", ["room", "keeping", "laying out", "exchange"])
def test_a_full_disk_changes_nothing(county, monkeypatch, full):
    def refused(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "county")

    if full == "room":
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10, 9, 1))
    else:
        step = {"keeping": "backup_now", "laying out": "lay_beside", "exchange": "exchange"}[full]
        monkeypatch.setattr(putting_back, step, refused)
    with pytest.raises((OSError, MisusedError), match=r"No space|磁盘空间不够"):
        county.back()
    assert head() == county.after
    assert county.beside() == set()
    monkeypatch.undo()
    county.back()


def test_what_somebody_did_in_spite_of_it_is_not_lost(county, monkeypatch):
    """An account that cannot see the lock acts between the backup and the exchange."""
    lay = putting_back.lay_beside

    def meanwhile(order):
        found = lay(order)
        county.deed()
        return found

    monkeypatch.setattr(putting_back, "lay_beside", meanwhile)
    with pytest.raises(MisusedError, match="有人办了事"):
        county.back()
    assert head()[0] == county.after[0] + 1
    assert county.beside() == set()


def test_only_whom_the_policy_names_and_only_this_journals_own(county):
    with pytest.raises(ComplaintsError):
        county.back(actor=OFFICE)
    with pytest.raises(MisusedError, match="没有这份备份"):
        county.back("none.zip")
    (Path(putting_back.own_folder(county.workspace)) / "broken.zip").write_bytes(b"PK")
    with pytest.raises(MisusedError, match="没有这份备份"):
        county.back("broken.zip")
    assert head() == county.after


@pytest.mark.parametrize(
    ("moment", "when"),
    [
        ("exchange", "before"),
        ("exchange", "after"),
        pytest.param("backup_now", "before", marks=pytest.mark.ci),
        pytest.param("backup_now", "after", marks=pytest.mark.ci),
        pytest.param("lay_beside", "before", marks=pytest.mark.ci),
    ],
)
def test_killed_in_the_middle_it_is_before_or_after(county, moment, when):
    connection.close()
    words = (str(county.root), county.kept.name, moment, when)
    died = subprocess.run([sys.executable, str(DYING), *words], capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    # As a server does when it starts.
    settle_broken(county.root)
    county.open()
    assert verify("").issues == []
    done = (moment, when) == ("exchange", "after")
    assert (last_restored() is not None) == done
    if not done:
        assert head() == county.after
    # What had changed places is kept, what had not is gone.
    assert len(county.beside()) == done
    # And it can be done again.
    county.deed()
    county.back()
    county.open()
    assert verify("").issues == []


def test_on_postgresql_it_is_said_what_is_needed(county, monkeypatch):
    assert cannot(county.workspace) is None
    monkeypatch.setattr(putting_back, "database_vendor", lambda _: "postgresql")
    why = cannot(county.workspace)
    assert why is not None
    assert "先新建一个空的数据库" in why
    with pytest.raises(MisusedError, match="PostgreSQL"):
        county.back()


def test_where_folders_cannot_change_places_it_is_said(county, monkeypatch):
    monkeypatch.setattr(putting_back, "can_exchange", lambda _: False)
    with pytest.raises(MisusedError, match="不能一步换下"):
        county.back()
    assert head() == county.after
